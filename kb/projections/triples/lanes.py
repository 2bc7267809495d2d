"""Which questions run, which wait, and when one has run too long: the bookkeeping of the keeper's children."""

import contextlib
import os
import signal
import socket
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from kb.projections.triples.limits import Limits
from kb.projections.triples.problems import Busy, Later, Stopped, as_message
from kb.projections.triples.wire import Wire

# Of handing a question to a child: the one that was ready may have been ended by somebody, the next hardly too.
ATTEMPTS = 3
# How many children rest at a time, and for how long: as a server keeps a connection on which nothing is said.
MOST_RESTING, REST_SECONDS = 4, 5.0


class Lane(Enum):
    """Where a child stands."""

    QUICK = "quick"
    SLOW = "slow"
    PARKED = "parked"


@dataclass(eq=False)
class Asked:
    """A question that came in: a file that holds it, and where its answer goes; `of` is who asks, or ""."""

    file: int
    reply: Wire
    since: float
    of: str
    # What is to be done before both are closed.
    before_closing: Callable[[], None]

    def close(self) -> None:
        self.before_closing()
        os.close(self.file)
        self.reply.close()


@dataclass(eq=False)
class Child:
    """A process that answers questions, one after the other, of one client alone."""

    pid: int
    # Readable when the process has ended.
    ended: int
    wire: Wire
    asked: Asked | None = None
    lane: Lane = Lane.QUICK
    started: float = 0.0
    # Whose questions it has answered, and since when it rests.
    of: str = ""
    rests: float = 0.0
    # Made of a store that is another now.
    is_old: bool = False
    # Why it was killed, where it was.
    cause: str = ""

    def kill(self, cause: str) -> None:
        if not self.cause:
            self.cause = cause
            os.kill(self.pid, signal.SIGKILL)

    def dismiss(self) -> None:
        """It ends when it is told that there will be no more; what it has just answered, it tells before."""
        with contextlib.suppress(OSError):
            self.wire.end.shutdown(socket.SHUT_WR)
        if self.lane is Lane.PARKED:
            os.kill(self.pid, signal.SIGCONT)


class Lanes:
    """A quick question finds a lane free though slow ones run: these are moved aside, and wait for each other."""

    def __init__(self, limits: Limits, fork: Callable[[], Child]) -> None:
        self.running: list[Child] = []
        self.resting: list[Child] = []
        self.waiting: deque[Asked] = deque()
        self._limits = limits
        self._fork = fork
        self._spare: Child | None = None

    def add(self, asked: Asked) -> None:
        """Take a question in, or tell it that there are too many."""
        parked = len(self._in(Lane.PARKED))
        if len(self.waiting) + parked >= self._limits.waiting and len(self._in(Lane.QUICK)) >= self._limits.quick:
            tell_busy(asked)
        else:
            self.waiting.append(asked)
        self.move()

    def move(self) -> None:
        """Start, move aside and stop whatever it is time for."""
        now, quick = time.monotonic(), self._quick_seconds
        for child in self.running:
            if now >= child.started + self._limits.wall_seconds:
                child.kill("time" if child.lane is not Lane.PARKED else "busy")
            elif child.lane is Lane.QUICK and now >= child.started + quick:
                self._move_aside(child)
        while self.resting and (now >= self.resting[0].rests + REST_SECONDS or len(self.resting) > MOST_RESTING):
            self.resting.pop(0).dismiss()
        while len(self._in(Lane.SLOW)) < self._limits.slow and (parked := self._in(Lane.PARKED)):
            parked[0].lane = Lane.SLOW
            os.kill(parked[0].pid, signal.SIGCONT)
        while self.waiting and now >= self.waiting[0].since + self._limits.wall_seconds:
            tell_busy(self.waiting.popleft())
        while self.waiting and len(self._in(Lane.QUICK)) < self._limits.quick:
            self._start(self.waiting.popleft(), now)

    def next_move(self) -> float | None:
        """In how many seconds there is something to do though nobody says so; None: never."""
        times = [asked.since + self._limits.wall_seconds for asked in self.waiting]
        for child in self.running:
            quick = child.lane is Lane.QUICK
            times.append(child.started + (self._quick_seconds if quick else self._limits.wall_seconds))
        times += [child.rests + REST_SECONDS for child in self.resting[:1]]
        return max(0.0, min(times) - time.monotonic()) if times else None

    @property
    def is_ready(self) -> bool:
        """Whether a child waits for the next question."""
        return self._spare is not None

    def make_ready(self) -> None:
        """Fork it while nobody waits for it."""
        self._spare = self._spare or self._fork()

    def renew(self) -> None:
        """The store is another: a child that was made before must not answer any more."""
        if self._spare is not None:
            self._spare.kill("renewed")
        for child in self.resting:
            child.dismiss()
        for child in self.running:
            child.is_old = True
        self.resting, self._spare = [], None

    def rest(self, child: Child) -> None:
        """It has answered, and waits for the next question of the same client; a slow one could not be quick again."""
        child.asked = None
        self.running.remove(child)
        if child.of and child.lane is Lane.QUICK and not child.is_old:
            child.rests = time.monotonic()
            self.resting.append(child)
        else:
            child.dismiss()

    def forget(self, child: Child) -> None:
        """It has ended."""
        if child is self._spare:
            self._spare = None
        for some in (self.running, self.resting):
            if child in some:
                some.remove(child)

    def everybody(self) -> Iterator[Child]:
        yield from self.running
        yield from self.resting
        if self._spare is not None:
            yield self._spare

    @property
    def _quick_seconds(self) -> float:
        """For how long a question may keep its quick lane."""
        is_wanted = self.waiting and len(self._in(Lane.QUICK)) >= self._limits.quick
        return self._limits.quick_seconds if is_wanted else self._limits.lone_seconds

    def _start(self, asked: Asked, now: float) -> None:
        for _attempt in range(ATTEMPTS):
            if self._hand_over(self._next(asked.of), asked, now):
                return
        tell_busy(asked)

    def _next(self, of: str) -> Child:
        """The one that has answered this client before, where it rests; else the one that is ready, or a new one."""
        known = next((child for child in self.resting if of and child.of == of), None)
        if known is not None:
            self.resting.remove(known)
            return known
        child, self._spare = self._spare or self._fork(), None
        return child

    def _hand_over(self, child: Child, asked: Asked, now: float) -> bool:
        try:
            child.wire.send({}, asked.file, asked.reply.fileno())
        except OSError:
            # Somebody has ended it.
            child.kill("lost")
            return False
        child.asked, child.started, child.of = asked, now, asked.of
        self.running.append(child)
        return True

    def _move_aside(self, child: Child) -> None:
        # Whatever else this machine has to do comes first from now on, pages and quick questions among it.
        os.sched_setscheduler(child.pid, os.SCHED_IDLE, os.sched_param(0))
        if len(self._in(Lane.SLOW)) < self._limits.slow:
            child.lane = Lane.SLOW
        else:
            child.lane = Lane.PARKED
            os.kill(child.pid, signal.SIGSTOP)

    def _in(self, lane: Lane) -> list[Child]:
        return [child for child in self.running if child.lane is lane]


def tell_busy(asked: Asked) -> None:
    """It gets no lane."""
    tell(asked, Busy("As many queries are running and waiting as may.", retry_after=5, remedy="Ask again in a while."))


def tell(asked: Asked, problem: Later | Stopped) -> None:
    """Instead of an answer; whoever has gone away is not told."""
    with contextlib.suppress(OSError):
        asked.reply.send({"problem": as_message(problem)})
    asked.close()
