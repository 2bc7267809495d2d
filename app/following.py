"""Keeping projections up with the log while the server runs, whoever else writes to it."""

import logging
import threading

from sqlalchemy import Engine

from kb.db import reading
from kb.projections.follow import catch_up, lag

EVERY_SECONDS = 1.0
_log = logging.getLogger("claimbase.following")


class Follower:
    """One background thread. It looks with the readers' engine, and takes the write lock only to catch up."""

    def __init__(self, engine: Engine, readers: Engine, every: float = EVERY_SECONDS) -> None:
        self._engine = engine
        self._readers = readers
        self._every = every
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="following", daemon=True)

    def start(self) -> None:
        """Begin to follow; the projections are expected to have caught up once already."""
        self._thread.start()

    def stop(self) -> None:
        """End after the batch in hand, which is one transaction."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def look(self) -> int:
        """Catch up where the log has gone on; gives how many editions were applied."""
        with reading(self._readers) as session:
            behind = any(lag(session).values())
        return catch_up(self._engine) if behind else 0

    def _run(self) -> None:
        while not self._stop.wait(self._every):
            try:
                self.look()
            except Exception:  # noqa: BLE001
                # An edge of the process: a database that is busy or away comes back, and the lag is told meanwhile.
                _log.exception("the projections could not follow the log; trying again")
