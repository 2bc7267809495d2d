"""How every verb writes: rows and lists are set, and where that changes anything, revision and history say so."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, delete, insert, select
from sqlalchemy.orm import Session

from kb.db import DeskTable
from kb.desk.actors import Actor
from kb.desk.history import note
from kb.desk.records import hold
from kb.desk.tables import ExternalId

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Deed:
    """Who does what to which part of which record; part '' is the record itself."""

    actor: Actor
    verb: str
    record: str
    part: str = ""


@dataclass(frozen=True)
class Items:
    """A list that belongs to a row, as the names of an agent: compared and replaced as a whole.

    `wanted` are the columns beside owner, key and position. History calls the list by `name`, else by its table's.
    """

    table: type[DeskTable]
    owner: Values
    wanted: Sequence[Values]
    name: str = ""


def keep(session: Session, row: DeskTable) -> None:
    """Put a row in, so that others can refer to it."""
    session.add(row)
    session.flush()


def added(session: Session, deed: Deed, rows: Sequence[DeskTable], items: Sequence[Items] = ()) -> None:
    """Note rows that were just put in, and put in the lists that belong to them."""
    for one in items:
        _put_in(session, one)
    _noted(session, deed, None, _state(rows, [(one, _wanted(one)) for one in items]))


def changed(
    session: Session,
    deed: Deed,
    rows: Sequence[tuple[DeskTable, Values]],
    items: Sequence[Items] = (),
) -> bool:
    """Set columns and lists. Where all of it stands there already nothing is written, and the answer is False."""
    present = [(one, list_of(session, one)) for one in items]
    before = _state([row for row, _ in rows], present)
    differs = [assign(row, values) for row, values in rows]
    stale = [one for one, found in present if found != _wanted(one)]
    if not any(differs) and not stale:
        return False
    for one in stale:
        session.execute(_deletion(one))
        _put_in(session, one)
    after = _state([row for row, _ in rows], [(one, _wanted(one)) for one in items])
    _noted(session, deed, before, after)
    return True


@contextmanager
def observed(session: Session, deed: Deed, state: Callable[[], Values | None]) -> Iterator[None]:
    """For a part made of many rows: whatever happens inside is one change, if it changes what `state` tells."""
    before = state()
    yield
    session.flush()
    after = state()
    if before != after:
        _noted(session, deed, before, after)


def replace(session: Session, items: Items) -> None:
    """Set a list, inside an observed change."""
    if list_of(session, items) != _wanted(items):
        session.execute(_deletion(items))
        _put_in(session, items)


def removed(
    session: Session,
    deed: Deed,
    rows: Sequence[DeskTable],
    items: Sequence[Items] = (),
    before: Values | None = None,
) -> None:
    """Delete rows of a part in this order; what belongs to them goes with them, ids that others gave it as well."""
    named = Items(ExternalId, {"record_id": deed.record, "part": deed.part}, [])
    told = before or _state(rows, [(one, list_of(session, one)) for one in [*items, named]])
    session.execute(_deletion(named))
    for row in rows:
        session.delete(row)
        session.flush()
    _noted(session, deed, told, None)


def assign(row: DeskTable, values: Values) -> bool:
    """Set the columns that differ; True where any does."""
    differs = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in differs.items():
        setattr(row, name, value)
    return bool(differs)


def list_of(session: Session, items: Items) -> list[dict[str, Any]]:
    """What the list has now, in its order."""
    table, columns = _table(items), _columns(items)
    order = [table.c.position] if "position" in table.c else [table.c[name] for name in columns]
    wanted = select(*[table.c[name] for name in columns]).where(*_owned(items)).order_by(*order)
    found = [dict(row) for row in session.execute(wanted).mappings()]
    return found if "position" in table.c else sorted(found, key=repr)


def state_of(row: DeskTable) -> dict[str, Any]:
    """All columns of a row."""
    return {column.key: getattr(row, column.key) for column in type(row).__table__.columns}


def _noted(session: Session, deed: Deed, before: Values | None, after: Values | None) -> None:
    if before is not None or deed.part:  # a new record begins at revision 1
        hold(session, deed.record).revision += 1
    note(session, deed.actor, deed.verb, deed.record, deed.part, before, after)


def _state(rows: Sequence[DeskTable], lists: Sequence[tuple[Items, list[dict[str, Any]]]]) -> dict[str, Any]:
    state: dict[str, Any] = {row.__tablename__: state_of(row) for row in rows}
    return state | {one.name or _table(one).name: found for one, found in lists}


def _wanted(items: Items) -> list[dict[str, Any]]:
    columns = _columns(items)
    full = [{name: one.get(name) for name in columns} for one in items.wanted]
    return full if "position" in _table(items).c else sorted(full, key=repr)


def _put_in(session: Session, items: Items) -> None:
    table, wanted = _table(items), _wanted(items)
    placed = [
        {**items.owner, **one} | ({"position": place} if "position" in table.c else {})
        for place, one in enumerate(wanted, 1)
    ]
    if placed:
        # The rows are the database's alone: as objects they would outlive their own deletion in the session.
        session.execute(insert(table), placed)


def _deletion(items: Items) -> Any:
    return delete(_table(items)).where(*_owned(items))


def _owned(items: Items) -> list[Any]:
    return [_table(items).c[name] == value for name, value in items.owner.items()]


def _columns(items: Items) -> list[str]:
    apart = {"id", "position", *items.owner}
    return [column.name for column in _table(items).columns if column.name not in apart]


def _table(items: Items) -> Table:
    return cast(Table, items.table.__table__)
