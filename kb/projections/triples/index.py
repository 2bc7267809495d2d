"""The SPARQL index of a knowledge base: it follows the log, and answers questions in processes of their own."""

import logging
import os
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from kb.db import reading
from kb.log.read import read_head
from kb.projections.triples.entry import Entry, pack
from kb.projections.triples.feed import entries, leaf_hash_at
from kb.projections.triples.limits import MIB, Limits
from kb.projections.triples.precheck import check
from kb.projections.triples.problems import NotReady, Off
from kb.projections.triples.process import KeeperGone, Process
from kb.projections.triples.question import Question
from kb.projections.triples.ticket import Ticket
from kb.projections.triples.wire import Message, memory_file

# How long a question waits for the index to reach what was published before it was asked.
WAIT_SECONDS = 1.0
# Bytes of memory for one byte of compressed N-Quads, until it has been measured.
_GROWTH = 200.0
_log = logging.getLogger("claimbase.triples")


@dataclass(frozen=True)
class State:
    """Where the index stands; `memory` in bytes, `home` "memory" or "disk", `stopped` counts queries by cause.

    `why` says why it is not ready, or "".
    """

    seq: int
    quads: int
    memory: int
    home: str
    ready: bool
    off: bool
    why: str
    restarts: int
    stopped: Mapping[str, int]


class Index:
    """One for each process that serves. `look` is for one thread, everything else for any."""

    def __init__(
        self, readers: Engine, folder: Path, base: str, *, memory: int = 2048, limits: Limits | None = None
    ) -> None:
        """`folder` is where it lives on disk; `memory` is the most that it may take before it goes there, in MiB."""
        self.limits = limits or Limits()
        self.wake: Callable[[], None] = lambda: None
        self._readers = readers
        self._folder = folder
        self._base = base
        self._most = memory * MIB
        self._turn = threading.Lock()
        self._moved = threading.Condition()
        self._process: Process | None = None
        self._ending = False
        self._off = False
        self._why = "it has not been started"
        self._restarts = -1
        self._stopped: Counter[str] = Counter()
        # The last entry of the log that was there when the keeper was started; or that an answer has shown.
        self._goal = -1
        self._seq, self._quads, self._memory = -1, 0, 0
        self._leaf: str | None = None
        self._first_memory, self._fed = 0, 0

    @property
    def state(self) -> State:
        """As of now."""
        return State(
            self._seq,
            self._quads,
            self._memory,
            "memory",
            self._is_ready,
            self._off,
            "" if self._is_ready else self._why,
            max(self._restarts, 0),
            dict(self._stopped),
        )

    def look(self) -> int:
        """Take in what the log has more, in a keeper that is started where there is none; gives how many entries."""
        with self._turn:
            for _attempt in range(2):
                if self._off or self._ending:
                    break
                try:
                    return self._follow(self._process or self._start())
                except KeeperGone as gone:
                    self._lose(gone)
            return 0

    def stop(self) -> None:
        """End the keeper and all that runs in it; whoever waits for an answer is told."""
        self._ending, self._why = True, "the server is being stopped"
        with self._turn:
            if self._process is not None:
                self._process.end()
                self._process = None

    def ask(self, question: Question, at_least: int = -1) -> Ticket:
        """To be waited for; `at_least` is the entry of the log that the answer should know of.

        Raises what `precheck.check` raises, Off, or NotReady.
        """
        check(question.query, self.limits)
        if self._off:
            raise Off(f"Queries are not answered on this machine: {self._why}.", where="sparql")
        if not self._is_ready and not self._restarts:
            raise self._not_ready()
        return Ticket(question, self, at_least, 2 * self.limits.wall_seconds)

    def process_for(self, at_least: int) -> Process:
        """The keeper, once it has reached that entry, or after WAIT_SECONDS as it is. Raises NotReady."""
        if self._seq < at_least or not self._is_ready:
            self.wake()
            with self._moved:
                self._moved.wait_for(lambda: self._is_ready and self._seq >= at_least, WAIT_SECONDS)
        process = self._process
        if process is None or not self._is_ready:
            raise self._not_ready()
        return process

    def note(self, *, seq: int | None = None, cause: str | None = None) -> None:
        """What came of a question: an answer at a position, or the cause by which it was stopped."""
        if seq is not None:
            # A keeper that is started anew must not answer before it has come that far again.
            self._goal = max(self._goal, seq)
        if cause is not None:
            self._stopped[cause] += 1
            # It may have been the keeper itself that ended.
            self.wake()

    def _not_ready(self) -> NotReady:
        return NotReady(f"The index is being made: {self._why}.", retry_after=2, remedy="Ask again in a while.")

    @property
    def _is_ready(self) -> bool:
        return self._process is not None and self._seq >= self._goal >= 0

    def _start(self) -> Process:
        with reading(self._readers) as session:
            self._goal = max(self._goal, read_head(session).seq)
        self._restarts += 1
        self._seq, self._leaf, self._fed = -1, None, 0
        process = Process(self._base, self.limits)
        self._process = process
        self._first_memory = self._hear(process)["memory"]
        return process

    def _lose(self, gone: KeeperGone) -> None:
        if self._process is not None:
            self._process.end()
        self._process = None
        if gone.why:
            self._off, self._why = True, f"a query cannot be kept from the network ({gone.why})"
            _log.error("SPARQL is off: %s", self._why)
        else:
            self._why = "its process ended, and is started again"
            _log.error("the process of the SPARQL index ended; it is started again")

    def _follow(self, process: Process) -> int:
        """Hear what the keeper has to say, then feed it to the end of the log."""
        while (said := process.hear(0)) is not None:
            self._took_in(said)
        done = 0
        while not self._ending and (batch := self._next()):
            self._feed(process, batch)
            done += len(batch)
        return done

    def _next(self) -> list[Entry]:
        with reading(self._readers) as session:
            if self._seq >= 0 and leaf_hash_at(session, self._seq) != self._leaf:
                # The log is not the one that was followed: an older copy was recovered, or another one.
                self._goal = -1
                raise KeeperGone
            batch = entries(session, self._base, self._seq)
            if batch:
                self._leaf = leaf_hash_at(session, batch[-1].seq)
        return batch

    def _feed(self, process: Process, batch: list[Entry]) -> None:
        packed = pack(batch)
        file = memory_file(packed)
        try:
            process.tell({"do": "take"}, file)
        finally:
            os.close(file)
        self._fed += len(packed)
        self._took_in(self._hear(process))
        if self._seq != batch[-1].seq:
            raise KeeperGone

    def _hear(self, process: Process) -> Message:
        """The answer to what was told last, however long it takes."""
        said = process.hear()
        if said is None:
            raise KeeperGone
        return said

    def _took_in(self, said: Message) -> None:
        if said["did"] == "fail":
            self._why = said["why"]
            _log.error("the SPARQL index cannot go on: %s", self._why)
            return
        with self._moved:
            self._seq, self._memory = said["seq"], said["memory"]
            self._quads = said.get("quads", self._quads)
            self._why = f"{self._seq + 1} of {self._goal + 1} entries of the log are taken in"
            self._moved.notify_all()
