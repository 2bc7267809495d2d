"""Evidence, searches and open questions as an edition says them."""

from kb.desk.tables import Evidence, OpenQuestion, Search
from kb.publish.compile.figure import figures
from kb.publish.compile.known import Known, Names
from kb.publish.compile.passage import target
from kb.publish.compile.rows import ClaimRows
from kb.publish.compile.words import Node, said, whole


def evidence(rows: ClaimRows, page: str, aspects: dict[int, str], known: Known, names: Names) -> list[Node]:
    parts = {row.id: f"{page}#evidence-{row.number}" for row in rows.evidence}
    return [_evidence(rows, page, row, aspects, known, names, parts) for row in rows.evidence]


def searches(rows: ClaimRows, page: str, aspects: dict[int, str], known: Known, names: Names) -> list[Node]:
    return [_search(rows, page, row, aspects, known, names) for row in rows.searches]


def open_questions(rows: ClaimRows, page: str, aspects: dict[int, str], known: Known, names: Names) -> list[Node]:
    return [_open(rows, page, row, aspects, known, names) for row in rows.open_questions]


def _evidence(
    rows: ClaimRows,
    page: str,
    row: Evidence,
    aspects: dict[int, str],
    known: Known,
    names: Names,
    parts: dict[int, str],
) -> Node:
    part, language = f"evidence-{row.number}", rows.record.language
    passage = rows.shared.passages[row.passage_id]
    return whole(
        {
            "@id": f"{page}#{part}",
            "@type": "Evidence",
            "stance": row.stance,
            "aspect": aspects[row.aspect_id],
            "origin": known.origin(row.origin_id),
            "quoteState": passage.state,
            "target": target(page, part, passage, rows.shared.snapshots, known),
            "translation": said(row.translation, row.translation_language),
            "strength": row.strength,
            "strengthReason": said(row.strength_reason, language),
            "sourceGrade": row.grade,
            "sourceGradeReason": said(row.grade_reason, language),
            "note": said(row.note, language),
            "explains": [parts[one.explained_id] for one in rows.shared.explanations.get(row.id, [])],
            "figures": figures(rows, page, aspects, known, names, row.id),
            "externalIds": names.of(rows.claim.id, part),
        }
    )


def _search(rows: ClaimRows, page: str, row: Search, aspects: dict[int, str], known: Known, names: Names) -> Node:
    part, language = f"search-{row.number}", rows.record.language
    passage = rows.shared.passages[row.passage_id] if row.passage_id is not None else None
    return whole(
        {
            "@id": f"{page}#{part}",
            "@type": "Search",
            "description": said(row.description, language),
            "outcome": row.outcome,
            "searchedIn": said(row.searched_in, language),
            "searchedOn": row.searched_on,
            "foundSource": known.source(passage.source_id) if passage else None,
            "quoteState": passage.state if passage else None,
            "target": target(page, part, passage, rows.shared.snapshots, known) if passage else None,
            "translation": said(row.translation, row.translation_language),
            "note": said(row.note, language),
            **_set_aside(rows, part, row, aspects, known, names),
        }
    )


def _open(rows: ClaimRows, page: str, row: OpenQuestion, aspects: dict[int, str], known: Known, names: Names) -> Node:
    part = f"open-{row.number}"
    return whole(
        {
            "@id": f"{page}#{part}",
            "@type": "OpenQuestion",
            "label": said(row.label, rows.record.language),
            "wouldSettle": known.source(row.would_settle_id),
            **_set_aside(rows, part, row, aspects, known, names),
        }
    )


def _set_aside(
    rows: ClaimRows, part: str, row: Search | OpenQuestion, aspects: dict[int, str], known: Known, names: Names
) -> Node:
    """Graded and placed like evidence, and never counted."""
    return {
        "aspect": aspects[row.aspect_id] if row.aspect_id is not None else None,
        "origin": known.origin(row.origin_id),
        "sourceGrade": row.grade,
        "sourceGradeReason": said(row.grade_reason, rows.record.language),
        "externalIds": names.of(rows.claim.id, part),
    }
