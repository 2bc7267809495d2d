"""A claim with all that can hang on one, made through the desk's own verbs: who is named in it, and who is private."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.agents import NameEntry
from kb.desk.appearances import LinkEntry, PlaceEntry, add_appearance
from kb.desk.aspects import AspectEntry, add_aspect
from kb.desk.assessments import AssessmentEntry, VerdictEntry, add_assessment
from kb.desk.claims import ClaimEntry, WordEntry, add_claim
from kb.desk.concerned import ConcernedEntry, add_concerned
from kb.desk.evidence import add_evidence
from kb.desk.externals import ExternalEntry, IdentifierEntry, add_external, add_identifier
from kb.desk.figures import FigureEntry, add_figure
from kb.desk.mentions import MentionEntry, add_mention
from kb.desk.origins import OriginEntry, change_origin
from kb.desk.passages import PassageEntry
from kb.desk.questions import QuestionEntry, add_question
from kb.desk.replies import ReplyEntry, add_reply
from kb.desk.searches import SearchEntry, add_search
from kb.desk.snapshots import SegmentEntry, SnapshotEntry, bring_in
from kb.desk.sources import change_source
from kb.desk.tables import Agent, Claim, Origin, Source, Topic
from kb.desk.texts import Keeping, Texts
from tests.factories import desk

TEXT = (
    "🏔 The Examplar\n\nCarla Example points out that over 600 walkers were on Mount Example in 2017, "
    "almost all of the 60 guides with them, according to a guide. Enzo Example led them.\n\n"
    "Later: over 600 walkers were on Mount Example in 2017.\n"
)
WORDS = "over 600 walkers were on Mount Example in 2017"
DAY = "2026-11-24"
STATEMENT = {"en": "Carla Example writes that over 600 walkers were on Mount Example in 2017."}


@dataclass(frozen=True)
class Whole:
    """The records of the scene. `enzo` is private, `guide` an agent that nobody names."""

    claim: Claim
    paper: Agent
    carla: Agent
    enzo: Agent
    guide: Agent
    article: Source
    record: Source
    copy: Source
    office: Origin
    count: Origin
    walking: Topic
    walkers: Topic


def whole(session: Session, blobs: Keeping) -> Whole:
    """Sources and origins that refer to each other, a held text, and the claim."""
    paper = desk.agent(session, "The Examplar", other_names=(NameEntry(text="Examplar"),))
    living: dict[str, Any] = {"kind": "person", "living": "presumed_living", "living_as_of": DAY}
    carla = desk.agent(session, "Carla Example", **living, note="A columnist.")
    enzo = desk.agent(session, "Enzo Example", **living, visibility="private")
    guide = desk.agent(session, "a guide who is not named", kind="unnamed")
    add_identifier(session, LOCAL_OPERATOR, carla.id, IdentifierEntry(scheme="wikidata", value="Q4115189"))
    wide = desk.topic(session, "outdoors", "Outdoors")
    walking = desk.topic(session, "walking", "Walking", broader=wide.id)
    walkers = desk.topic(session, "walkers-on-a-mountain", "Walkers on a mountain in a year", measure_kind="flow")
    office = desk.origin(session, "The mountain office's count", genre="office")
    count = desk.origin(session, "Carla Example's own count", genre="column", seen=False)
    record = desk.source(session, "Walkers, 2017", url="https://office.example/2017", rests_on=(office.id,))
    copy = desk.source(session, "Walkers (repost)", copy_of=record.id, status="gone")
    change_origin(
        session,
        LOCAL_OPERATOR,
        office,
        OriginEntry(label=office.label, genre="office", seen=True, first_hand=record.id),
    )
    article = _article(session, blobs, paper, carla, record, count)
    made = Whole(
        _claim(session, walking), paper, carla, enzo, guide, article, record, copy, office, count, walking, walkers
    )
    _appear(session, made, Texts(session, blobs))
    _weigh(session, made)
    _name(session, made)
    _judge(session, made)
    return made


def _article(session: Session, blobs: Keeping, paper: Agent, carla: Agent, record: Source, count: Origin) -> Source:
    entry = desk.source_entry(
        "Walkers everywhere",
        publisher_as_printed="The Examplar",
        author_as_printed="Carla Example",
        publisher=paper.id,
        authors=(carla.id,),
        published="2019-12-05",
        url="https://examplar.example/walkers",
        work_class="NewsArticle",
        genre="column",
        derived_from=(record.id,),
        rests_on=(count.id,),
    )
    article = desk.source(session, "Walkers everywhere")
    change_source(session, LOCAL_OPERATOR, article, entry)
    title = SegmentEntry(code="title", start=0, end=15, role="title", claims_taken=False)
    body = SegmentEntry(code="body", start=17, end=len(TEXT), role="body", claims_taken=True, note="All of it.")
    snapshot = SnapshotEntry(language="en", retrieved_on="2026-11-24T08:00:00Z", segments=(title, body))
    bring_in(session, LOCAL_OPERATOR, article, snapshot, TEXT.encode(), blobs)
    return article


def _claim(session: Session, walking: Topic) -> Claim:
    entry = ClaimEntry(
        statement=STATEMENT,
        question={"en": "Were there more than 600 walkers on Mount Example in 2017?"},
        title={"en": "The walkers of 2017"},
        claim_type="numerical",
        commitment="asserted",
        checkability="checkable",
        checkability_reason="The office counts.",
        hedges=(WordEntry(text="over"), WordEntry(text="according to")),
        boosters=(WordEntry(text="points out"),),
        topics=(walking.id,),
        note="Invented.",
    )
    claim = add_claim(session, LOCAL_OPERATOR, entry)
    add_external(session, LOCAL_OPERATOR, claim.id, ExternalEntry(scheme="seed", scope="walks", value="W1"))
    for position, (code, main) in enumerate((("count", True), ("year", True), ("guides", False)), 1):
        add_aspect(
            session, LOCAL_OPERATOR, claim, AspectEntry(code=code, label=f"the {code}", main=main, position=position)
        )
    return claim


def _appear(session: Session, made: Whole, texts: Texts) -> None:
    chain = (
        LinkEntry(
            agent=made.paper.id,
            name="The Examplar",
            role="publisher",
            factive=False,
            attitude="publishes",
            source=made.article.id,
            stated_on="2019-12-05",
        ),
        LinkEntry(
            agent=made.carla.id,
            name="Carla Example",
            role="author",
            verb="points out",
            verb_language="en",
            factive=True,
            attitude="endorses",
            source=made.article.id,
            read_by_editor=True,
        ),
        LinkEntry(
            unnamed=True,
            name="a guide",
            role="unnamed_source",
            factive=False,
            attitude="asserts",
            hedges=(WordEntry(text="according to"),),
        ),
    )
    entry = desk.appearance_entry(
        made.article,
        *chain,
        quote=desk.quote_entry(WORDS, prefix="that ", suffix=", almost", segment="body"),
        certainty="likely",
        certainty_reason="The column names its source in passing.",
        other_places=(PlaceEntry(quote=desk.quote_entry(WORDS, prefix="Later: ")),),
    )
    add_appearance(session, LOCAL_OPERATOR, made.claim, entry, texts)


def _weigh(session: Session, made: Whole) -> None:
    claim, start = made.claim, TEXT.index(WORDS)
    add_figure(
        session,
        LOCAL_OPERATOR,
        claim,
        FigureEntry(
            aspect="count",
            raw="over 600",
            raw_language="en",
            low="600",
            low_inclusive=False,
            comparator="over",
            unit="persons",
            counted="walkers",
            measure=made.walkers.id,
            scope="on the mountain",
            period="2017",
            period_note="as the column says",
            counted_by="not said",
            counted_by_agent=made.paper.id,
            start=start,
            end=start + len("over 600"),
            note="A lower bound.",
        ),
    )
    pieces = (
        desk.evidence_entry(
            made.record,
            made.office,
            aspect="count",
            quote=desk.quote_entry("641 personnes", language="fr"),
            translation="641 persons",
            translation_language="en",
            strength="strong",
            strength_reason="a count",
        ),
        desk.evidence_entry(
            made.record, made.office, aspect="year", stance="contradicts", quote=desk.quote_entry("2018")
        ),
        desk.evidence_entry(made.copy, made.office, aspect="year", stance="qualifies", quote=None, grade="D"),
        desk.evidence_entry(made.article, made.count, aspect="count", stance="same_origin", explains=(1,)),
    )
    for piece in pieces:
        add_evidence(session, LOCAL_OPERATOR, claim, piece)
    exact: dict[str, Any] = {"value": "641", "low": "641", "high": "641", "low_inclusive": True, "high_inclusive": True}
    counted = FigureEntry(evidence=1, raw="641", raw_language="fr", comparator="exact", unit="persons", **exact)
    add_figure(session, LOCAL_OPERATOR, claim, counted)
    nothing = SearchEntry(description="the diary", outcome="nothing_found", searched_in="the archive", searched_on=DAY)
    found = SearchEntry(
        description="another mountain",
        outcome="not_relevant",
        aspect="year",
        found=PassageEntry(source=made.copy.id, quote=desk.quote_entry("Mount Other")),
        origin=made.office.id,
        grade="D",
        grade_reason="another matter",
    )
    for search in (nothing, found):
        add_search(session, LOCAL_OPERATOR, claim, search)
    settles = QuestionEntry(
        label="the office's book", would_settle=made.record.id, aspect="year", grade="A", grade_reason="the record"
    )
    for question in (QuestionEntry(label="who counted?"), settles):
        add_question(session, LOCAL_OPERATOR, claim, question)


def _name(session: Session, made: Whole) -> None:
    claim, living = made.claim, {"living": "presumed_living", "living_as_of": DAY}
    add_mention(session, LOCAL_OPERATOR, claim, MentionEntry(agent=made.carla.id, name="Carla Example"))
    add_mention(
        session,
        LOCAL_OPERATOR,
        claim,
        MentionEntry(
            agent=made.enzo.id,
            name="Enzo Example",
            as_printed="Enzo Example",
            as_printed_language="en",
            genre="person",
            visibility="private",
            other_names=(NameEntry(text="E. E."),),
            **living,
        ),
    )
    add_mention(session, LOCAL_OPERATOR, claim, MentionEntry(name="Mount Example", genre="mountain"))
    for agent in (made.enzo, made.carla):
        add_concerned(session, LOCAL_OPERATOR, claim, ConcernedEntry(agent=agent.id, name=agent.name, **living))
    replies = (
        ReplyEntry(
            position=2,
            agent=made.carla.id,
            statement="Carla Example stands by it.",
            short="Carla Example stands by it.",
            stated_on="2019-12~",
        ),
        ReplyEntry(
            position=1,
            agent=made.enzo.id,
            statement="Enzo Example says that he led nobody.",
            short="Enzo Example denies it.",
            evidence=(2, 1),
            said_in=PassageEntry(source=made.copy.id, quote=desk.quote_entry("nobody")),
            origin=made.office.id,
        ),
        ReplyEntry(position=3, statement="Somebody says no.", short="Somebody says no."),
    )
    for reply in replies:
        add_reply(session, LOCAL_OPERATOR, claim, reply)


def _judge(session: Session, made: Whole) -> None:
    verdicts = (("count", "supported", "0.9"), ("year", "contradicted", "0.97"), ("guides", "unverified", "0.5"))
    entry = AssessmentEntry(
        confidence="0.9",
        reason="The office counted 641 in 2018.",
        confidence_reason="One origin.",
        would_change="A count of 2017.",
        assessed_on=DAY,
        method_version=1,
        verdicts=tuple(VerdictEntry(aspect=code, verdict=word, confidence=sure) for code, word, sure in verdicts),
    )
    add_assessment(session, LOCAL_OPERATOR, made.claim, entry)
