"""One call of publish, planned as a whole: what goes along, what is refused, and which records go together."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.log.tables import EditionRow
from kb.publish.changes import PublishEntry
from kb.publish.finding import Finding
from kb.publish.ground import Ground
from kb.publish.order import groups, knots
from kb.publish.relations import Stated, stated
from kb.publish.survey import KINDS, Look, births, look
from kb.values.vocabulary import SYMMETRIC

# Records compiled at once, and about as many sealed in one transaction.
BATCH = 100

# A transaction for each look, so that a large plan does not keep writers waiting.
Looking = Callable[[], AbstractContextManager[Session]]


@dataclass(frozen=True)
class Plan:
    """`groups` are sealed one after another, each whole; `along` names what nobody asked for but others need."""

    groups: list[list[str]]
    along: frozenset[str]
    unchanged: list[str]
    refused: dict[str, tuple[Finding, ...]]
    looks: Mapping[str, Look] = field(repr=False)

    @property
    def total(self) -> int:
        return sum(map(len, self.groups))


def make_plan(looking: Looking, ground: Ground, records: Sequence[str], entry: PublishEntry) -> Plan:
    """`records` in the order in which they are to be published, as far as their needs allow."""
    named = list(dict.fromkeys(records))
    looks = look_at_all(looking, ground, named, entry)
    refused = _refused(named, looks)
    going = {one.record for one in looks.values() if one.content_differs and one.record not in refused}
    claims = [one for one in looks.values() if one.kind == "claim" and one.record not in refused]
    with looking() as session:
        born = births(session, looks)
        arriving = sorted((one.record for one in claims if one.is_new), key=born.__getitem__)
        relations = stated(session, [one.record for one in claims], arriving)
    sealed = going | {one.record for one in claims if not one.is_new and one.relations != relations[one.record]}
    edges = _edges(looks, sealed, relations, born)
    parts = knots([record for record in named if record in sealed], edges)
    whole = (sorted(part, key=lambda record: (KINDS.index(looks[record].kind), born[record])) for part in parts)
    return Plan(
        groups=list(groups(whole, frozenset(named).__contains__, BATCH)),
        along=frozenset(sealed - set(named)),
        unchanged=[record for record in named if record not in sealed and record not in refused],
        refused=refused,
        looks=looks,
    )


def look_at_all(looking: Looking, ground: Ground, named: list[str], entry: PublishEntry) -> dict[str, Look]:
    """The records named, and whatever they need that has no edition yet."""
    asked, known, todo = frozenset(named), set(named), deque(named)
    looks: dict[str, Look] = {}
    while todo:
        batch = [todo.popleft() for _ in range(min(BATCH, len(todo)))]
        with looking() as session:
            found = look(session, ground, batch, entry, asked)
            missing = {need for one in found for need in one.needs} - known
            # What is published already stays as it is where the call does not name it.
            todo.extend(sorted(missing - _published(session, missing)))
        known |= missing
        looks |= {one.record: one for one in sorted(found, key=lambda one: batch.index(one.record))}
    return looks


def _published(session: Session, records: set[str]) -> set[str]:
    if not records:
        return set()
    return set(session.scalars(select(EditionRow.record).where(EditionRow.record.in_(sorted(records))).distinct()))


def _refused(named: Iterable[str], looks: Mapping[str, Look]) -> dict[str, tuple[Finding, ...]]:
    """Whatever the gate shuts out, whatever needs that, and so on."""
    absent = Finding("There is no draft of this on the desk.", "record", "Name a record that is there.")
    refused: dict[str, tuple[Finding, ...]] = {one: (absent,) for one in named if one not in looks}
    refused |= {
        one.record: one.findings for one in looks.values() if one.shut and (one.content_differs or one.withdrawn)
    }
    needed_by: dict[str, list[Look]] = {}
    for one in looks.values():
        for need in one.needs if one.content_differs else ():
            needed_by.setdefault(need, []).append(one)
    todo = deque(refused)
    while todo:
        lacking = todo.popleft()
        if lacking not in looks or not looks[lacking].is_new:
            continue
        for one in needed_by.get(lacking, ()):
            todo.extend([] if one.record in refused else [one.record])
            refused[one.record] = (*refused.get(one.record, one.findings), _needs(looks[lacking]))
    return refused


def _needs(lacking: Look) -> Finding:
    first = next((finding for finding in lacking.findings if finding.shuts), None)
    why = f": {first.where}: {first.what}" if first else "."
    return Finding(f"It needs {lacking.address}, which cannot be published{why}", lacking.address, "Mend that first.")


def _edges(
    looks: Mapping[str, Look], sealed: set[str], relations: Stated, born: Mapping[str, tuple[str, int, str]]
) -> dict[str, list[str]]:
    """What has to be logged before, or together with, what: records referred to, and claims related to."""
    edges: dict[str, set[str]] = {record: set(looks[record].needs & sealed) for record in sealed}
    for claim, kinds in relations.items():
        for kind, targets in kinds.items() if claim in sealed else ():
            for target in sealed.intersection(targets):
                edges[claim].add(target)
                # It stands on the claim logged first, which is so only where the other one does not come before.
                if kind in SYMMETRIC and looks[claim].is_new:
                    edges[target].add(claim)
    return {record: sorted(ends, key=born.__getitem__) for record, ends in edges.items()}
