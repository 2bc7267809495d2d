"""One question in a process of its own, which has limits and ends with its answer."""

import contextlib
import json
import os
import resource
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Never

from pyoxigraph import Store

from kb.errors import Problem
from kb.projections.triples.evaluate import Unreadable, evaluate
from kb.projections.triples.isolation import end_with_parent
from kb.projections.triples.limits import MIB, Limits
from kb.projections.triples.problems import as_message
from kb.projections.triples.question import Question
from kb.projections.triples.wire import Wire, memory_file, read_whole, write_whole

# What a child exits with where it has told nothing: the store on disk cannot be opened, or not be read.
CANNOT_OPEN = 3
# The first that is neither standard input, output nor error.
_FIRST = 3
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Ground:
    """What a child stands on: the store as it was when the child was made, or how to open it."""

    base: str
    seq: int
    limits: Limits
    open_store: Callable[[], Store]
    # A store on disk reads files as it goes.
    reads_files: bool


def answer_one(wire: Wire, ground: Ground, parent: int) -> Never:
    """Wait for a question, answer it and end; never returns. To be called right after the fork."""
    try:
        _answer_one(wire, ground, parent)
    finally:
        # Whatever goes wrong, nobody but the keeper goes on where the keeper was, and ends its other children.
        os._exit(1)


def _answer_one(wire: Wire, ground: Ground, parent: int) -> None:
    end_with_parent(signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)
    wire = _alone_with(wire)
    _limit(ground.limits)
    result = memory_file()
    try:
        store = ground.open_store()
    except (OSError, RuntimeError, ValueError):
        os._exit(CANNOT_OPEN)
    asked = wire.receive()
    if asked is None:
        os._exit(0)
    question, reply = asked[1]
    if not ground.reads_files:
        # From here on no file can be opened and no socket made: a second lock beside the missing network.
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    _answer(store, ground, (question, reply), result)
    os._exit(0)


def _answer(store: Store, ground: Ground, asked: tuple[int, int], result: int) -> None:
    """The answer is whole before the first word of it is told."""
    reply = Wire(socket.socket(fileno=asked[1]))
    fields = json.loads(read_whole(asked[0]))
    question = Question(fields["query"], fields["form"], tuple(fields["default_graphs"]), tuple(fields["named_graphs"]))
    try:
        answer = evaluate(store, question, ground.limits, ground.base, ground.seq)
        write_whole(result, answer.body)
    except Unreadable:
        os._exit(CANNOT_OPEN)
    except Problem as problem:
        reply.send({"problem": as_message(problem)})
        return
    told = {"rows": answer.rows, "seq": answer.seq, "milliseconds": answer.milliseconds}
    # A file that is handed over counts against this limit too, with those that others hand over at the same moment.
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    reply.send({"answer": told}, result)


def _alone_with(wire: Wire) -> Wire:
    """Close all that other questions and the parent have open, so that their ends are seen as soon as they come."""
    os.dup2(wire.fileno(), _FIRST)
    os.closerange(_FIRST + 1, os.sysconf("SC_OPEN_MAX"))
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in range(_FIRST):
        os.dup2(nothing, standard)
    os.close(nothing)
    return Wire(socket.socket(fileno=_FIRST))


def _limit(limits: Limits) -> None:
    size = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * _PAGE
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, limits.bytes + MIB),
        (resource.RLIMIT_AS, size + limits.memory),
    ):
        resource.setrlimit(what, (most, most))
    # The first is told by a signal of its own, the second by the one that anybody might have sent.
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    # Where the whole machine runs out of memory, a query goes first, and not the keeper or a server beside it.
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")
