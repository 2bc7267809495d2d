"""A wire that goes nowhere: it writes down who was to be connected to, and plays prepared answers."""

from collections.abc import Iterable, Mapping
from ssl import SSLContext

import httpcore


class Played(httpcore.MockStream):
    """An answer in pieces; what was asked, and the name that encryption was asked for, are kept."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        super().__init__(list(pieces))
        self.asked = b""
        self.encrypted_for: str | None = None
        self.closed = False

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.asked += buffer

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        self.encrypted_for = server_hostname
        return self

    def close(self) -> None:
        self.closed = True
        super().close()


class Wire(httpcore.NetworkBackend):
    """`answers` names the bytes that each number sends, in turn; a number without any refuses the connection."""

    def __init__(self, answers: Mapping[str, list[bytes]] | None = None) -> None:
        self._answers = {number: list(turns) for number, turns in (answers or {}).items()}
        self.connects: list[tuple[str, int]] = []
        self.streams: list[Played] = []

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        self.connects.append((host, port))
        if not self._answers.get(host):
            raise httpcore.ConnectError("refused")
        stream = Played([self._answers[host].pop(0)])
        self.streams.append(stream)
        return stream


def page(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """An answer as it goes over the wire."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def leads_to(location: bytes) -> bytes:
    """A redirect."""
    return b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + location + b"\r\n\r\n"
