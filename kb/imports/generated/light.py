"""A light claim: what the gate asks for and no more, with a figure in some of them."""

from typing import Any

from kb.desk.appearances import AppearanceEntry, LinkEntry, add_appearance
from kb.desk.aspects import AspectEntry, add_aspect
from kb.desk.assessments import AssessmentEntry, VerdictEntry, add_assessment
from kb.desk.claims import ClaimEntry, add_claim
from kb.desk.evidence import EvidenceEntry, add_evidence
from kb.desk.figures import FigureEntry, add_figure
from kb.desk.passages import QuoteEntry
from kb.desk.tables import Claim
from kb.imports.generated.dice import Dice
from kb.imports.generated.job import Job
from kb.imports.generated.matter import Article, Matter
from kb.imports.generated.names import agent
from kb.imports.generated.works import origins_of

WHOLE = "whole"
# In percent. The first four rest on evidence, which most light claims do not have.
VERDICTS = (
    (16, "supported"),
    (5, "partly_supported"),
    (8, "contradicted"),
    (3, "disputed"),
    (60, "unverified"),
    (8, "not_checkable"),
)
FIGURES = 12
# Verdict → its reason, and the stance of the evidence behind it.
REASONS = {
    "supported": "The records of the town say the same.",
    "partly_supported": "The records say so of a part of it.",
    "contradicted": "The tables of the office say otherwise.",
    "disputed": "The tables of the office say otherwise, and nothing settles it.",
    "unverified": "Nothing that was found settles it.",
    "not_checkable": "It depends on what is counted.",
}
STANCES = {
    "supported": "supports",
    "partly_supported": "qualifies",
    "contradicted": "contradicts",
    "disputed": "contradicts",
}


def write_light(job: Job, number: int) -> None:
    told, article = job.matter(number), job.article(number)
    dice = job.world.dice("claim", number)
    publisher = agent(article.publisher, job.world.profile).name
    verdict = dice.weighed(VERDICTS)
    entry = ClaimEntry(
        statement={"en": f"{publisher} writes that {told.said}."},
        question={"en": told.asked},
        claim_type=told.shape.claim_type,
        commitment="asserted",
        checkability="not_checkable" if verdict == "not_checkable" else "checkable",
        checkability_reason="It can be counted or read up.",
        topics=(job.topic_id(dice.common(job.world.topics(number))),),
    )
    job.aim(job.world.claim(number))
    claim = add_claim(job.session, job.actor, entry)
    _add_appearance(job, claim, number, publisher)
    add_aspect(job.session, job.actor, claim, AspectEntry(code=WHOLE, label="as it is said", main=True, position=1))
    if stance := STANCES.get(verdict):
        add_evidence(job.session, job.actor, claim, _evidence(job, dice, told, stance))
    if told.raw and dice.chance(FIGURES):
        add_figure(job.session, job.actor, claim, figure_entry(job, told, article, number))
    add_assessment(job.session, job.actor, claim, _assessment(job, dice, verdict))


def quote_entry(article: Article, told: Matter, number: int) -> QuoteEntry:
    start = article.starts[number - article.claims.start]
    return QuoteEntry(exact=told.said, language="en", start=start, end=start + len(told.said))


def figure_entry(job: Job, told: Matter, article: Article, number: int) -> FigureEntry:
    """The figure of the claim, at its place in the article."""
    start = article.starts[number - article.claims.start] + told.said.index(told.raw)
    measure = None if told.shape.measure is None else job.topic_id(told.shape.measure)
    return FigureEntry(
        raw=told.raw,
        raw_language="en",
        unit=told.shape.unit,
        counted=told.shape.counted,
        measure=measure,
        period=str(told.year),
        start=start,
        end=start + len(told.raw),
        comparator=told.comparator,
        **bounds(told.comparator, told.number),
    )


def bounds(comparator: str, number: int) -> dict[str, Any]:
    """What the words of a figure say of its value."""
    match comparator:
        case "over":
            return {"low": str(number), "low_inclusive": False}
        case "at_least":
            return {"low": str(number), "low_inclusive": True}
        case "under":
            return {"high": str(number), "high_inclusive": False}
        case _:
            return {"value": str(number)}


def _add_appearance(job: Job, claim: Claim, number: int, publisher: str) -> None:
    article = job.article(number)
    voice = LinkEntry(
        agent=job.agent_id(article.publisher),
        name=publisher,
        role="publisher",
        factive=False,
        attitude="asserts",
        read_by_editor=True,
    )
    entry = AppearanceEntry(
        source=job.world.id(job.world.article(article.number)),
        quote=quote_entry(article, job.matter(number), number),
        certainty="certain",
        certainty_reason="The text was read.",
        chain=(voice,),
    )
    add_appearance(job.session, job.actor, claim, entry, job.texts)


def _evidence(job: Job, dice: Dice, told: Matter, stance: str) -> EvidenceEntry:
    """Of one of the few sources that many claims rest on."""
    source = dice.common(job.world.profile.hub_sources)
    quote = f"No. {dice.between(1, 999)}: {told.name}, {told.town}, as it stood in {told.year}."
    return EvidenceEntry(
        source=job.source_id(source),
        quote=QuoteEntry(exact=quote, language="en"),
        aspect=WHOLE,
        stance=stance,
        origin=job.origin_id(origins_of(job.world, source)[0]),
        grade="A",
        grade_reason="A list of an authority.",
    )


def _assessment(job: Job, dice: Dice, verdict: str) -> AssessmentEntry:
    sure = job.confidence(dice)
    return AssessmentEntry(
        confidence=sure,
        reason=REASONS[verdict],
        assessed_on=job.day,
        method_version=job.method,
        verdicts=(VerdictEntry(aspect=WHOLE, verdict=verdict, confidence=sure),),
    )
