"""What hangs on a claim in the shape of the real corpus: evidence, mentions, persons, replies, questions, relations."""

from dataclasses import dataclass

from kb.desk.agents import NameEntry
from kb.desk.concerned import ConcernedEntry, add_concerned
from kb.desk.evidence import EvidenceEntry, add_evidence
from kb.desk.figures import FigureEntry, add_figure
from kb.desk.mentions import MentionEntry, add_mention
from kb.desk.passages import QuoteEntry
from kb.desk.questions import QuestionEntry, add_question
from kb.desk.relations import RelationEntry, add_relation
from kb.desk.replies import NoReplyEntry, ReplyEntry, add_reply, set_no_reply_found
from kb.desk.searches import SearchEntry, add_search
from kb.imports.generated import words
from kb.imports.generated.full import Full, assess, begin_full
from kb.imports.generated.job import Job
from kb.imports.generated.light import bounds
from kb.imports.generated.matter import year_of
from kb.imports.generated.names import TOWNS, agent, town
from kb.imports.generated.shapes import PUT
from kb.imports.generated.works import origins_of

# So many claims or sources back: what is told of together stands together.
NEAR = 60
STANCES = {
    "supported": ("supports", "supports", "supports", "same_origin"),
    "partly_supported": ("supports", "qualifies", "contradicts"),
    "contradicted": ("contradicts", "contradicts", "mentions"),
    "disputed": ("contradicts", "supports"),
    "unverified": ("mentions", "same_origin", "qualifies"),
    "not_checkable": ("mentions", "qualifies"),
}
GRADES = (
    (30, ("A", "The authority's own record of the matter.")),
    (45, ("B", "A report that names where it has it from.")),
    (15, ("C", "Open to anyone, or the opinion of one.")),
    (10, ("D", "It repeats another report word for word.")),
)
RELATIONS = (
    "depends_on", "supports", "narrower_than", "part_of", "before", "elaborates", "presupposes", "about", "repeats",
)  # fmt: skip


@dataclass(frozen=True)
class FigureOf:
    """A number as a piece of evidence gives it."""

    raw: str
    comparator: str
    number: int


def write_full(job: Job, number: int) -> None:
    full = begin_full(job, number)
    _add_evidence(full)
    assess(full)
    _add_mentions(full)
    _add_persons(full)
    _add_open(full)
    _add_relations(full)


def _add_evidence(full: Full) -> None:
    """Of the sources that come with the claim, and of earlier ones; aspect by aspect, the weightiest first."""
    dice, world = full.dice, full.job.world
    sources, wanted = list(world.new(full.number).sources), dice.weighed(((14, 2), (28, 3), (28, 4), (16, 5), (14, 6)))
    while len(sources) < wanted:
        sources.append(max(world.sources(full.number) - 1 - dice.below(NEAR), 0))
    for place, source in enumerate(sources):
        code, verdict = full.judged[place % len(full.judged)]
        stances = STANCES[verdict]
        # The first of each aspect carries its verdict, and so is read.
        stance = stances[0] if place < len(full.judged) else dice.of(stances)
        seen = place < len(full.judged) or dice.chance(75)
        _add_piece(full, source, code, stance, seen=seen)


def _add_piece(full: Full, source: int, code: str, stance: str, *, seen: bool) -> None:
    job, dice, told = full.job, full.dice, full.told
    grade, reason = dice.weighed(GRADES)
    put, comparator = dice.weighed(PUT)
    number = max(told.number + dice.between(-9, 9), 1)
    raw = f"{put}{number:,}" if told.raw and seen and dice.chance(34) else ""
    extent = f"gives {raw} for the {told.shape.thing}" if raw else f"tells of the {told.shape.thing}"
    quote = f"The list of {year_of(dice)} {extent} {told.name} in {told.town}."
    entry = EvidenceEntry(
        source=job.source_id(source),
        quote=QuoteEntry(exact=quote, language="en") if seen else None,
        aspect=code,
        stance=stance,
        origin=job.origin_id(dice.of(origins_of(job.world, source))),
        grade=grade,
        grade_reason=reason,
        note="The page was read in the second print." if dice.chance(30) else None,
    )
    made = add_evidence(job.session, job.actor, full.claim, entry, job.texts)
    full.evidence.append(made.number)
    job.name(full.claim.id, f"C{full.number}.e{made.number}", f"evidence-{made.number}")
    if raw:
        _add_figure(full, made.number, code, FigureOf(raw, comparator, number))


def _add_figure(full: Full, evidence: int, code: str, given: FigureOf) -> None:
    job, shape = full.job, full.told.shape
    entry = FigureEntry(
        evidence=evidence,
        aspect=code,
        raw=given.raw,
        raw_language="en",
        comparator=given.comparator,
        unit=shape.unit,
        counted=shape.counted,
        measure=None if shape.measure is None else job.topic_id(shape.measure),
        period=str(full.told.year),
        **bounds(given.comparator, given.number),
    )
    figure = add_figure(job.session, job.actor, full.claim, entry)
    job.name(full.claim.id, f"C{full.number}.f{figure.number}", f"figure-{figure.number}")


def _add_mentions(full: Full) -> None:
    """Agents of the corpus, and places that have no record and are described where they are named."""
    job, dice, world = full.job, full.dice, full.job.world
    agents = [*world.new(full.number).agents, *dice.some(dice.weighed(((55, 1), (45, 2))), world.agents(full.number))]
    for number in dict.fromkeys(agents):
        known = agent(number, world.profile)
        _name_mention(full, MentionEntry(agent=job.agent_id(number), name=known.name, genre=known.genre))
    place = full.told.town
    names = (NameEntry(text=f"{place} an der Brem", language="de"), NameEntry(text=f"Old {place}"))
    printed = {"as_printed": place, "as_printed_language": "en"}
    _name_mention(full, MentionEntry(name=place, genre="town", other_names=names, **printed))


def _name_mention(full: Full, entry: MentionEntry) -> None:
    made = add_mention(full.job.session, full.job.actor, full.claim, entry)
    full.job.name(full.claim.id, f"C{full.number}.m{made.number}", f"mention-{made.number}")


def _add_persons(full: Full) -> None:
    """Whom the claim concerns is heard, or it is said that no reply was found."""
    job, dice = full.job, full.dice
    persons = dice.some(dice.weighed(((54, 0), (40, 1), (6, 2))), job.world.profile.persons)
    for person in persons:
        entry = ConcernedEntry(
            agent=job.agent_id(person),
            name=agent(person, job.world.profile).name,
            living="presumed_living",
            living_as_of=job.day,
        )
        add_concerned(job.session, job.actor, full.claim, entry)
    if persons and dice.chance(48):
        _add_reply(full, persons[0])
    elif persons:
        set_no_reply_found(job.session, job.actor, full.claim, NoReplyEntry(found_none_on=job.day))


def _add_reply(full: Full, person: int) -> None:
    job = full.job
    name = agent(person, job.world.profile).name
    entry = ReplyEntry(
        position=1,
        agent=job.agent_id(person),
        name=name,
        statement=f"{name} says that the {full.told.shape.thing} was counted rightly, and that the list is open.",
        short=f"{name} stands by the count.",
        stated_on=str(full.told.year),
        evidence=(full.dice.of(full.evidence),),
    )
    add_reply(job.session, job.actor, full.claim, entry)


def _add_open(full: Full) -> None:
    job, dice, told = full.job, full.dice, full.told
    if dice.chance(52):
        label = f"List of {told.year} of every {told.shape.thing} of {told.town}"
        add_question(job.session, job.actor, full.claim, QuestionEntry(label=label))
    if dice.chance(5):
        entry = SearchEntry(
            description=told.asked,
            outcome="nothing_found",
            searched_in=f"archive of {town(dice.common(TOWNS))}, {dice.of(words.THEMES)}",
            searched_on=job.day,
        )
        add_search(job.session, job.actor, full.claim, entry)


def _add_relations(full: Full) -> None:
    """To earlier claims only, so that no edition of theirs follows from it."""
    job, dice = full.job, full.dice
    wanted = dice.weighed(((25, 0), (30, 1), (26, 2), (19, 3)))
    for back in dice.some(wanted, min(full.number, NEAR)):
        target = job.world.id(job.world.claim(full.number - 1 - back))
        add_relation(job.session, job.actor, full.claim, RelationEntry(type=dice.of(RELATIONS), target=target))
