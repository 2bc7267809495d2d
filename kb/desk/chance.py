"""Time and chance, the only two things that a verb cannot tell from what it is given.

A session may bring its own: `session.info["clock"]` gives the time as `2026-11-25T09:00:00Z`, and
`session.info["draw"]` a number below its argument. The sample does, so that it comes out the same each time.
"""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk.tables import Record
from kb.values.ids import new_id

Clock = Callable[[], str]
Draw = Callable[[int], int]


def now(session: Session) -> str:
    """UTC in whole seconds."""
    clock: Clock = session.info.get("clock", _wall_clock)
    return clock()


def new_record_id(session: Session) -> str:
    """An id that no record on the desk has."""
    draw: Draw = session.info.get("draw", secrets.randbelow)
    while True:
        drawn = new_id(draw)
        if session.scalar(select(Record.id).where(Record.id == drawn)) is None:
            return drawn


def _wall_clock() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
