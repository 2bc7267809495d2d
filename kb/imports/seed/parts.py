"""What a claim is made of, beside its evidence: aspects, place and chain, figures, mentions, persons concerned."""

from kb.desk.appearances import (
    AppearanceEntry,
    LinkEntry,
    PlaceEntry,
    add_appearance,
    change_appearance,
    links_of,
)
from kb.desk.aspects import AspectEntry, add_aspect, change_aspect, remove_aspect
from kb.desk.changes import state_of
from kb.desk.claims import WordEntry
from kb.desk.concerned import ConcernedEntry, add_concerned, change_concerned, remove_concerned
from kb.desk.mentions import MentionEntry, add_mention, change_mention, remove_mention
from kb.desk.parts import fragment
from kb.desk.tables import Appearance, ChainLink
from kb.imports.report import ADDED, REMOVED, UNCHANGED, UPDATED
from kb.imports.seed.article import quote_entry
from kb.imports.seed.draft import Draft
from kb.imports.seed.layout import EntityRow, LinkRow, MentionRow
from kb.imports.seed.matching import pair
from kb.imports.seed.people import KIND as ENTITY
from kb.imports.seed.people import other_names
from kb.imports.seed.words import UNNAMED, agent_kind, living
from kb.values.attribution import read_link


def import_aspects(draft: Draft) -> None:
    job, there = draft.job, {one.code: one for one in draft.there.aspects}
    for position, row in enumerate(draft.row.aspects, 1):
        entry = AspectEntry(code=row.id, label=row.text, main=row.main, position=position)
        if row.id in there:
            with draft.counted("aspects"):
                change_aspect(job.session, job.actor, there[row.id], entry)
        else:
            add_aspect(job.session, job.actor, draft.claim, entry)
            draft.tally.count(ADDED, "aspects")


def remove_aspects(draft: Draft) -> None:
    """Last of all, when nothing is of them any more."""
    wanted = {row.id for row in draft.row.aspects}
    for gone in [one for one in draft.there.aspects if one.code not in wanted]:
        remove_aspect(draft.job.session, draft.job.actor, gone)
        draft.tally.count(REMOVED, "aspects")


def import_appearance(draft: Draft) -> None:
    """The one in the article; those that an editor added in other sources stay."""
    job = draft.job
    _, source = job.need_article()
    own = [one for one in draft.there.appearances if draft.there.passage(one.passage_id).source_id == source.id]
    there = own[0] if own else None
    links = [one for one in draft.there.links if there and one.appearance_id == there.id]
    before = {link.number: state_of(link) for link in links}
    entry = AppearanceEntry(
        source=source.id,
        quote=quote_entry(job, draft.row.quote),
        certainty=draft.row.attribution.certainty,
        certainty_reason=draft.row.attribution.reason,
        chain=_chain(draft, links),
        other_places=_places(draft, there),
    )
    if there is None:
        there = add_appearance(job.session, job.actor, draft.claim, entry, job.texts)
    else:
        change_appearance(job.session, job.actor, there, entry, job.texts)
    _count_links(draft, there, before)
    _count_places(draft, there, entry)


def import_mentions(draft: Draft) -> None:
    job, there = draft.job, draft.there
    known = [(there.file_ids.get(fragment("mention", one.number)), one) for one in there.mentions]
    pairs, gone = pair(known, [(row.entity, row) for row in draft.row.entities])
    for row, mention in pairs:
        entity = job.corpus.entities[row.entity]
        entry = _mention_entry(draft, row, entity)
        if mention is None:
            made = add_mention(job.session, job.actor, draft.claim, entry)
            job.name(draft.claim.id, entity.id, fragment("mention", made.number))
            draft.tally.count(ADDED, "mentions")
        else:
            kept = entry.model_copy(update={"living_source": mention.living_source_id} if entry.living else {})
            with draft.counted("mentions"):
                change_mention(job.session, job.actor, mention, kept)
    for mention in gone:
        # What has no id of the file was put there by an editor.
        if fragment("mention", mention.number) in there.file_ids:
            remove_mention(job.session, job.actor, mention)
            draft.tally.count(REMOVED, "mentions")


def import_concerned(draft: Draft) -> None:
    job = draft.job
    wanted = []
    for name in dict.fromkeys(draft.row.concerns_living_persons):
        entity, agent = job.corpus.entities[name], job.id_of(ENTITY, name, "concerns_living_persons")
        wanted.append((agent, (agent, entity)))
    pairs, gone = pair([(one.agent_id, one) for one in draft.there.concerned], wanted)
    for (agent, entity), concerned in pairs:
        entry = ConcernedEntry(agent=agent, name=entity.name, **living(entity.living, draft.as_of))
        if concerned is None:
            add_concerned(job.session, job.actor, draft.claim, entry)
            draft.tally.count(ADDED, "persons_concerned")
        else:
            kept = entry.model_copy(update={"living_source": concerned.living_source_id} if entry.living else {})
            with draft.counted("persons_concerned"):
                change_concerned(job.session, job.actor, concerned, kept)
    for concerned in gone:
        remove_concerned(job.session, job.actor, concerned)
        draft.tally.count(REMOVED, "persons_concerned")


def _chain(draft: Draft, links: list[ChainLink]) -> tuple[LinkEntry, ...]:
    """A link keeps its number by agent and role; one that is not named, by name and role."""
    rows = draft.row.claimant_chain
    read = read_link([row.role for row in rows])
    wanted = [((_voice(draft, row), row.role), (place, row)) for place, row in enumerate(rows, 1)]
    pairs, _ = pair([((one.agent_id or one.name, one.role), one) for one in links], wanted)
    return tuple(_link_entry(draft, row, place, read, link) for (place, row), link in pairs)


def _voice(draft: Draft, row: LinkRow) -> str:
    entity = draft.job.corpus.entities[row.agent]
    return entity.name if _unnamed(entity) else draft.job.id_of(ENTITY, row.agent, "claimant_chain")


def _unnamed(entity: EntityRow) -> bool:
    return agent_kind(entity.kind) == UNNAMED


def _link_entry(draft: Draft, row: LinkRow, place: int, read: int, link: ChainLink | None) -> LinkEntry:
    article, source = draft.job.need_article()
    entity = draft.job.corpus.entities[row.agent]
    unnamed, printed = _unnamed(entity), place <= read
    hedges = draft.there.hedges(link) if link else []
    return LinkEntry(
        number=link.number if link else None,
        agent=None if unnamed else draft.job.id_of(ENTITY, row.agent, "claimant_chain"),
        unnamed=unnamed,
        name=entity.name,
        role=row.role,
        verb=row.verb,
        verb_language=draft.job.language if row.verb else None,
        factive=row.factive,
        attitude=row.stance,
        # What the leading voices say stands in the article itself; where the others said it the file does not tell.
        source=source.id if printed else (link.source_id if link else None),
        stated_on=article.date if printed else (link.stated_on if link else None),
        read_by_editor=place == read,
        hedges=tuple(WordEntry(text=one.text, language=one.language) for one in hedges),
    )


def _places(draft: Draft, appearance: Appearance | None) -> tuple[PlaceEntry, ...]:
    there = []
    for one in draft.there.other_places:
        if appearance is not None and one.appearance_id == appearance.id:
            passage = draft.there.passage(one.passage_id)
            there.append(((passage.exact, passage.occurrence), one))
    pairs, _ = pair(there, [((row.exact, row.occurrence), row) for row in draft.row.other_places])
    return tuple(
        PlaceEntry(number=place.number if place else None, quote=quote_entry(draft.job, row)) for row, place in pairs
    )


def _count_links(draft: Draft, appearance: Appearance, before: dict[int, dict[str, object]]) -> None:
    after = {link.number: state_of(link) for link in links_of(draft.job.session, appearance)}
    for number, state in after.items():
        outcome = ADDED if number not in before else UNCHANGED if before[number] == state else UPDATED
        draft.tally.count(outcome, "chain_links")
    draft.tally.count(REMOVED, "chain_links", len(before.keys() - after.keys()))


def _count_places(draft: Draft, appearance: Appearance, entry: AppearanceEntry) -> None:
    before = sum(place.appearance_id == appearance.id for place in draft.there.other_places)
    kept = sum(place.number is not None for place in entry.other_places)
    draft.tally.count(UNCHANGED, "other_places", kept)
    draft.tally.count(ADDED, "other_places", len(entry.other_places) - kept)
    draft.tally.count(REMOVED, "other_places", before - kept)


def _mention_entry(draft: Draft, row: MentionRow, entity: EntityRow) -> MentionEntry:
    """Who has a page is described there; who has none, here."""
    agent = None if _unnamed(entity) else draft.job.ids.get(ENTITY, {}).get(entity.id)
    described = agent is None or entity.visibility == "private"
    return MentionEntry(
        agent=agent,
        name=entity.name,
        as_printed=row.as_printed,
        as_printed_language=draft.job.language if row.as_printed else None,
        genre=entity.kind,
        visibility=entity.visibility,
        other_names=other_names(draft.job, entity) if described else (),
        **(living(entity.living, draft.as_of) if described else {}),
    )
