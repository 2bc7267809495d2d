"""The store on disk as seen from the process that feeds it."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from kb.errors import Broken
from kb.projections.triples.wire import Message, Wire, memory_file

PROCESS = "kb.projections.triples.disk_process"


class StoreLost(Broken):
    """It failed, or its process has ended: what was told to it since the last generation is told to another one."""


class DiskStore:
    """A process of its own, which holds the store alone."""

    def __init__(self, folder: Path, base: str) -> None:
        self._wire, theirs = Wire.pair()
        command = [sys.executable, "-m", PROCESS, str(theirs.fileno()), str(folder), base]
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
        """Have it do something, and wait until it is done. Raises StoreLost."""
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
            raise StoreLost(f"the index on disk failed: {said[0]['problem']}")
        return said[0]

    def close(self) -> None:
        """At once, whatever it is doing; whoever waits for it gets StoreLost."""
        self._process.kill()
        self._process.wait()
        self._wire.close()


def _ended() -> StoreLost:
    return StoreLost("the process that holds the index on disk has ended")
