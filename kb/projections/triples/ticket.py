"""A question on its way: to be waited for in one thread, and given up from another."""

import contextlib
import json
import os
import socket
import threading
from dataclasses import asdict
from typing import Protocol

from kb.projections.triples.problems import Stopped, from_message
from kb.projections.triples.process import KeeperGone, Process
from kb.projections.triples.question import Answer, Question
from kb.projections.triples.wire import Wire, memory_file, read_whole

# Beyond what the keeper allows for waiting and running, in which it would have said something.
GRACE_SECONDS = 10.0


class Asker(Protocol):
    """What a ticket needs of the index."""

    def process_for(self, at_least: int) -> Process: ...

    def note(self, *, seq: int | None = None, cause: str | None = None) -> None: ...


class Ticket:
    """One question; to be waited for once."""

    def __init__(
        self, question: Question, index: Asker, at_least: int, seconds: float, *, of: str, names_graphs: bool
    ) -> None:
        """`seconds`: the most that the keeper may take, for waiting and running; `of`: who asks, or ""."""
        self._question = question
        self._index = index
        self._at_least = at_least
        self._of = of
        self._names_graphs = names_graphs
        self._seconds = seconds + GRACE_SECONDS
        self._guard = threading.Lock()
        self._reply: Wire | None = None
        self._cancelled = False

    def wait(self) -> Answer:
        """Raises Busy, NotReady, BadQuery, NotAnswered, TooMuch or Stopped."""
        try:
            answer = self._wait()
        except Stopped as stopped:
            self._index.note(cause=stopped.cause)
            raise
        self._index.note(seq=answer.seq)
        return answer

    def cancel(self) -> None:
        """Give it up: whatever works on it is ended, and `wait` raises Stopped. Harmless where it has its answer."""
        with self._guard:
            self._cancelled = True
            if self._reply is not None:
                self._reply.end.shutdown(socket.SHUT_RDWR)

    def _wait(self) -> Answer:
        process = self._index.process_for(self._at_least)
        ours, theirs = Wire.pair()
        ours.end.settimeout(self._seconds)
        try:
            with self._guard:
                if self._cancelled:
                    raise _cancelled()
                self._reply = ours
            self._ask(process, theirs)
            # Only then is it seen when the process that works on it ends.
            theirs.close()
            return self._hear(ours)
        finally:
            with self._guard:
                self._reply = None
            ours.close()
            theirs.close()

    def _ask(self, process: Process, reply: Wire) -> None:
        asked = asdict(self._question) | {"names_graphs": self._names_graphs}
        file = memory_file(json.dumps(asked).encode())
        try:
            process.tell({"do": "ask", "of": self._of}, file, reply.fileno())
        except KeeperGone as gone:
            raise _lost() from gone
        finally:
            os.close(file)

    def _hear(self, reply: Wire) -> Answer:
        try:
            heard = reply.receive()
        except TimeoutError as error:
            raise Stopped("The query was stopped: nothing was heard of it.", cause="time") from error
        except OSError:
            heard = None
        if heard is None:
            raise _cancelled() if self._cancelled else _lost()
        message, files = heard
        if "problem" in message:
            raise from_message(message["problem"])
        # Else the keeper would take its silence for one who has gone away.
        with contextlib.suppress(OSError):
            reply.send({})
        return Answer(read_whole(files[0]), **message["answer"])


def _cancelled() -> Stopped:
    return Stopped("The query was given up by whoever asked it.", cause="cancelled")


def _lost() -> Stopped:
    return Stopped("The process that holds the index ended, and is started again.", cause="lost", remedy="Ask again.")
