"""Following the log: catch up after every commit and at every start, or build anew from the first edition."""

from collections.abc import Iterable, Sequence
from typing import cast

from sqlalchemy import Connection, Engine, Table, delete, insert, inspect, select, update
from sqlalchemy.orm import Session

from kb.db import writing
from kb.db.locks import alone
from kb.errors import Refused
from kb.log.read import since
from kb.log.tables import EditionRow
from kb.projections.all import ALL
from kb.projections.positions import Position, PositionRow, Projection, position, shape_of

BATCH = 50
# Two processes that start together must not both make the tables. Any number will do, if every process takes the same.
LOCK = 0x70726F6A6563


class NoSuchProjection(Refused):
    """There is no projection of this name."""


def prepare(engine: Engine, projections: Sequence[Projection] = ALL) -> None:
    """Make the tables that are missing, and throw away those of another shape. Safe to call at any time."""
    with engine.begin() as connection:
        alone(connection, LOCK)
        cast(Table, PositionRow.__table__).create(connection, checkfirst=True)
        for projection in projections:
            if shape_of(connection, projection.name) != projection.shape:
                _make(connection, projection)


def is_prepared(session: Session, projections: Iterable[Projection] = ALL) -> bool:
    """Whether all tables are there, in the shape that this code reads; it may stand far behind the log."""
    connection = session.connection()
    there = set(inspect(connection).get_table_names())
    if PositionRow.__tablename__ not in there:
        return False
    return all(
        shape_of(connection, projection.name) == projection.shape
        and there.issuperset(table.name for table in projection.tables)
        for projection in projections
    )


def catch_up(engine: Engine, projections: Sequence[Projection] = ALL) -> int:
    """Apply what the log has and the projections have not yet; gives how many editions were applied.

    Each batch and the position after it are one transaction, so a process may be killed anywhere.
    """
    prepare(engine, projections)
    done = 0
    for projection in projections:
        while applied := _batch(engine, projection):
            done += applied
    return done


def rebuild(engine: Engine, name: str, projections: Sequence[Projection] = ALL) -> int:
    """Throw a projection away and build it again; gives the number of editions applied. Raises NoSuchProjection."""
    found = [projection for projection in projections if projection.name == name]
    if not found:
        known = ", ".join(projection.name for projection in projections)
        raise NoSuchProjection(f"there is no projection “{name}”", where="rebuild", remedy=f"Known: {known}.")
    prepare(engine, found)
    with writing(engine) as session:
        _start_over(session, found[0])
    return catch_up(engine, found)


def lag(session: Session, projections: Iterable[Projection] = ALL) -> dict[str, int]:
    """How many editions each projection is behind the log."""
    last = session.scalar(select(EditionRow.seq).order_by(EditionRow.seq.desc()).limit(1))
    end = -1 if last is None else last
    return {projection.name: end - position(session, projection.name).seq for projection in projections}


def _batch(engine: Engine, projection: Projection) -> int:
    with writing(engine) as session:
        at = position(session, projection.name, lock=True)
        if not _is_our_past(session, at):
            _start_over(session, projection)
            at = Position(-1, None)
        some = list(since(session, at.seq, BATCH))
        # What was removed has a later entry, which is applied in its turn.
        if kept := [edition for edition in some if not edition.removed]:
            projection.apply(session, kept)
        if some:
            _move(session, projection, Position(some[-1].seq, some[-1].leaf_hash))
        return len(some)


def _is_our_past(session: Session, at: Position) -> bool:
    """False where the log is not the one that was followed: an older copy was recovered, or another one."""
    if at.seq == -1:
        return True
    return session.scalar(select(EditionRow.leaf_hash).where(EditionRow.seq == at.seq)) == at.digest


def _start_over(session: Session, projection: Projection) -> None:
    projection.forget(session)
    _move(session, projection, Position(-1, None))


def _move(session: Session, projection: Projection, at: Position) -> None:
    step = update(PositionRow).where(PositionRow.name == projection.name).values(seq=at.seq, digest=at.digest)
    session.execute(step.execution_options(synchronize_session=False))


def _make(connection: Connection, projection: Projection) -> None:
    metadata = PositionRow.metadata
    tables = list(projection.tables)
    metadata.drop_all(connection, tables=tables, checkfirst=True)
    metadata.create_all(connection, tables=tables, checkfirst=False)
    connection.execute(delete(PositionRow).where(PositionRow.name == projection.name))
    connection.execute(insert(PositionRow).values(name=projection.name, seq=-1, digest=None, shape=projection.shape))
