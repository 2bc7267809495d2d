"""What is done with the home on disk at each look: gone on from, moved to, followed, made anew."""

import logging
import time
from collections.abc import Callable

from kb.errors import Problem
from kb.projections.triples.disk.generations import Generation
from kb.projections.triples.disk.home import CannotKeep, DiskHome, Sessions
from kb.projections.triples.disk.worker import WorkerLost
from kb.projections.triples.feed import entries

# After it could not be kept on disk; a building takes long, and reads the whole log.
RETRY_SECONDS = 60.0
# A process that was killed is only started again; a store that fails twice in a row is broken.
MOST_FAILURES = 2
_log = logging.getLogger("claimbase.triples")


class DiskPolicy:
    """`why` says why the index stands behind the log though it answers, or ""."""

    def __init__(self, home: DiskHome, sessions: Sessions, is_ending: Callable[[], bool]) -> None:
        self.why = ""
        self._home = home
        self._base = home.base
        self._sessions = sessions
        self._is_ending = is_ending
        self._failures = 0
        self._not_before = 0.0

    def resume(self) -> Generation | None:
        """The generation to go on from; where what is there is of no use, it is deleted, and there is none."""
        if self._home.current is not None:
            return self._home.current
        with self._sessions() as session:
            self._home.usable(session)
        if self._home.current is None:
            if self._home.why != "there is none":
                _log.warning("the SPARQL index on disk is not used, since %s", self._home.why)
            self.give_up()
        return self._home.current

    def move(self) -> Generation | None:
        """Make the index on disk anew from the whole log; None where that has to wait. What was read stays readable."""
        if time.monotonic() < self._not_before:
            return None
        try:
            built = self._home.build(self._sessions, self._tell, self._is_ending)
        except (CannotKeep, WorkerLost) as problem:
            self._wait(problem)
            return None
        self.why, self._failures = "", 0
        return self._home.current if built else None

    def follow(self) -> Generation | None:
        """Take in what the log has more; gives the new generation, where there is one."""
        if self._home.is_outdated or self._failures >= MOST_FAILURES:
            return self.move()
        if time.monotonic() < self._not_before:
            return None
        try:
            new = self._follow()
        except (CannotKeep, WorkerLost) as problem:
            self._fail(problem)
            return None
        self.why, self._failures = "", 0
        self._home.sweep()
        return new

    def is_of_this_log(self) -> bool:
        """False where the log is not the one that was followed: an older copy was recovered, or another one."""
        with self._sessions() as session:
            return self._home.is_of(session)

    def give_up(self) -> None:
        """Delete it; where another process has it, that one goes on with it."""
        try:
            self._home.discard()
        except CannotKeep as problem:
            _log.warning("the SPARQL index on disk is left alone: %s", problem.what)

    def close(self) -> None:
        """At once; whoever follows finds the store lost."""
        self._home.close()

    def _follow(self) -> Generation | None:
        while not self._is_ending():
            with self._sessions() as session:
                batch = entries(session, self._base, self._home.seq)
                new = None if batch else self._home.generation(session)
            if batch:
                self._home.follow(batch)
            elif new is not None or not self._home.due:
                return new
            else:
                # Whoever has published waits for it: the next look might be a second away.
                time.sleep(self._home.due)
        return None

    def _fail(self, problem: Problem) -> None:
        """Go on from the generation; where that cannot be, or fails again, all of it is made anew."""
        if isinstance(problem, CannotKeep):
            self._wait(problem)
        else:
            _log.error("the SPARQL index on disk failed: %s", problem)
            self._failures += 1
        if self._is_ending():
            return
        with self._sessions() as session:
            if self._home.usable(session) is None:
                self._failures = MOST_FAILURES

    def _tell(self, done: int, last: int) -> None:
        self.why = f"it is being made on disk, where {done + 1} of {last + 1} entries of the log are taken in"

    def _wait(self, problem: Problem) -> None:
        if self._is_ending():
            return
        self.why = f"it cannot be kept on disk: {problem.what}"
        self._not_before = time.monotonic() + RETRY_SECONDS
        _log.error("the SPARQL index cannot be kept on disk: %s", problem)
