"""Several editions at once: all of one record, the latest of many, and the log line by line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVarTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from kb.log.read import COLUMNS, Edition
from kb.log.tables import EditionRow

AnyColumns = TypeVarTuple("AnyColumns")


@dataclass(frozen=True)
class LogLine:
    """One entry of the log without its document."""

    seq: int
    record: str
    record_kind: str
    address: str
    version: int
    change: str
    issued: str
    digest: str
    prev: str | None
    parent: str | None
    leaf_hash: str


def editions_of(session: Session, record: str) -> Iterator[Edition]:
    """Every edition of a record with its document, the first one first."""
    wanted = select(*COLUMNS).where(EditionRow.record == record).order_by(EditionRow.version)
    for row in session.execute(wanted):
        yield Edition(**row._mapping)


def latest_of(session: Session, records: Sequence[str]) -> dict[str, Edition]:
    """The newest edition of each of these records, by id; what is not published is left out. One statement."""
    return {row.record: Edition(**row._mapping) for row in session.execute(_newest(select(*COLUMNS), records))}


def states_of(session: Session, records: Sequence[str]) -> tuple[str, ...]:
    """What changes whenever `latest_of` gives anything else, without reading a document. One statement."""
    wanted = _newest(select(EditionRow.digest + EditionRow.content_digest), records)
    return tuple(session.scalars(wanted.order_by(EditionRow.record)))


def _newest(wanted: Select[*AnyColumns], records: Sequence[str]) -> Select[*AnyColumns]:
    newest = select(EditionRow.record, func.max(EditionRow.version).label("version"))
    last = newest.where(EditionRow.record.in_(list(records))).group_by(EditionRow.record).subquery()
    return wanted.join(last, (last.c.record == EditionRow.record) & (last.c.version == EditionRow.version))


def lines(session: Session, before: int | None, limit: int) -> list[LogLine]:
    """Entries of the log, the newest first; those before number `before`, from the end where that is None."""
    columns = [getattr(EditionRow, name) for name in LogLine.__dataclass_fields__]
    wanted = select(*columns).order_by(EditionRow.seq.desc()).limit(limit)
    if before is not None:
        wanted = wanted.where(EditionRow.seq < before)
    return [LogLine(**row._mapping) for row in session.execute(wanted)]
