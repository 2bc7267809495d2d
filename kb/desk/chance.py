"""Time and chance, the only two things that a verb cannot tell from what it is given.

A session may bring its own: `session.info["clock"]` gives the time as `2026-11-25T09:00:00Z`, and
`session.info["draw"]` a number below its argument. The sample does, so that it comes out the same each time.
"""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from kb.db import writing
from kb.desk.tables import Record
from kb.values.ids import new_id

Clock = Callable[[], str]
Draw = Callable[[int], int]


def now(session: Session) -> str:
    """UTC in whole seconds."""
    clock: Clock = session.info.get("clock", _wall_clock)
    return clock()


def from_now(session: Session, span: timedelta) -> str:
    """The moment that lies so far ahead, or behind where the span is negative."""
    return _written(datetime.fromisoformat(now(session)) + span)


@contextmanager
def working(engine: Engine, clock: Clock | None) -> Iterator[Session]:
    """A writing session in which it is the time that the clock says, or else the system's."""
    with writing(engine) as session:
        if clock is not None:
            session.info["clock"] = clock
        yield session


def new_record_id(session: Session) -> str:
    """An id that no record on the desk has."""
    draw: Draw = session.info.get("draw", secrets.randbelow)
    while True:
        drawn = new_id(draw)
        if session.scalar(select(Record.id).where(Record.id == drawn)) is None:
            return drawn


def _wall_clock() -> str:
    return _written(datetime.now(UTC))


def _written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
