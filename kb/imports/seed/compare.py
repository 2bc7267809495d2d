"""What the file says of its own verdicts and counts, held against our rules. Ours stands; theirs is never stored."""

from collections.abc import Iterator
from typing import Any

from kb.imports.report import Difference
from kb.imports.seed.draft import Draft
from kb.imports.seed.layout import AssessmentRow
from kb.imports.seed.reading import ASSESSMENTS
from kb.values.origins import is_counted, seen_evidence
from kb.values.rollup import roll_up


def compare(draft: Draft) -> list[Difference]:
    """Of a claim with its evidence and assessment."""
    row = draft.assessment
    if row is None:
        return []
    return [Difference(ASSESSMENTS, row.claim, field, given, ours) for field, given, ours in _differs(draft, row)]


def _differs(draft: Draft, row: AssessmentRow) -> Iterator[tuple[str, Any, Any]]:
    said = {one.aspect: one.verdict for one in row.aspects}
    main = [said[one.id] for one in draft.row.aspects if one.main and one.id in said]
    if main and (ours := roll_up(main)) != row.verdict:
        yield "verdict", row.verdict, ours
    if (seen := seen_evidence(draft.items)) != row.seen_evidence:
        yield "seen_evidence", row.seen_evidence, seen
    counted = [one for one in draft.items if is_counted(one)]
    origins = sorted({one.origin for one in counted})
    if origins != sorted(set(row.independent_origins)):
        yield "independent_origins", row.independent_origins, origins
    for place, one in enumerate(row.aspects):
        for stance in ("supports", "contradicts", "qualifies"):
            given = sorted(set(getattr(one, stance)))
            ours_too = sorted(item.link for item in counted if (item.aspect, item.stance) == (one.aspect, stance))
            if given != ours_too:
                yield f"aspects.{place}.{stance}", given, ours_too
