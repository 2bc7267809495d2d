"""A process that answers a question, and after it those that the same client asks next; each within its limits."""

import contextlib
import json
import math
import os
import resource
import signal
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Never

from kb.errors import Problem
from kb.projections.triples.evaluate import Unreadable, evaluate
from kb.projections.triples.isolation import end_with_parent
from kb.projections.triples.limits import MIB, Limits
from kb.projections.triples.problems import as_message
from kb.projections.triples.question import Question
from kb.projections.triples.store import Stores
from kb.projections.triples.wire import Message, Wire, memory_file, read_whole, write_whole

# What a child exits with where it has told nothing: the store on disk cannot be opened, or not be read.
CANNOT_OPEN = 3
_NOTHING = Question("ASK {}", "json")
# The first that is neither standard input, output nor error.
_FIRST = 3
_PAGE = os.sysconf("SC_PAGE_SIZE")
# What a process may have taken, of processor time in seconds and of memory in bytes, and still go on with the next one:
# of its own, and of pages of the store that it had to copy, since the engine counts references in what it reads.
_GOES_ON_SECONDS, _GOES_ON_BYTES, _GOES_ON_COPIED = 10, 64 * MIB, 512 * MIB


@dataclass(frozen=True)
class Ground:
    """What a child stands on: the stores as they were when the child was made, or how to open one."""

    base: str
    seq: int
    limits: Limits
    open_stores: Callable[[], Stores]
    # A store on disk reads files as it goes.
    reads_files: bool


def answer_all(wire: Wire, ground: Ground, parent: int) -> Never:
    """Wait for questions, answer them and end; never returns. To be called right after the fork."""
    try:
        _answer_all(wire, ground, parent)
    finally:
        # Whatever goes wrong, nobody but the keeper goes on where the keeper was, and ends its other children.
        os._exit(1)


def _answer_all(wire: Wire, ground: Ground, parent: int) -> None:
    end_with_parent(signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)
    wire = _alone_with(wire)
    at_first = _limit(ground.limits)
    try:
        stores = ground.open_stores()
        # Pages are copied as they are touched: better now than while somebody waits.
        evaluate(stores.current, _NOTHING, ground.limits, ground.base, ground.seq)
    except (OSError, RuntimeError, ValueError, Unreadable):
        os._exit(CANNOT_OPEN)
    size, goes_on = at_first, True
    while goes_on:
        _limit_one(ground.limits, size)
        result = memory_file()
        asked = wire.receive()
        if asked is None:
            break
        told = _answer(stores, ground, asked[1][0], result)
        size = _size()
        goes_on = "answer" in told and size <= at_first + _GOES_ON_BYTES and _is_cheap()
        if goes_on:
            # The keeper knows it before the client can ask again.
            wire.send({"did": "answer"})
        _tell(asked[1][1], told, result)
    os._exit(0)


def _answer(stores: Stores, ground: Ground, asked: int, result: int) -> Message:
    """What is to be told; an answer is whole in its file before a word of it is."""
    fields = json.loads(read_whole(asked))
    store = stores.all if fields["names_graphs"] else stores.current
    question = Question(fields["query"], fields["form"], tuple(fields["default_graphs"]), tuple(fields["named_graphs"]))
    try:
        with contextlib.nullcontext() if ground.reads_files else _no_files():
            answer = evaluate(store, question, ground.limits, ground.base, ground.seq)
            write_whole(result, answer.body)
    except Unreadable:
        os._exit(CANNOT_OPEN)
    except Problem as problem:
        return {"problem": as_message(problem)}
    return {"answer": {"rows": answer.rows, "seq": answer.seq, "milliseconds": answer.milliseconds}}


def _tell(asker: int, told: Message, result: int) -> None:
    """Closes both files."""
    reply = Wire(socket.socket(fileno=asker))
    reply.send(told, *([result] if "answer" in told else ()))
    reply.close()
    os.close(result)


@contextlib.contextmanager
def _no_files() -> Iterator[None]:
    """No file can be opened and no socket made: a second lock beside the missing network.

    A file that is handed over counts against this limit too, with those that others hand over at the same moment: so it
    is there only while a query is read and answered.
    """
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _alone_with(wire: Wire) -> Wire:
    """Close all that other questions and the parent have open, so that their ends are seen as soon as they come."""
    os.dup2(wire.fileno(), _FIRST)
    os.closerange(_FIRST + 1, os.sysconf("SC_OPEN_MAX"))
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in range(_FIRST):
        os.dup2(nothing, standard)
    os.close(nothing)
    return Wire(socket.socket(fileno=_FIRST))


def _is_cheap() -> bool:
    """Whether it has taken little of the processor and touched few pages: each one was copied at most once."""
    copied = resource.getrusage(resource.RUSAGE_SELF).ru_minflt * _PAGE
    return time.process_time() <= _GOES_ON_SECONDS and copied <= _GOES_ON_COPIED


def _size() -> int:
    """Of the addresses of this process, in bytes."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * _PAGE


def _limit(limits: Limits) -> int:
    """For good, whatever is asked; gives the size that the process has before."""
    size = _size()
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, limits.bytes + MIB),
        (resource.RLIMIT_AS, size + _GOES_ON_BYTES + limits.memory),
        (resource.RLIMIT_CPU, limits.cpu_seconds + _GOES_ON_SECONDS + 1),
    ):
        resource.setrlimit(what, (most, most))
    # Where the whole machine runs out of memory, a query goes first, and not the keeper or a server beside it.
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")
    return size


def _limit_one(limits: Limits, size: int) -> None:
    """What the next question may take, beyond what the process has taken already."""
    resource.setrlimit(resource.RLIMIT_AS, (size + limits.memory, resource.getrlimit(resource.RLIMIT_AS)[1]))
    # This one is told by a signal of its own; the one for good, by the one that anybody might have sent.
    seconds = limits.cpu_seconds + math.floor(time.process_time())
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.getrlimit(resource.RLIMIT_CPU)[1]))
