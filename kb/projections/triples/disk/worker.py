"""A process of our own that is told what to do, one thing after the other; it may be killed, or end, at any moment."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from zstandard import ZstdError

from kb.errors import Broken
from kb.projections.triples.wire import Message, Wire, memory_file, read_whole

# Of what the engine says of a failure.
_SHOWN = 300
# Does one thing: its name, its words, and the bytes that came with them.
Deed = Callable[..., Message]


class WorkerLost(Broken):
    """It failed, or has ended: whatever it was told may be done, or not, or by half.

    `where` are the engine's words, which name files of this machine: they are not for everybody.
    """


class Worker:
    """The process as seen from the one that tells it."""

    def __init__(self, module: str, *words: str) -> None:
        """Raises OSError."""
        self._wire, theirs = Wire.pair()
        command = [sys.executable, "-m", module, str(theirs.fileno()), *words]
        try:
            # A session of its own: Ctrl-C at the terminal is for the server, which ends this one.
            self._process = subprocess.Popen(
                command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, start_new_session=True
            )
        finally:
            theirs.close()

    @property
    def pid(self) -> int:
        return self._process.pid

    def tell(self, do: str, data: bytes | None = None, **words: Any) -> Message:
        """Have it do something, and wait until it is done. Raises WorkerLost."""
        files = [] if data is None else [memory_file(data)]
        try:
            self._wire.send({"do": do} | words, *files)
            said = self._wire.receive()
        except OSError as error:
            raise _ended() from error
        finally:
            for file in files:
                os.close(file)
        if said is None:
            raise _ended()
        if "problem" in said[0]:
            raise WorkerLost("the index on disk failed", where=said[0]["problem"])
        return said[0]

    def close(self) -> None:
        """At once, whatever it is doing; whoever waits for it gets WorkerLost."""
        self._process.kill()
        self._process.wait()
        self._wire.close()


def work(end: int, deeds: dict[str, Deed]) -> None:
    """In the process itself: do what is told at this end of a Wire, until the other end is gone."""
    wire = Wire(socket.socket(fileno=end))
    while (said := wire.receive()) is not None:
        words, files = said
        deed = deeds[words.pop("do")]
        try:
            reply = deed(*map(read_whole, files), **words)
        except (OSError, RuntimeError, SyntaxError, ValueError, ZstdError) as error:
            reply = {"problem": str(error)[:_SHOWN] or type(error).__name__}
        try:
            wire.send(reply)
        except OSError:
            # Nobody waits for it any more.
            return


def _ended() -> WorkerLost:
    return WorkerLost("the process that holds the index on disk has ended")
