"""The log re-read: numbers, previous digests, parents, leaves, and the head."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from kb.log.chain import Entry, Fault, Stored, check_run
from kb.log.read import Head
from kb.log.tables import EditionRow
from kb.verify.verdict import Verdict

BATCH = 1000
LOG = "log"


def check_log(session: Session, head: Head, verdict: Verdict) -> None:
    """Adds the faults of the whole log, and counts editions and records."""
    last = Head(-1, None, None)

    def counted() -> Iterator[Stored]:
        nonlocal last
        for stored in _stored(session):
            verdict.counts.editions += 1
            verdict.counts.records += stored.entry.version == 1
            last = Head(stored.entry.seq, stored.leaf_hash, stored.entry.time)
            yield stored

    verdict.head = head.leaf_hash
    verdict.problems.extend(check_run(counted()))
    verdict.problems.extend(_head_faults(head, last))


def _stored(session: Session) -> Iterator[Stored]:
    before = aliased(EditionRow)
    of_record = (before.record == EditionRow.record) & (before.version == EditionRow.version - 1)
    row = EditionRow
    wanted = select(
        row.seq, row.record, row.version, row.change, row.issued, row.digest, row.prev, row.parent, row.leaf,
        row.leaf_hash, before.digest.label("before"),
    ).outerjoin(before, of_record)  # fmt: skip
    seq: int | None = None
    while True:
        batch = wanted if seq is None else wanted.where(row.seq > seq)
        rows = session.execute(batch.order_by(row.seq).limit(BATCH)).all()
        if not rows:
            return
        for one in rows:
            entry = Entry(*one[:8])
            yield Stored(entry, one.leaf, one.leaf_hash, one.before)
        seq = rows[-1].seq


def _head_faults(head: Head, last: Head) -> Iterator[Fault]:
    if head.seq != last.seq:
        yield Fault(LOG, None, "log_head/seq", f"The head says {head.seq}, the last edition is {last.seq}.")
    if head.leaf_hash != last.leaf_hash:
        yield Fault(LOG, None, "log_head/leaf_hash", "The head is not the hash of the last leaf.")
    if head.time != last.time:
        yield Fault(LOG, None, "log_head/time", "The head's time is not that of the last edition.")
