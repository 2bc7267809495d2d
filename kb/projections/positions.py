"""How far each projection has followed the log, and what every projection must be able to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Connection, Table, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from kb.db import ProjectionTable
from kb.log.read import Edition


class PositionRow(ProjectionTable):
    """One projection's place. Written in the transaction that applied the editions up to there."""

    __tablename__ = "projection_position"

    name: Mapped[str] = mapped_column(primary_key=True)
    # The number of the last edition applied, -1 where there is none.
    seq: Mapped[int]
    # The hash of that edition's leaf: it commits to all before it, so another history is noticed.
    digest: Mapped[str | None]
    # The number of the tables' shape: tables of another shape are thrown away.
    shape: Mapped[int]


@dataclass(frozen=True)
class Position:
    """Where a projection stands; seq -1 before the first edition."""

    seq: int
    digest: str | None


class Projection(Protocol):
    """A follower of the log. It is handed every edition once, some at a time, in order of seq."""

    @property
    def name(self) -> str: ...

    @property
    def shape(self) -> int: ...

    @property
    def tables(self) -> Sequence[Table]: ...

    def apply(self, session: Session, editions: Sequence[Edition]) -> None:
        """Take in editions, of each record the latest up to there. Doing so twice in a row must end in the same."""

    def forget(self, session: Session) -> None:
        """Empty the tables."""


def position(session: Session, name: str, *, lock: bool = False) -> Position:
    """Where the projection stands; `lock` makes a second follower wait for the first."""
    wanted = select(PositionRow.seq, PositionRow.digest).where(PositionRow.name == name)
    row = session.execute(wanted.with_for_update() if lock else wanted).first()
    return Position(row.seq, row.digest) if row else Position(-1, None)


def shape_of(connection: Connection, name: str) -> int | None:
    """The shape of the tables that are there; None where there are none."""
    return connection.scalar(select(PositionRow.shape).where(PositionRow.name == name))
