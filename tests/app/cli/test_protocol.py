"""Requests as they come over the wire: read whole, and never more of a head than a request may have."""

import socket
import threading
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from app.cli.protocol import MOST, Bounded

PIECE = b"x" * 8_000


async def counted(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers with how many bytes of a body there were."""
    size, more = 0, True
    while more:
        message = await receive()
        size, more = size + len(message.get("body", b"")), message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(str(size)))]})
    await send({"type": "http.response.body", "body": str(size).encode()})


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    config = uvicorn.Config(counted, http=Bounded, log_config=None, lifespan="off", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, name="bounded")
        thread.start()
        yield listening.getsockname()[1]
        server.should_exit = True
        thread.join()


def answer(port: int, *pieces: bytes) -> bytes:
    """All that comes back until the server is done; what it does not take any more is not sent."""
    with socket.create_connection(("127.0.0.1", port), 10) as client:
        try:
            for piece in pieces:
                client.sendall(piece)
            client.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: client.recv(65536), b""))
        except (ConnectionResetError, BrokenPipeError):
            return b"reset"


def test_a_head_of_usual_size_and_a_large_body_are_taken(port: int) -> None:
    length = MOST * 8
    head = b"POST / HTTP/1.1\r\nHost: x\r\nX-Long: " + PIECE + b"\r\nContent-Length: %d\r\n\r\n" % length
    assert answer(port, head, *[b"y" * 4096] * (length // 4096)).endswith(b"\r\n\r\n%d" % length)


def test_many_requests_on_one_connection_are_no_large_head(port: int) -> None:
    one = b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + PIECE + b"\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), 10) as client:
        for _ in range(20):
            client.sendall(one)
            said = b""
            while not said.endswith(b"\r\n\r\n0"):
                piece = client.recv(65536)
                assert piece, said
                said += piece
            assert said.startswith(b"HTTP/1.1 200 OK")


@pytest.mark.parametrize("begun", [b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: ", b"GET /"])
def test_a_head_without_end_is_refused(port: int, begun: bytes) -> None:
    said = answer(port, begun, *[PIECE] * 100)
    assert said == b"reset" or said.startswith(b"HTTP/1.1 400 ")


def test_many_lines_without_end_are_refused(port: int) -> None:
    lines = [b"".join(b"X-%d-%d: y\r\n" % (part, n) for n in range(500)) for part in range(100)]
    said = answer(port, b"GET / HTTP/1.1\r\nHost: x\r\n", *lines)
    assert said == b"reset" or said.startswith(b"HTTP/1.1 400 ")


def test_what_stands_behind_a_body_has_an_end_too(port: int) -> None:
    begun = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-Long: "
    said = answer(port, begun, *[PIECE] * 100)
    assert said == b"reset" or b" 400 " in said
    assert answer(port, begun, b"short\r\n\r\n").endswith(b"\r\n\r\n3")
