"""Figures as an edition says them: as printed, and as read."""

from kb.desk.tables import Figure
from kb.publish.compile.known import Known, Names
from kb.publish.compile.rows import ClaimRows
from kb.publish.compile.words import Node, period, said, whole


def figures(
    rows: ClaimRows, page: str, aspects: dict[int, str], known: Known, names: Names, evidence_id: int | None
) -> list[Node]:
    """The figures of a piece of evidence, or with None those of the claim itself."""
    parts = {row.id: f"{page}#figure-{row.number}" for row in rows.figures}
    own = [row for row in rows.figures if row.evidence_id == evidence_id]
    return [_figure(rows, parts, row, aspects, known, names) for row in own]


def _figure(
    rows: ClaimRows, parts: dict[int, str], row: Figure, aspects: dict[int, str], known: Known, names: Names
) -> Node:
    iri, language = parts[row.id], rows.record.language
    anchor = None
    if row.start_at is not None:
        anchor = {"@id": f"{iri}-position", "@type": "TextPositionSelector", "start": row.start_at, "end": row.end_at}
    return whole(
        {
            "@id": iri,
            "@type": ["Figure", "Observation"],
            "asPrinted": said(row.raw, row.raw_language),
            "aspect": aspects[row.aspect_id] if row.aspect_id is not None else None,
            "value": row.value,
            "low": row.low,
            "lowInclusive": row.low_inclusive,
            "high": row.high,
            "highInclusive": row.high_inclusive,
            "comparator": row.comparator,
            "unit": said(row.unit, language),
            "counted": said(row.counted, language),
            "measure": known.topic(row.measure_id),
            "scope": said(row.scope, language),
            "roundingStep": row.rounding_step,
            "period": period(f"{iri}-period", row.period),
            "periodNote": said(row.period_note, language),
            "countedBy": said(row.counted_by, language),
            "countedByAgent": known.agent(row.counted_by_agent_id),
            "shareOf": parts[row.share_of_id] if row.share_of_id is not None else None,
            "anchor": anchor,
            "note": said(row.note, language),
            "externalIds": names.of(rows.claim.id, f"figure-{row.number}"),
        }
    )
