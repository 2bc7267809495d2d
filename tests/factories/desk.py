"""Drafts made through the desk's own verbs: a survey, its report, and a claim about a mountain."""

from typing import Any

from sqlalchemy.orm import Session

from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.agents import AgentEntry, add_agent
from kb.desk.appearances import AppearanceEntry, LinkEntry, add_appearance
from kb.desk.aspects import AspectEntry, add_aspect
from kb.desk.assessments import AssessmentEntry, VerdictEntry, add_assessment
from kb.desk.claims import ClaimEntry, add_claim
from kb.desk.evidence import EvidenceEntry, add_evidence
from kb.desk.origins import OriginEntry, add_origin
from kb.desk.passages import QuoteEntry
from kb.desk.sources import SourceEntry, add_source
from kb.desk.tables import Agent, Appearance, Claim, Evidence, Origin, Source, Topic
from kb.desk.texts import Texts
from kb.desk.topics import TopicEntry, add_topic

TEXT = "🏔 Heights\n\nIn 1863 the survey gave Mount Example 4,807 metres. Others say less.\n"
WORDS = "the survey gave Mount Example 4,807 metres"


def agent_entry(name: str = "Survey of Example", **more: Any) -> AgentEntry:
    return AgentEntry(**{"kind": "organisation", "name": name} | more)


def agent(session: Session, name: str = "Survey of Example", **more: Any) -> Agent:
    return add_agent(session, LOCAL_OPERATOR, agent_entry(name, **more))


def topic(session: Session, slug: str = "mountains", label: str = "Mountains", **more: Any) -> Topic:
    return add_topic(session, LOCAL_OPERATOR, TopicEntry(**{"slug": slug, "label": label} | more))


def origin(session: Session, label: str = "The survey of 1863", **more: Any) -> Origin:
    return add_origin(session, LOCAL_OPERATOR, OriginEntry(**{"label": label, "genre": "survey", "seen": True} | more))


def source_entry(title: str = "Heights", **more: Any) -> SourceEntry:
    given = {
        "title": title,
        "publisher_as_printed": "The Survey",
        "published": "1863",
        "work_class": "Report",
        "genre": "report",
        "language": "en",
        "seen": True,
    }
    return SourceEntry(**given | more)


def source(session: Session, title: str = "Heights", **more: Any) -> Source:
    return add_source(session, LOCAL_OPERATOR, source_entry(title, **more))


def claim_entry(**more: Any) -> ClaimEntry:
    given = {
        "statement": {"en": "The survey writes that Mount Example is 4,807 metres high."},
        "question": {"en": "Is Mount Example 4,807 metres high?"},
        "claim_type": "numerical",
        "commitment": "asserted",
        "checkability": "checkable",
        "checkability_reason": "It can be measured.",
    }
    return ClaimEntry(**given | more)


def bare_claim(session: Session, *codes: str, **more: Any) -> Claim:
    """A claim with aspects (all main) and nothing else."""
    made = add_claim(session, LOCAL_OPERATOR, claim_entry(**more))
    for position, code in enumerate(codes or ("height",), 1):
        entry = AspectEntry(code=code, label=code.replace("_", " "), main=True, position=position)
        add_aspect(session, LOCAL_OPERATOR, made, entry)
    return made


def quote_entry(exact: str = WORDS, **more: Any) -> QuoteEntry:
    return QuoteEntry(**{"exact": exact, "language": "en"} | more)


def link_entry(name: str = "Survey of Example", **more: Any) -> LinkEntry:
    given = {"name": name, "role": "author", "factive": False, "attitude": "asserts", "read_by_editor": True}
    return LinkEntry(**given | more)


def appearance_entry(source: Source, *chain: LinkEntry, **more: Any) -> AppearanceEntry:
    given = {
        "source": source.id,
        "quote": quote_entry(),
        "certainty": "certain",
        "certainty_reason": "The report was read.",
        "chain": chain or (link_entry(),),
    }
    return AppearanceEntry(**given | more)


def appearance(
    session: Session, claim: Claim, source: Source, *chain: LinkEntry, texts: Texts | None = None, **more: Any
) -> Appearance:
    return add_appearance(session, LOCAL_OPERATOR, claim, appearance_entry(source, *chain, **more), texts)


def evidence_entry(source: Source, origin: Origin, **more: Any) -> EvidenceEntry:
    given = {
        "source": source.id,
        "origin": origin.id,
        "quote": quote_entry(),
        "aspect": "height",
        "stance": "supports",
        "grade": "A",
        "grade_reason": "the survey itself",
    }
    return EvidenceEntry(**given | more)


def evidence(session: Session, claim: Claim, source: Source, origin: Origin, **more: Any) -> Evidence:
    return add_evidence(session, LOCAL_OPERATOR, claim, evidence_entry(source, origin, **more))


def assessment_entry(*verdicts: tuple[str, str], **more: Any) -> AssessmentEntry:
    judged = verdicts or (("height", "supported"),)
    given = {
        "confidence": "0.9",
        "reason": "The survey's own report says it.",
        "assessed_on": "2026-11-25",
        "method_version": 1,
        "verdicts": tuple(VerdictEntry(aspect=code, verdict=word, confidence="0.9") for code, word in judged),
    }
    return AssessmentEntry(**given | more)


def whole_claim(session: Session, name: str = "Survey of Example") -> Claim:
    """A claim that the gate would let through but for its second reader: recorded quote, evidence, assessment."""
    voice, where, came = agent(session, name), source(session), origin(session)
    made = bare_claim(session, topics=(topic(session).id,))
    known = quote_entry(text_sha256="ab" * 32, start=20, end=20 + len(WORDS))
    appearance(session, made, where, link_entry(name, agent=voice.id, source=where.id), quote=known)
    evidence(session, made, where, came)
    add_assessment(session, LOCAL_OPERATOR, made, assessment_entry())
    return made
