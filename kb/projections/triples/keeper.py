"""The process that holds the index and forks a child for each who asks; it has no network, and one thread."""

import gc
import json
import os
import selectors
import signal
import socket
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

from pyoxigraph import Store
from zstandard import ZstdError

from kb.projections.triples.child import CANNOT_OPEN, Ground, answer_all
from kb.projections.triples.entry import unpack
from kb.projections.triples.heap import give_back, use_one_arena
from kb.projections.triples.isolation import isolate
from kb.projections.triples.lanes import Asked, Child, Lanes, tell
from kb.projections.triples.limits import Limits
from kb.projections.triples.problems import Busy, NotReady, Stopped
from kb.projections.triples.store import Stores, begin, take_in
from kb.projections.triples.wire import Message, Wire, read_whole

_PAGE = os.sysconf("SC_PAGE_SIZE")
_WORDS = {
    "time": "The query was stopped after {seconds:g} seconds.",
    "memory": "The query was stopped: it needed more memory than there is for one.",
    "crash": "The query broke the engine that reads it.",
    "cancelled": "The query was given up by whoever asked it.",
}
_REMEDIES = {
    "time": "Narrow it: name a claim, a topic or a year, ask for fewer patterns at once, or take a dump from /data.",
    "memory": "Narrow it, sort or group fewer rows, or take a dump from /data.",
    "crash": "Write it with fewer brackets within each other.",
}


class Keeper:
    """Takes entries in and questions on, one message at a time."""

    def __init__(self, control: Wire, base: str, limits: Limits) -> None:
        self._control = control
        self._base = base
        self._limits = limits
        self._stores: Stores | None = Stores(Store(), Store())
        self._path = ""
        self._is_misread = False
        self._awaits_more = False
        self._seq = -1
        self._lanes = Lanes(limits, self._fork)
        self._watched = selectors.DefaultSelector()
        self._watched.register(control, selectors.EVENT_READ, self._hear)
        for store in self._stores:
            begin(store)
        self._quads = len(self._stores.all)

    def run(self) -> None:
        """Until the other end of the control is closed, however that happens."""
        self._tell({"did": "begin"})
        while True:
            # A child that is ready would be another's by the next batch; and while it lives, each page is copied.
            idle = self._lanes.is_ready or self._seq < 0 or self._is_misread or self._awaits_more
            events = self._watched.select(self._lanes.next_move() if idle else 0)
            # Questions last: whoever asks again has had its answer, and is to find the child that has given it.
            for key, _mask in sorted(events, key=lambda event: event[0].fileobj is self._control):
                if key.data() is False:
                    return
            self._lanes.move()
            if not (events or idle):
                self._lanes.make_ready()

    def end(self) -> None:
        """Leave no child behind."""
        for child in list(self._lanes.everybody()):
            child.kill("cancelled")
            os.waitpid(child.pid, 0)

    def _hear(self) -> bool:
        """False where there will be no more."""
        heard = self._control.receive()
        if heard is None:
            return False
        message, files = heard
        match message["do"]:
            case "take":
                self._awaits_more = bool(message["more"])
                self._take(files[0])
            case "open":
                self._open(message)
            case "ask":
                self._ask(message, files)
        return True

    def _take(self, file: int) -> None:
        if self._stores is None:
            raise RuntimeError("this index is on disk, and taken in elsewhere")
        self._lanes.renew()
        try:
            for entry in unpack(read_whole(file)):
                self._quads += take_in(self._stores.all, entry, self._base, self._stores.current)
                self._seq = entry.seq
        except (SyntaxError, ValueError, ZstdError) as error:
            # What was to follow waits behind it.
            self._awaits_more = False
            self._tell({"did": "fail", "why": f"entry {self._seq + 1} of the log cannot be taken in: {error}"[:500]})
            return
        self._tell({"did": "take", "quads": self._quads})

    def _open(self, message: Message) -> None:
        """From now on questions are put to the store on disk in this folder."""
        self._lanes.renew()
        self._path, self._seq, self._stores = message["path"], message["seq"], None
        self._is_misread = self._awaits_more = False
        give_back()
        self._tell({"did": "open", "quads": message["quads"]})

    def _ask(self, message: Message, files: list[int]) -> None:
        reply = Wire(socket.socket(fileno=files[1]))
        asked = Asked(files[0], reply, time.monotonic(), message["of"], partial(self._unwatch, reply))
        self._watched.register(reply, selectors.EVENT_READ, partial(self._hear_asker, asked))
        self._lanes.add(asked)

    def _hear_asker(self, asked: Asked) -> None:
        """Whoever has the answer says so; whoever goes away without a word has given up."""
        if asked.reply.end.fileno() == -1:
            return
        given_up = asked.reply.receive() is None
        self._unwatch(asked.reply)
        if given_up and asked in self._lanes.waiting:
            self._lanes.waiting.remove(asked)
            asked.close()
        for child in self._lanes.running:
            if given_up and child.asked is asked:
                child.kill("cancelled")

    def _unwatch(self, reply: Wire) -> None:
        if reply in [key.fileobj for key in self._watched.get_map().values()]:
            self._watched.unregister(reply)

    def _fork(self) -> Child:
        ours, theirs = Wire.pair()
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            ground = Ground(self._base, self._seq, self._limits, self._open_stores, self._stores is None)
            answer_all(theirs, ground, parent)
        theirs.close()
        child = Child(pid, os.pidfd_open(pid), ours)
        self._watched.register(child.ended, selectors.EVENT_READ, partial(self._reap, child))
        self._watched.register(child.wire, selectors.EVENT_READ, partial(self._hear_child, child))
        return child

    def _hear_child(self, child: Child) -> None:
        """It has answered and could go on; or has ended, which is told apart."""
        if child.wire.end.fileno() == -1:
            return
        if child.wire.receive() is None:
            self._unwatch(child.wire)
        elif child.asked is not None:
            child.asked.close()
            self._lanes.rest(child)

    def _open_stores(self) -> Stores:
        if self._stores is not None:
            return self._stores
        store = Store.read_only(self._path)
        return Stores(store, store)

    def _reap(self, child: Child) -> None:
        self._watched.unregister(child.ended)
        _pid, status = os.waitpid(child.pid, 0)
        os.close(child.ended)
        self._unwatch(child.wire)
        child.wire.close()
        self._lanes.forget(child)
        code = os.waitstatus_to_exitcode(status)
        if child.asked is not None:
            self._end(child, child.asked, code)
        if code == CANNOT_OPEN and not self._is_misread:
            # Told once: until another store is opened, every question would find the same.
            self._is_misread = True
            self._tell({"did": "misread", "path": self._path})

    def _end(self, child: Child, asked: Asked, code: int) -> None:
        """The child has told its answer itself, or it is told here why there is none."""
        cause = child.cause or _cause_of(code)
        if code == 0:
            asked.close()
        elif code == CANNOT_OPEN:
            words = "The index on disk cannot be read, and is made anew."
            tell(asked, NotReady(words, retry_after=5, remedy="Ask again in a while."))
        elif cause == "busy":
            tell(asked, Busy("Other long queries took all the time there was.", retry_after=10, remedy="Ask again."))
        else:
            words = _WORDS[cause].format(seconds=self._limits.wall_seconds)
            tell(asked, Stopped(words, cause=cause, remedy=_REMEDIES.get(cause, "")))

    def _tell(self, message: Message) -> None:
        used = int(Path("/proc/self/statm").read_text("ascii").split()[1]) * _PAGE
        self._control.send(message | {"seq": self._seq, "memory": used})


def _cause_of(code: int) -> str:
    """A child that ended by itself: out of processor time, out of memory (the engine aborts), or off its stack."""
    if code == -signal.SIGXCPU:
        return "time"
    return "memory" if code in (-signal.SIGABRT, -signal.SIGKILL) else "crash"


def main(given: dict[str, Any]) -> None:
    """`given`: the number of the control socket, the base address, and the limits field by field."""
    isolated = ""
    control = Wire(socket.socket(fileno=given["control"]))
    try:
        isolate()
    except OSError as error:
        isolated = error.strerror or "unknown"
    if isolated:
        control.send({"did": "refuse", "why": isolated})
        return
    use_one_arena()
    # What is here now stays as it is, so that children share it; and nothing in here goes in circles.
    gc.disable()
    keeper = Keeper(control, given["base"], Limits(**given["limits"]))
    gc.freeze()
    try:
        keeper.run()
    finally:
        keeper.end()


if __name__ == "__main__":
    # The terminal's Ctrl-C goes to all that it started; this process ends when its own parent does.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    main(json.loads(sys.argv[1]))
