"""The server as processes: a port that is free, one process or several, and an end that is clean."""

import errno
import os
import signal
import socket
import sys
import threading
from multiprocessing import parent_process
from multiprocessing.connection import wait
from typing import Any

import uvicorn
from fastapi import FastAPI
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

from app.cli.knowledge import settings_in_force
from app.cli.protocol import Bounded
from app.cli.starting import all_stays
from app.main import create_app
from kb.errors import CannotStart

DRAIN_SECONDS = 5


def free_or_refuse(host: str, port: int) -> None:
    """Raises CannotStart where the port is taken or cannot be listened on; one line beats uvicorn's traceback."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except (OSError, OverflowError) as error:
        taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
        raise CannotStart(
            f"port {port} is taken by another program" if taken else f"cannot listen on port {port}: {error}",
            where=host,
            remedy="Choose another: `claimbase serve --port 8001` (`make run PORT=8001`).",
        ) from error


def serve_app(app: FastAPI, host: str, port: int) -> None:
    """Serve until a signal comes; requests in flight have some seconds to end."""
    uvicorn.run(app, host=host, port=port, **_ways())


def serve_readers(host: str, port: int, workers: int) -> None:
    """Readers' pages by several processes that share one port, until a signal comes; one that dies is started again.

    Each opens the database for itself, read-only. Raises CannotStart where one of them could not begin.
    """
    config = uvicorn.Config(
        f"{__name__}:one_of_several", factory=True, host=host, port=port, workers=workers, **_ways()
    )
    with listening_at(host, port) as listening:
        several = Multiprocess(config, sockets=[listening])
        several.run()
    if any(process.exitcode == STARTUP_FAILURE for process in several.processes):
        raise CannotStart("one of the processes could not begin; what it said stands above", where="serve --workers")


def listening_at(host: str, port: int) -> socket.socket:
    """A socket for several processes, whose connections send small pieces at once.

    asyncio sees to that where a socket says that it speaks TCP, as uvicorn's own does not: a page would then wait 40 ms
    for the client to acknowledge its headers.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind((host, port))
    made.set_inheritable(True)
    return made


def one_of_several() -> FastAPI:
    """The app of one process among several, which ends with the one that started it, however that ended."""
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), name="parent", daemon=True).start()
    try:
        with all_stays():
            return create_app(settings_in_force(), public_only=True, needs_lists=True)
    except CannotStart as problem:
        # With any other exit it would be started again twice a second for ever, each time with a traceback.
        print(f"claimbase: {problem}", file=sys.stderr)
        sys.exit(STARTUP_FAILURE)


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os.kill(os.getpid(), signal.SIGTERM)


def _ways() -> dict[str, Any]:
    return {
        "http": Bounded,
        "log_level": "warning",
        "access_log": False,
        "server_header": False,
        "timeout_keep_alive": 5,
        "timeout_graceful_shutdown": DRAIN_SECONDS,
    }
