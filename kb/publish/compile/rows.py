"""Rows of many records in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from kb.db import DeskTable
from kb.desk.externals import full
from kb.desk.tables import ExternalId, Identifier, Record
from kb.values.identifiers import identifier_iri

# Databases limit the values of one statement.
CHUNK = 5_000

Table = TypeVar("Table", bound=DeskTable)
Key = InstrumentedAttribute[Any]


def fetch(session: Session, table: type[Table], column: Key, values: Iterable[Any], *order: Key) -> list[Table]:
    """Rows whose column has one of the values, in order: to be read only, for the session knows nothing of them.

    They have the columns of the table by their names, as the database has them now.
    """
    found: list[Any] = []
    wanted = iter(sorted({value for value in values if value is not None}))
    while some := list(islice(wanted, CHUNK)):
        found += session.execute(_statement(table, column, order), {"wanted": some})
    return found


@cache
def _statement(table: type[DeskTable], column: Key, order: tuple[Key, ...]) -> Select[*tuple[Any, ...]]:
    """Made once: to put it together, and find it among those that are compiled, takes longer than to run it."""
    # Plain rows: to make objects of them, which nobody changes, takes three times as long.
    return select(table.__table__).where(column.in_(bindparam("wanted", expanding=True))).order_by(*order)


def grouped(
    session: Session, table: type[Table], column: Key, values: Iterable[Any], *order: Key
) -> dict[Any, list[Table]]:
    """The same by the column's value; a value without rows has an empty list."""
    made: dict[Any, list[Table]] = defaultdict(list)
    for row in fetch(session, table, column, values, *order):
        made[getattr(row, column.key)].append(row)
    return made


def records(session: Session, ids: Iterable[str]) -> dict[str, Record]:
    return {row.id: row for row in fetch(session, Record, Record.id, ids)}


class OtherIds:
    """Ids that others gave to some records and their parts, as documents have them."""

    def __init__(self, session: Session, ids: Iterable[str]) -> None:
        wanted = list(ids)
        self._external: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in fetch(session, ExternalId, ExternalId.record_id, wanted):
            # A part stands inside a record whose own id says what it is an id within.
            scope = "" if row.part else row.scope
            self._external[row.record_id, row.part].add(full(row.scheme, scope, row.value))
        self._same: dict[str, set[str]] = defaultdict(set)
        for one in fetch(session, Identifier, Identifier.record_id, wanted):
            self._same[one.record_id].add(identifier_iri(one.scheme, one.value))

    def external(self, record: str, part: str = "") -> list[str]:
        """`externalIds`, sorted: whole for a record, short for a part."""
        return sorted(self._external.get((record, part), ()))

    def same_as(self, record: str) -> list[str]:
        return sorted(self._same.get(record, ()))
