"""What every record has in common: its id, its revision, and being found, needed and held."""

from typing import Any, TypeVar

from sqlalchemy.orm import Session

from kb.db import DeskTable
from kb.desk.chance import new_record_id, now
from kb.desk.tables import PartCounter, Record
from kb.errors import Missing, Refused
from kb.values.ids import is_id

Table = TypeVar("Table", bound=DeskTable)


class NoSuchRecord(Missing):
    """The desk has no record of this kind with this id."""


class Dangling(Refused):
    """A reference to something that the desk does not have."""


def begin(session: Session, kind: str, language: str) -> Record:
    """A new record with an id of its own; its row of the kind's table is the caller's to add."""
    record = Record(id=new_record_id(session), kind=kind, language=language, created_at=now(session))
    session.add(record)
    session.flush()
    _held(session)[record.id] = record
    _of_transaction(session, "begun")[record.id] = {}
    return record


def hold(session: Session, record_id: str) -> Record:
    """The record, locked until the transaction or savepoint ends, so that two editors never take the same number."""
    held = _held(session)
    if record_id not in held:
        found = session.get(Record, record_id, with_for_update=True)
        if found is None:
            raise NoSuchRecord("there is no such record.", where=record_id)
        held[record_id] = found
    return held[record_id]


def find(session: Session, table: type[Table], record_id: str) -> Table:
    """The row of a record by its id. Raises NoSuchRecord."""
    # What is no id may be any text of an address, which not every database takes as a key.
    found = session.get(table, record_id) if is_id(record_id) else None
    if found is None:
        raise NoSuchRecord(f"there is no {table.__tablename__} of this id.", where=record_id[:40])
    return found


def need(session: Session, table: type[Table], record_id: str, where: str) -> Table:
    """The row that an entry refers to. Raises Dangling, which names the entry's field."""
    found = session.get(table, record_id)
    if found is None:
        what = f"there is no {table.__tablename__} {record_id[:40]}."
        raise Dangling(what, where=where, remedy="Add it first, or name another.")
    return found


def part_of(session: Session, table: type[Table], key: int) -> Table:
    """A row that a foreign key names, so that it is there."""
    return session.get_one(table, key)


def begun_here(session: Session, record_id: str) -> dict[str, PartCounter] | None:
    """Counters of a record that this very transaction began, so that there are no others; else None."""
    counters: dict[str, PartCounter] | None = _of_transaction(session, "begun").get(record_id)
    return counters


def _held(session: Session) -> dict[str, Record]:
    """Records locked in the innermost transaction."""
    return _of_transaction(session, "held")


def _of_transaction(session: Session, what: str) -> dict[str, Any]:
    """Ends with the innermost transaction: a savepoint that is rolled back lets its locks and records go with it."""
    innermost = session.get_nested_transaction() or session.get_transaction()
    transaction, noted = session.info.get(what, (None, None))
    if noted is None or transaction is not innermost:
        noted = {}
        session.info[what] = (innermost, noted)
    known: dict[str, Any] = noted
    return known
