"""An app as it is served: uvicorn on a free port of loopback, in a thread of this process."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from app.main import create_app
from kb.settings import Settings


@contextmanager
def served(settings: Settings, port: int = 0, app: FastAPI | None = None) -> Iterator[str]:
    """The address of a server over this knowledge base, without a slash at its end, for as long as the block lasts.

    Without an app it is the readers' pages alone.
    """
    app = app or create_app(settings, public_only=True)
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=1))
    with socket.create_server(("127.0.0.1", port)) as listening:
        # Clients that come before the app is up wait in the socket's queue.
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, name="served")
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
