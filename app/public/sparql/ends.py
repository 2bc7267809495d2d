"""Where the log ends: read anew only where the database says that somebody has written to it."""

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool

from app.web.door import Door
from kb.db.marks import Mark
from kb.log import read as log
from kb.log.read import Head


class LogEnd:
    """One for each app; `now` is asked in the thread of the event loop alone."""

    def __init__(self, door: Door, now: Callable[[], Mark | None]) -> None:
        self._door = door
        self._now = now
        self._mark: Mark | None = None
        self._head = Head(-1, None, None)

    async def head(self) -> Head:
        """As new as this call, whoever writes: the mark is looked at before the log is."""
        mark = self._now()
        if mark is None or mark != self._mark:
            head = await run_in_threadpool(self._read)
            if mark is None:
                return head
            self._mark, self._head = mark, head
        return self._head

    def _read(self) -> Head:
        with self._door.open() as session:
            return log.head(session)
