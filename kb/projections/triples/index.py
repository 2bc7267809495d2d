"""The SPARQL index of a knowledge base: it follows the log, and answers questions in processes of their own."""

import logging
import os
import threading
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NoReturn

from sqlalchemy import Engine

from kb.db import reading
from kb.log.read import read_head
from kb.projections.triples.disk.generations import Generation
from kb.projections.triples.disk.home import DiskHome
from kb.projections.triples.disk.pointer import renewal
from kb.projections.triples.disk.policy import DiskPolicy
from kb.projections.triples.entry import Entry, pack
from kb.projections.triples.feed import entries, leaf_hash_at
from kb.projections.triples.limits import MIB, Limits
from kb.projections.triples.precheck import check
from kb.projections.triples.problems import NotReady, Off
from kb.projections.triples.process import KeeperGone, Process
from kb.projections.triples.question import Question
from kb.projections.triples.room import Room
from kb.projections.triples.state import State
from kb.projections.triples.ticket import Ticket
from kb.projections.triples.wire import Message, memory_file

# How long a question waits for the index to reach what was published before it was asked.
WAIT_SECONDS = 1.0
_log = logging.getLogger("claimbase.triples")


class Index:
    """One for each process that serves. `look` is for one thread, everything else for any."""

    def __init__(
        self, readers: Engine, folder: Path, base: str, *, memory: int = 3072, limits: Limits | None = None
    ) -> None:
        """`folder` is where it lives on disk; `memory` is the most that it may take before it goes there, in MiB.

        With none it is off: nothing is started, and every question is told so.
        """
        self.limits = limits or Limits()
        self.wake: Callable[[], None] = lambda: None
        self._readers = readers
        self._folder = folder
        self._base = base
        self._disk = DiskPolicy(DiskHome(folder, base), partial(reading, readers), lambda: self._ending)
        self._generation: Generation | None = None
        # Whoever asks for a new index changes it.
        self._token = ""
        self._room = Room(memory * MIB)
        self._turn = threading.Lock()
        self._moved = threading.Condition()
        self._process: Process | None = None
        self._ending = False
        self._off = memory == 0
        self._why = "CLAIMBASE_SPARQL_MEMORY is 0" if self._off else "it has not been started"
        self._trouble = ""
        self._restarts = -1
        self._stopped: Counter[str] = Counter()
        # The last entry of the log that was there when the keeper was started; or that an answer has shown.
        self._goal = -1
        self._seq, self._quads, self._memory = -1, 0, 0
        self._leaf: str | None = None

    @property
    def state(self) -> State:
        """As of now."""
        return State(
            self._seq,
            self._quads,
            self._memory,
            0 if self._generation else self._room.per_million_quads(self._memory, self._quads),
            "disk" if self._generation else "memory",
            self._is_ready,
            self._off,
            self._late or ("" if self._is_ready else self._why),
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
                    return self._follow(self._wanted() or self._start())
                except KeeperGone as gone:
                    self._lose(gone)
            return 0

    def is_loaded(self, wait: float) -> bool:
        """Whether what else there is to make need not make way any more, after `wait` seconds at most.

        Only the first loading is made way for: an index that ends again and again must hold up nothing.
        """
        with self._moved:
            return self._moved.wait_for(
                lambda: self._is_ready or self._off or self._ending or self._restarts > 0 or bool(self._late), wait
            )

    def stop(self) -> None:
        """End the keeper and all that runs in it; whoever waits for an answer is told."""
        self._ending, self._why = True, "the server is being stopped"
        with self._moved:
            self._moved.notify_all()
        self._disk.close()
        with self._turn:
            self._end_process()

    def ask(self, question: Question, at_least: int = -1, *, of: str = "") -> Ticket:
        """To be waited for; `at_least` is the entry of the log that the answer should know of.

        `of` names who asks: the process that has answered one client may go on with its next question, and with no
        other's. Where it is "", each question gets a process of its own.

        Raises what `precheck.check` raises, Off, or NotReady.
        """
        names_graphs = check(question.query, self.limits).names_graphs or question.names_graphs
        if self._off:
            raise Off(f"Queries are not answered on this machine: {self._why}.", where="sparql")
        if not self._is_ready and self._restarts < 1:
            raise self._not_ready()
        return Ticket(question, self, at_least, 2 * self.limits.wall_seconds, of=of, names_graphs=names_graphs)

    def process_for(self, at_least: int) -> Process:
        """The keeper, once it has reached that entry, or after WAIT_SECONDS as it is. Raises NotReady."""
        # What is behind for a longer time is not waited for.
        if (self._seq < at_least and not self._late) or not self._is_ready:
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
        return NotReady(
            f"The index is being made: {self._late or self._why}.", retry_after=2, remedy="Ask again in a while."
        )

    @property
    def _late(self) -> str:
        """Why it will stand behind the log for longer than a question waits."""
        return self._trouble or self._disk.why

    @property
    def _is_ready(self) -> bool:
        return self._process is not None and self._seq >= self._goal >= 0

    def _start(self) -> Process:
        with reading(self._readers) as session:
            self._goal = max(self._goal, read_head(session).seq)
        self._restarts += 1
        self._seq, self._leaf = -1, None
        self._token = renewal(self._folder)
        process = Process(self._base, self.limits)
        self._process = process
        self._memory = self._hear(process)["memory"]
        self._room.begin(self._memory)
        self._open(process, self._disk.resume())
        return process

    def _wanted(self) -> Process | None:
        """The process; None where there is none, or where an index in memory is to be made anew."""
        if self._generation is None and self._process is not None and renewal(self._folder) != self._token:
            self._why = "a new one was asked for"
            self._end_process()
        return self._process

    def _end_process(self) -> None:
        if self._process is not None:
            self._process.end()
        self._process, self._generation = None, None

    def _lose(self, gone: KeeperGone) -> None:
        self._end_process()
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
        return self._follow_on_disk(process) if self._generation else self._follow_in_memory(process)

    def _follow_in_memory(self, process: Process) -> int:
        done = 0
        while not self._ending and (batch := self._next()):
            packed = pack(batch)
            if not self._room.fits(self._memory, len(packed)):
                return done + self._open(process, self._disk.move())
            self._disk.why, before = "", self._seq
            self._feed(process, packed, more=batch[-1].seq < self._goal)
            self._leaf = next((entry.leaf for entry in batch if entry.seq == self._seq), self._leaf)
            done += self._seq - before
            if self._seq < batch[-1].seq:
                # One of them cannot be read; it is tried again at the next look.
                break
        return done

    def _follow_on_disk(self, process: Process) -> int:
        if not self._disk.is_of_this_log():
            self._start_over(of_another_log=True)
        return self._open(process, self._disk.follow())

    def _start_over(self, *, of_another_log: bool = False) -> NoReturn:
        """From nothing, in memory; only with another log may the answers stand behind those before."""
        self._disk.give_up()
        self._goal = -1 if of_another_log else self._goal
        raise KeeperGone

    def _open(self, process: Process, generation: Generation | None) -> int:
        """Have questions answered from it; gives how many entries further it stands."""
        if generation is None:
            return 0
        before, self._generation = self._seq, generation
        said = {"path": str(generation.path), "seq": generation.seq, "quads": generation.quads}
        process.tell({"do": "open"} | said)
        self._took_in(self._hear(process))
        return self._seq - before

    def _next(self) -> list[Entry]:
        with reading(self._readers) as session:
            if self._seq >= 0 and leaf_hash_at(session, self._seq) != self._leaf:
                # The log is not the one that was followed: an older copy was recovered, or another one.
                self._start_over(of_another_log=True)
            return entries(session, self._base, self._seq)

    def _feed(self, process: Process, packed: bytes, *, more: bool) -> None:
        file = memory_file(packed)
        try:
            process.tell({"do": "take", "more": more}, file)
        finally:
            os.close(file)
        self._room.feed(len(packed))
        self._took_in(self._hear(process))

    def _hear(self, process: Process) -> Message:
        """The answer to what was told last, however long it takes."""
        said = process.hear()
        if said is None:
            raise KeeperGone
        return said

    def _took_in(self, said: Message) -> None:
        if said["did"] == "misread" and self._generation and said["path"] == str(self._generation.path):
            _log.error("the SPARQL index on disk cannot be read, and is made anew")
            self._start_over()
        if said["did"] == "misread":
            return
        self._note_trouble(said.get("why", ""))
        with self._moved:
            self._seq, self._memory = said["seq"], said["memory"]
            self._quads = said.get("quads", self._quads)
            self._why = f"{self._seq + 1} of {self._goal + 1} entries of the log are taken in"
            self._moved.notify_all()

    def _note_trouble(self, why: str) -> None:
        if why and why != self._trouble:
            _log.error("the SPARQL index cannot go on: %s", why)
        self._trouble = why
