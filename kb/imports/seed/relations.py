"""Relations between claims, when all claims are there; inverses and symmetric ones are stored once."""

from sqlalchemy import or_, select

from kb.desk.relations import RelationEntry, add_relation, remove_relation
from kb.desk.tables import Claim, Relation
from kb.imports.report import ADDED, REMOVED, UNCHANGED
from kb.imports.seed.job import Job
from kb.imports.seed.layout import ClaimRow
from kb.imports.seed.reading import CLAIMS
from kb.imports.seed.words import INVERSES
from kb.values.vocabulary import SYMMETRIC

STORED = "relations_stored_once"
# Type and the two claims; of a symmetric one the lesser id comes first, wherever it is stored.
Triple = tuple[str, str, str]


def import_relations(job: Job) -> None:
    """Of claims that are in. A relation to one that was refused waits, and is told of."""
    claims = job.ids.get("claim", {})
    everyone = job.known("claim")
    wanted: dict[Triple, tuple[str, str, str]] = {}
    for row in job.corpus.claims.values():
        if row.id in claims:
            for kind, one, other in _of(job, row, everyone):
                wanted.setdefault(_folded(kind, one, other), (kind, one, other))
    there = _there(job, set(claims.values()), set(everyone.values()))
    for triple, (kind, one, other) in wanted.items():
        if triple in there:
            job.report.tally.count(UNCHANGED, STORED)
            continue
        claim = job.session.get_one(Claim, one)
        add_relation(job.session, job.actor, claim, RelationEntry(type=kind, target=other))
        job.report.tally.count(ADDED, STORED)
    for triple, relation in there.items():
        if triple not in wanted:
            remove_relation(job.session, job.actor, relation)
            job.report.tally.count(REMOVED, STORED)


def _of(job: Job, row: ClaimRow, everyone: dict[str, str]) -> list[tuple[str, str, str]]:
    """Type, from, to: inverses turned round, in the desk's ids."""
    found = []
    for relation in row.relations:
        if relation.target not in everyone:
            reason = "the claim at the other end was refused"
            job.not_kept(f"{CLAIMS} claims[].relations[]", reason)
            continue
        one, other = everyone[row.id], everyone[relation.target]
        if relation.type in INVERSES:
            found.append((INVERSES[relation.type], other, one))
        else:
            found.append((relation.type, one, other))
    return found


def _folded(kind: str, one: str, other: str) -> Triple:
    return (kind, *sorted((one, other))) if kind in SYMMETRIC else (kind, one, other)  # type: ignore[return-value]


def _there(job: Job, claims: set[str], everyone: set[str]) -> dict[Triple, Relation]:
    """Stored relations of which the file is the master: both ends are of its scope, and it has those it starts from."""
    own = or_(Relation.claim_id.in_(claims), Relation.target_id.in_(claims))
    rows = job.session.scalars(select(Relation).where(own)).all()
    return {
        _folded(row.type, row.claim_id, row.target_id): row
        for row in rows
        if {row.claim_id, row.target_id} <= everyone and {row.claim_id, row.target_id} <= claims
    }
