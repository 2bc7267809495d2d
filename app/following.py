"""Keeping what follows the log up with it while the server runs, whoever else writes to it."""

import logging
import threading
from collections.abc import Callable

from sqlalchemy import Engine

from kb.db import reading
from kb.projections.follow import catch_up, lag

EVERY_SECONDS = 1.0
_log = logging.getLogger("claimbase.following")


class Follower:
    """One background thread that looks every so often, and at once when it is woken."""

    def __init__(self, name: str, look: Callable[[], object], every: float = EVERY_SECONDS) -> None:
        self._name = name
        self._look = look
        self._every = every
        self._ending = False
        self._woken = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin with a first look."""
        self._thread.start()

    def wake(self) -> None:
        """There is something to see."""
        self._woken.set()

    def stop(self) -> None:
        """End after the look in hand."""
        self._ending = True
        self.wake()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._ending:
            self._woken.clear()
            try:
                self._look()
            except Exception:  # noqa: BLE001
                # An edge of the process: a database that is busy or away comes back, and the lag is told meanwhile.
                _log.exception("%s could not follow the log; trying again", self._name)
            self._woken.wait(self._every)


def look_at_log(engine: Engine, readers: Engine) -> int:
    """Let the projections catch up where the log has gone on; gives how many editions were applied.

    It looks with the readers' engine, and takes the write lock only to catch up.
    """
    with reading(readers) as session:
        behind = any(lag(session).values())
    return catch_up(engine) if behind else 0
