"""Which relations a claim's edition states: those between claims that readers can open.

One that points at a claim without an edition waits. A symmetric one stands once, on the claim logged first.
"""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from kb.desk.tables import Relation
from kb.log.tables import EditionRow
from kb.publish.compile.rows import CHUNK
from kb.values.vocabulary import SYMMETRIC

# Claim → type → the claims related to, sorted.
Stated = dict[str, dict[str, list[str]]]
Row = tuple[str, str, str]


def stated(session: Session, claims: Iterable[str], arriving: Sequence[str] = ()) -> Stated:
    """The relations that the editions of these claims state, once those arriving are logged, in that order."""
    wanted = sorted(set(claims))
    rows = [row for at in range(0, len(wanted), CHUNK) for row in _rows(session, wanted[at : at + CHUNK])]
    return state(rows, wanted, ranks(session, rows, arriving))


def state(rows: Iterable[Row], claims: Iterable[str], rank: Mapping[str, int]) -> Stated:
    """From rows (claim, type, target): `rank` says in what order claims were logged, and names no other claim."""
    found: dict[str, dict[str, set[str]]] = {claim: {} for claim in claims}
    for claim, kind, target in rows:
        if claim not in rank or target not in rank:
            continue
        turned = kind in SYMMETRIC and rank[target] < rank[claim]
        stands_on, points_at = (target, claim) if turned else (claim, target)
        if stands_on in found:
            found[stands_on].setdefault(kind, set()).add(points_at)
    return {claim: {kind: sorted(kinds[kind]) for kind in sorted(kinds)} for claim, kinds in found.items()}


def ranks(session: Session, rows: Iterable[Row], arriving: Sequence[str]) -> dict[str, int]:
    """The place in the log of every published claim in these rows, and after them those arriving."""
    ends = sorted({end for claim, _, target in rows for end in (claim, target)})
    rank: dict[str, int] = {}
    for at in range(0, len(ends), CHUNK):
        first = select(EditionRow.record, func.min(EditionRow.seq)).where(EditionRow.record.in_(ends[at : at + CHUNK]))
        rank |= {row[0]: row[1] for row in session.execute(first.group_by(EditionRow.record))}
    after = max(rank.values(), default=0)
    return {record: after + place for place, record in enumerate(arriving, 1)} | rank


def _rows(session: Session, claims: list[str]) -> list[Row]:
    """Rows that stand on these claims, and the symmetric ones that point at them."""
    wanted = select(Relation.claim_id, Relation.type, Relation.target_id).where(
        or_(
            Relation.claim_id.in_(claims),
            Relation.target_id.in_(claims) & Relation.type.in_(sorted(SYMMETRIC)),
        )
    )
    return [(row.claim_id, row.type, row.target_id) for row in session.execute(wanted)]
