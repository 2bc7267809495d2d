"""The server as a process: a port that is free, and an end that is clean."""

import errno
import socket

import uvicorn
from fastapi import FastAPI

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
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )
