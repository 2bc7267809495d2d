"""Where each field of the files goes, and what is not kept, with the reason. One table, walked by a test.

Paths are those of the files, with [] for every item of a list.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from kb.imports.report import NotKept
from kb.imports.seed.reading import ASSESSMENTS, CLAIMS, EVIDENCE, Files

_ABOUT_FILE = "says something about the file, not about the matter"
_ABOUT_READING = "says how the file was read; offsets are always code points, exclusive at the end"
_BY_RULE = "computed by the rules from evidence and verdicts; compared, and reported where it differs"
_NOT_OPEN = "words of a text that is not open"

NOT_KEPT: dict[str, dict[str, str]] = {
    CLAIMS: {
        "schema": _ABOUT_FILE,
        "neutrality": _ABOUT_FILE,
        "source.publisher": "an editor links the publisher; what is printed is the publication",
        "source.kind": "the record of the same source in evidence.json has its own kind",
        "source.file": _ABOUT_READING,
        "source.encoding": _ABOUT_READING,
        "source.offset_unit": _ABOUT_READING,
        "source.normalisation": _ABOUT_READING,
        "source.line_ends": _ABOUT_READING,
        "source.segments[].first_words": _NOT_OPEN,
        "claims[].slug": "names persons and asserts; addresses are opaque",
    },
    EVIDENCE: {"schema": _ABOUT_FILE},
    ASSESSMENTS: {
        "schema": _ABOUT_FILE,
        "verdicts[]": _ABOUT_FILE,
        "assessments[].verdict": _BY_RULE,
        "assessments[].aspects[].supports[]": _BY_RULE,
        "assessments[].aspects[].contradicts[]": _BY_RULE,
        "assessments[].aspects[].qualifies[]": _BY_RULE,
        "assessments[].seen_evidence": _BY_RULE,
        "assessments[].independent_origins[]": _BY_RULE,
        "assessments[].reply_of_persons_concerned": "the replies are the record; where none was found, the day is kept",
        "assessments[].status": "every import is a draft; editions say themselves whether they were reviewed",
    },
}
_QUOTE = {
    "exact": "passage.exact",
    "prefix": "passage.prefix",
    "suffix": "passage.suffix",
    "start": "passage.start_at",
    "end": "passage.end_at",
    "occurrence": "passage.occurrence",
    "occurrences": "passage.occurrences",
    "segment": "passage.segment",
}
_FIGURE = {
    "id": "external_id.value",
    "raw": "figure.raw",
    "start": "figure.start_at",
    "end": "figure.end_at",
    "rounding_hint": "figure.rounding_step",
} | {
    name: f"figure.{name}"
    for name in (
        "value", "low", "high", "low_inclusive", "high_inclusive", "comparator", "unit", "counted", "period",
        "period_note", "counted_by", "note",
    )
}  # fmt: skip
# A table and a column of the desk for each field that is kept.
KEPT: dict[str, dict[str, str]] = {
    CLAIMS: {
        "source.id": "external_id.scope",
        "source.title": "source.title",
        "source.publication": "source.publisher_as_printed",
        "source.author": "source.author_as_printed",
        "source.date": "source.published",
        "source.language": "source.language",
        "source.url": "source.url",
        "source.licence": "source.licence",
        "source.sha256": "snapshot.sha256",
        "source.bytes": "snapshot.byte_size",
        "source.characters": "snapshot.characters",
        "source.segments[].id": "segment.code",
        "source.segments[].start": "segment.start_at",
        "source.segments[].end": "segment.end_at",
        "source.segments[].role": "segment.role",
        "source.segments[].claims_taken": "segment.claims_taken",
        "source.segments[].note": "segment.note",
        "entities[].id": "external_id.value",
        "entities[].name": "agent.name",
        "entities[].kind": "agent.genre",
        "entities[].other_names[]": "agent_name.text",
        "entities[].living": "agent.living",
        "entities[].visibility": "agent.visibility",
        "claims[].id": "external_id.value",
        "claims[].statement": "claim_text.text",
        "claims[].question": "claim_text.text",
        **{f"claims[].quote.{name}": column for name, column in _QUOTE.items()},
        **{f"claims[].other_places[].{name}": column for name, column in _QUOTE.items()},
        "claims[].claimant_chain[].agent": "chain_link.agent_id",
        "claims[].claimant_chain[].role": "chain_link.role",
        "claims[].claimant_chain[].verb": "chain_link.verb",
        "claims[].claimant_chain[].factive": "chain_link.factive",
        "claims[].claimant_chain[].stance": "chain_link.attitude",
        "claims[].attribution.certainty": "appearance.certainty",
        "claims[].attribution.reason": "appearance.certainty_reason",
        "claims[].claim_type": "claim.claim_type",
        "claims[].strength": "claim.commitment",
        "claims[].hedges[]": "claim_word.text",
        "claims[].boosters[]": "claim_word.text",
        "claims[].aspects[].id": "aspect.code",
        "claims[].aspects[].text": "aspect.label",
        "claims[].aspects[].main": "aspect.main",
        **{f"claims[].figures[].{name}": column for name, column in _FIGURE.items()},
        "claims[].topics[]": "topic.label",
        "claims[].entities[].entity": "external_id.value",
        "claims[].entities[].as_printed": "mention.as_printed",
        "claims[].concerns_living_persons[]": "concerned.agent_id",
        "claims[].relations[].type": "relation.type",
        "claims[].relations[].target": "relation.target_id",
        "claims[].checkability.level": "claim.checkability",
        "claims[].checkability.reason": "claim.checkability_reason",
        "claims[].notes": "claim.note",
        **{f"left_out[].quote.{name}": column for name, column in _QUOTE.items() if name != "segment"},
        "left_out[].reason": "left_out_sentence.reason",
    },
    EVIDENCE: {
        "origins[].id": "external_id.value",
        "origins[].label": "origin.label",
        "origins[].kind": "origin.genre",
        "origins[].seen": "origin.seen",
        "origins[].note": "origin.note",
        "sources[].id": "external_id.value",
        "sources[].title": "source.title",
        "sources[].title_from_address": "source.title_from_address",
        "sources[].publisher": "source.publisher_as_printed",
        "sources[].author": "source.author_as_printed",
        "sources[].date": "source.published",
        "sources[].date_note": "source.date_note",
        "sources[].url": "source.url",
        "sources[].kind": "source.genre",
        "sources[].language": "source.language",
        "sources[].seen": "source.seen",
        "sources[].copy_of": "source.copy_of_as_printed",
        "sources[].reliability.grade": "evidence.grade",
        "sources[].reliability.reason": "evidence.grade_reason",
        "sources[].lineage.origins[]": "source_origin.origin_id",
        "sources[].lineage.derived_from[]": "source_derivation.from_id",
        "sources[].note": "source.note",
        "evidence[].id": "external_id.value",
        "evidence[].source": "passage.source_id",
        "evidence[].claim": "evidence.claim_id",
        "evidence[].aspect": "evidence.aspect_id",
        "evidence[].stance": "evidence.stance",
        "evidence[].quote": "passage.exact",
        "evidence[].translation": "evidence.translation",
        "evidence[].quote_language": "passage.language",
        **{f"evidence[].figures[].{name}": column for name, column in _FIGURE.items() if name not in ("start", "end")},
        "evidence[].seen": "passage.state",
        "evidence[].note": "evidence.note",
        "evidence[].origin": "evidence.origin_id",
    },
    ASSESSMENTS: {
        "assessments[].claim": "assessment.claim_id",
        "assessments[].confidence": "assessment.confidence",
        "assessments[].reason": "assessment.reason",
        "assessments[].aspects[].aspect": "aspect_verdict.aspect_id",
        "assessments[].aspects[].verdict": "aspect_verdict.verdict",
        "assessments[].aspects[].confidence": "aspect_verdict.confidence",
        "assessments[].replies[].agent": "reply.agent_id",
        "assessments[].replies[].short": "reply.short",
        "assessments[].replies[].text": "reply.statement",
        "assessments[].replies[].evidence[]": "reply_evidence.evidence_id",
        "assessments[].replies[].date": "reply.stated_on",
        "assessments[].open_questions[]": "open_question.label",
        "assessments[].assessed_on": "assessment.assessed_on",
    },
}  # fmt: skip


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Path and value of everything that is neither an object nor a list."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, f"{path}[]")
    else:
        yield path, value


def not_kept(files: Files) -> list[NotKept]:
    """How many values of each field stay out; a field without any is not named."""
    found = []
    for name, reasons in NOT_KEPT.items():
        counted = Counter(path for path, value in leaves(files.of(name)) if value is not None)
        found += [NotKept(f"{name} {path}", why, counted[path]) for path, why in reasons.items() if counted[path]]
    return found
