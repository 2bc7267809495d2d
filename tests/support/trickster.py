"""A server on loopback that keeps to no rule: each path sends what its function yields, until nobody listens."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Event, Thread

Sends = Callable[[Event], Iterable[bytes]]


class _Server(ThreadingTCPServer):
    daemon_threads = True
    block_on_close = True
    allow_reuse_address = True

    def __init__(self, paths: Mapping[str, Sends]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.paths = paths
        self.over = Event()


class _Handler(StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        words = self.rfile.readline().split()
        sends = self.server.paths.get(words[1].decode("latin-1")) if len(words) == 3 else None
        if sends is None:
            return
        while self.rfile.readline().strip():
            pass
        try:
            for piece in sends(self.server.over):
                if self.server.over.is_set():
                    return
                self.wfile.write(piece)
        except OSError:
            return  # Whoever was asking has hung up, which is what these tests want.


@contextmanager
def tricking(paths: Mapping[str, Sends]) -> Iterator[int]:
    """The server's port. A function is given an event that is set when the server ends, to wait on."""
    with _Server(paths) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, name="trickster")
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.over.set()
            server.shutdown()
            thread.join()
