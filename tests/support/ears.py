"""Somebody who listens on loopback for a packet that must not come."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Ear:
    """`calls` counts whoever connected."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        self.calls = 0
        self._thread = threading.Thread(target=self._listen, name="ear")
        self._thread.start()

    def close(self) -> None:
        # Closing alone would not wake the thread that accepts.
        self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._socket.close()

    def _listen(self) -> None:
        while True:
            try:
                caller, _address = self._socket.accept()
            except OSError:
                return
            self.calls += 1
            caller.close()


@contextmanager
def listening() -> Iterator[Ear]:
    """For as long as the block lasts; a port that a query could call."""
    ear = Ear()
    try:
        yield ear
    finally:
        ear.close()
