"""Appearances: where a claim stands, and its attribution chain, which is changed as a whole."""

from typing import Annotated, Any, Self

from pydantic import Field, model_validator
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk import records
from kb.desk.actors import Actor, require
from kb.desk.changes import Deed, Items, assign, keep, list_of, observed, replace, state_of
from kb.desk.changes import removed as taken_away
from kb.desk.claims import WordEntry
from kb.desk.entry import Entry
from kb.desk.forms import Edtf, Language, Ordinal, Printed, Prose, RecordId, one_of, refused
from kb.desk.parts import fragment, next_number
from kb.desk.passages import PassageEntry, QuoteEntry, add_passage, passage_columns
from kb.desk.records import NoSuchRecord
from kb.desk.tables import Agent, Appearance, ChainLink, Claim, LinkHedge, OtherPlace, Passage, Source
from kb.desk.texts import Texts
from kb.values import attribution, vocabulary

KIND = "appearance"


class LinkEntry(Entry):
    """One voice. `number` is that of a link that is there already; without it the link is new."""

    number: Ordinal | None = None
    agent: RecordId | None = None
    unnamed: bool = False
    name: Printed
    role: Annotated[str, one_of(vocabulary.LINK_ROLE)]
    verb: Printed | None = None
    verb_language: Language | None = None
    factive: bool
    attitude: Annotated[str, one_of(vocabulary.ATTITUDE)]
    source: RecordId | None = None
    stated_on: Edtf | None = None
    read_by_editor: bool = False
    hedges: tuple[WordEntry, ...] = ()

    @model_validator(mode="after")
    def _verb_has_a_language(self) -> Self:
        if (self.verb is None) != (self.verb_language is None):
            raise refused("a verb and its language go together.", "Give both, or neither.")
        return self


class PlaceEntry(Entry):
    """A further place of the same words in the same source."""

    number: Ordinal | None = None
    quote: QuoteEntry


class AppearanceEntry(Entry):
    """A passage that was read, how certain it is who says it, and the voices from the outermost to the innermost."""

    source: RecordId
    quote: QuoteEntry
    certainty: Annotated[str, one_of(vocabulary.CERTAINTY)] | None = None
    certainty_reason: Prose | None = None
    chain: Annotated[tuple[LinkEntry, ...], Field(min_length=1)]
    other_places: tuple[PlaceEntry, ...] = ()


def add_appearance(
    session: Session, actor: Actor, claim: Claim, entry: AppearanceEntry, texts: Texts | None = None
) -> Appearance:
    """Raises ChainIncomplete, Dangling, and what locating a quote raises."""
    require(actor, "edit")
    _check(session, entry)
    number = next_number(session, claim.id, KIND)
    passage = add_passage(session, PassageEntry(source=entry.source, quote=entry.quote), texts)
    appearance = Appearance(claim_id=claim.id, number=number, passage_id=passage.id, **_columns(entry))
    deed = Deed(actor, "add_appearance", claim.id, fragment(KIND, number))
    with observed(session, deed, lambda: _state(session, appearance) if appearance.id else None):
        keep(session, appearance)
        _set_chain(session, appearance, entry)
        _set_places(session, appearance, entry, texts)
    return appearance


def change_appearance(
    session: Session, actor: Actor, appearance: Appearance, entry: AppearanceEntry, texts: Texts | None = None
) -> Appearance:
    """Links and places that the entry leaves out go; the others keep their numbers, wherever they stand."""
    require(actor, "edit")
    _check(session, entry)
    deed = Deed(actor, "change_appearance", appearance.claim_id, fragment(KIND, appearance.number))
    with observed(session, deed, lambda: _state(session, appearance)):
        passage = _passage(session, appearance)
        wanted = PassageEntry(source=entry.source, quote=entry.quote)
        assign(passage, passage_columns(session, wanted, texts, passage))
        assign(appearance, _columns(entry))
        _set_chain(session, appearance, entry)
        _set_places(session, appearance, entry, texts)
    return appearance


def remove_appearance(session: Session, actor: Actor, appearance: Appearance) -> None:
    require(actor, "edit")
    places = places_of(session, appearance)
    passages = [_passage(session, appearance), *(_passage(session, place) for place in places)]
    deed = Deed(actor, "remove_appearance", appearance.claim_id, fragment(KIND, appearance.number))
    rows = [*links_of(session, appearance), *places, appearance, *passages]
    taken_away(session, deed, rows, before=_state(session, appearance))


def find_appearance(session: Session, claim_id: str, number: int) -> Appearance:
    wanted = select(Appearance).where(Appearance.claim_id == claim_id, Appearance.number == number)
    found = session.scalars(wanted).first()
    if found is None:
        raise NoSuchRecord("the claim has no such appearance.", where=fragment(KIND, number))
    return found


def links_of(session: Session, appearance: Appearance) -> list[ChainLink]:
    """From the outermost to the innermost."""
    wanted = select(ChainLink).where(ChainLink.appearance_id == appearance.id).order_by(ChainLink.position)
    return list(session.scalars(wanted))


def places_of(session: Session, appearance: Appearance) -> list[OtherPlace]:
    wanted = select(OtherPlace).where(OtherPlace.appearance_id == appearance.id).order_by(OtherPlace.number)
    return list(session.scalars(wanted))


def link_states(session: Session, appearance: Appearance) -> dict[int, dict[str, Any]]:
    """Each link with its hedges, by its number."""
    return {
        link.number: state_of(link) | {"hedges": list_of(session, _hedges(link, ()))}
        for link in links_of(session, appearance)
    }


def _check(session: Session, entry: AppearanceEntry) -> None:
    attribution.check_chain(
        [
            attribution.Link(
                position=position,
                name=link.name,
                role=link.role,
                attitude=link.attitude,
                agent=link.agent,
                unnamed=link.unnamed,
                read_by_editor=link.read_by_editor,
            )
            for position, link in enumerate(entry.chain, 1)
        ]
    )
    for link in entry.chain:
        if link.agent is not None:
            records.need(session, Agent, link.agent, "chain agent")
        if link.source is not None:
            records.need(session, Source, link.source, "chain source")


def _set_chain(session: Session, appearance: Appearance, entry: AppearanceEntry) -> None:
    stem = f"{fragment(KIND, appearance.number)}-link"
    there = {link.number: link for link in links_of(session, appearance)}
    wanted = {link.number for link in entry.chain}
    for gone in [link for number, link in there.items() if number not in wanted]:
        session.delete(gone)
    session.flush()
    for position, one in enumerate(entry.chain, 1):
        apart = {"number", "agent", "source", "hedges"}
        columns = one.model_dump(exclude=apart) | {"agent_id": one.agent, "source_id": one.source, "position": position}
        if one.number is None:
            number = next_number(session, appearance.claim_id, stem)
            link = ChainLink(appearance_id=appearance.id, number=number, **columns)
            keep(session, link)
        else:
            link = _numbered(there, one.number, stem)
            assign(link, columns)
        if one.hedges or one.number is not None:
            replace(session, _hedges(link, one.hedges))


def _set_places(session: Session, appearance: Appearance, entry: AppearanceEntry, texts: Texts | None) -> None:
    stem = f"{fragment(KIND, appearance.number)}-place"
    there = {place.number: place for place in places_of(session, appearance)}
    wanted = {place.number for place in entry.other_places}
    for gone in [place for number, place in there.items() if number not in wanted]:
        passage = _passage(session, gone)
        for row in (gone, passage):
            session.delete(row)
            session.flush()
    for one in entry.other_places:
        where = PassageEntry(source=entry.source, quote=one.quote)
        if one.number is None:
            number, passage = next_number(session, appearance.claim_id, stem), add_passage(session, where, texts)
            keep(session, OtherPlace(appearance_id=appearance.id, number=number, passage_id=passage.id))
        else:
            passage = _passage(session, _numbered(there, one.number, stem))
            assign(passage, passage_columns(session, where, texts, passage))


def _numbered(there: dict[int, Any], number: int, stem: str) -> Any:
    if number not in there:
        raise NoSuchRecord("there is no such part.", where=fragment(stem, number))
    return there[number]


def _passage(session: Session, row: Appearance | OtherPlace) -> Passage:
    return records.part_of(session, Passage, row.passage_id)


def _hedges(link: ChainLink, hedges: tuple[WordEntry, ...]) -> Items:
    return Items(LinkHedge, {"link_id": link.id}, [hedge.model_dump() for hedge in hedges])


def _columns(entry: AppearanceEntry) -> dict[str, Any]:
    return {"certainty": entry.certainty, "certainty_reason": entry.certainty_reason}


def _state(session: Session, appearance: Appearance) -> dict[str, Any]:
    places = places_of(session, appearance)
    return {
        "appearance": state_of(appearance),
        "passage": state_of(_passage(session, appearance)),
        "chain_link": list(link_states(session, appearance).values()),
        "other_place": [state_of(place) | {"passage": state_of(_passage(session, place))} for place in places],
    }
