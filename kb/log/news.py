"""What is new in the log: editions, the newest first, each with what became of it since."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from kb.log.read import COLUMNS, Edition
from kb.log.standing import WITH_A_REASON, Standing, Step, judge
from kb.log.tables import EditionRow


@dataclass(frozen=True)
class News:
    """Some editions with their standings; `next` is what to give as `before` for older ones, None at the end."""

    editions: tuple[tuple[Edition, Standing], ...]
    next: int | None


def news(
    session: Session, limit: int, *, kind: str | None = None, record: str | None = None, before: int | None = None
) -> News:
    """Editions of a kind, or of one record by its id; those before entry `before` of the log. Two statements."""
    wanted = select(*COLUMNS).order_by(EditionRow.seq.desc()).limit(limit + 1)
    for column, value in ((EditionRow.record_kind, kind), (EditionRow.record, record)):
        if value is not None:
            wanted = wanted.where(column == value)
    if before is not None:
        wanted = wanted.where(EditionRow.seq < before)
    found = [Edition(**row._mapping) for row in session.execute(wanted)]
    some = found[:limit]
    steps = lives(session, sorted({edition.record for edition in some}))
    # Of what was removed there is no news: the entry that removed it tells.
    told = [edition for edition in some if not edition.removed]
    judged = [(edition, judge(_from(steps[edition.record], edition.version))) for edition in told]
    return News(tuple(judged), some[-1].seq if len(found) > limit else None)


def _from(steps: Sequence[Step], version: int) -> list[Step]:
    return [step for step in steps if step.version >= version]


def lives(session: Session, records: Sequence[str]) -> dict[str, list[Step]]:
    """The life of each record. Documents are large; only one that has a reason is looked into."""
    reason = case((EditionRow.change.in_(WITH_A_REASON), EditionRow.document))
    wanted = select(EditionRow.record, EditionRow.version, EditionRow.change, EditionRow.issued, reason)
    wanted = wanted.where(EditionRow.record.in_(records)).order_by(EditionRow.record, EditionRow.version)
    found = defaultdict[str, list[Step]](list)
    for record, version, change, issued, data in session.execute(wanted) if records else ():
        note = json.loads(data).get("changeNote", {}) if data else {}
        found[record].append(Step(version, change, issued, note))
    return found
