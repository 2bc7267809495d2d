"""The keeper as the process that asks it sees it: started, told, heard, ended."""

import json
import select
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict

from kb.projections.triples.limits import Limits
from kb.projections.triples.wire import Message, Wire

COMMAND: Sequence[str] = (sys.executable, "-m", "kb.projections.triples.keeper")
SECONDS = 5


class KeeperGone(Exception):
    """The process has ended; `why` where it has said so itself."""

    def __init__(self, why: str = "") -> None:
        super().__init__(why)
        self.why = why


class Process:
    """One keeper. Only one thread hears it; any may tell it something."""

    def __init__(self, base: str, limits: Limits) -> None:
        self._control, theirs = Wire.pair()
        given = json.dumps({"control": theirs.fileno(), "base": base, "limits": asdict(limits)})
        self._process = subprocess.Popen([*COMMAND, given], pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
        theirs.close()

    @property
    def pid(self) -> int:
        return self._process.pid

    def tell(self, message: Message, *files: int) -> None:
        """Raises KeeperGone."""
        try:
            self._control.send(message, *files)
        except OSError as error:
            raise KeeperGone from error

    def hear(self, wait: float | None = None) -> Message | None:
        """The next message; None where there is none within `wait` seconds. Raises KeeperGone."""
        try:
            if not self._has_said(wait):
                return None
            heard = self._control.receive()
        except (OSError, ValueError) as error:
            raise KeeperGone from error
        if heard is None:
            raise KeeperGone
        if heard[0]["did"] == "refuse":
            raise KeeperGone(heard[0]["why"])
        return heard[0]

    def _has_said(self, wait: float | None) -> bool:
        # Unlike `select.select`, this takes any number of a file, however many connections the server has open.
        poll = select.poll()
        poll.register(self._control, select.POLLIN)
        return bool(poll.poll(None if wait is None else wait * 1000))

    def end(self) -> None:
        """It ends by itself when it is not spoken to any more, and its children with it."""
        self._control.close()
        try:
            self._process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
