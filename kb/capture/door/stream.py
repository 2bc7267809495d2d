"""A connection to a checked number, on which every wait and every byte is counted."""

import ssl
from collections.abc import Sequence
from contextlib import ExitStack
from functools import cache

import httpcore
import httpx

from kb.capture.door.address import Address
from kb.capture.door.limits import Deadline, Limits, size
from kb.capture.door.ranges import Number
from kb.capture.door.refusal import LATER, NotFetched

# A server with many numbers answers at one of the first, or not within the time we have.
_TRIED = 4


class Counted(httpcore.NetworkStream):
    """What HTTP is spoken over. While the head is open, its limit holds; then that of the whole answer."""

    def __init__(self, stream: httpcore.NetworkStream, limits: Limits, deadline: Deadline) -> None:
        self._stream = stream
        self._limits = limits
        self._deadline = deadline
        self._came = 0
        self.head_open = True

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - ours are stricter.
        room = (self._limits.headers if self.head_open else self._limits.raw) - self._came
        if room <= 0:
            raise self._too_much()
        try:
            data = self._stream.read(min(max_bytes, room), self._deadline.left(self._limits.idle))
        except httpcore.ReadTimeout:
            self._deadline.left(self._limits.idle)
            raise NotFetched(
                f"The page's server sent nothing for {self._limits.idle:g} seconds.", remedy=LATER
            ) from None
        except httpcore.ReadError:
            raise NotFetched("The connection broke before the page was there.", remedy=LATER) from None
        self._came += len(data)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - ours are stricter.
        # A server that hangs up early may still have answered; httpcore goes on to read after a WriteError.
        self._stream.write(buffer, self._deadline.left(self._limits.idle))

    def close(self) -> None:
        self._stream.close()

    def _too_much(self) -> NotFetched:
        if self.head_open:
            return NotFetched(f"The headers before the page are larger than {size(self._limits.headers)}.")
        return NotFetched(f"The page is larger than {size(self._limits.raw)}.")


def connect(
    backend: httpcore.NetworkBackend, numbers: Sequence[Number], at: Address, limits: Limits, deadline: Deadline
) -> Counted:
    """To the first of the checked numbers that answers; the name serves for encryption alone."""
    for number in numbers[:_TRIED]:
        try:
            stream = backend.connect_tcp(str(number), at.port, deadline.left(limits.connect))
        except (httpcore.ConnectError, httpcore.ConnectTimeout):
            continue
        if at.scheme == "https":
            stream = _encrypted(stream, at, limits, deadline)
        return Counted(stream, limits, deadline)
    raise NotFetched(f"No connection to {at.host} came about.", remedy=LATER)


def _encrypted(
    stream: httpcore.NetworkStream, at: Address, limits: Limits, deadline: Deadline
) -> httpcore.NetworkStream:
    with ExitStack() as opened:
        opened.callback(stream.close)
        try:
            inner = stream.start_tls(certificates(), at.host, deadline.left(limits.connect))
        except httpcore.ConnectTimeout:
            raise NotFetched(f"No encrypted connection to {at.host} came about.", remedy=LATER) from None
        except httpcore.ConnectError as failed:
            if isinstance(failed.__cause__, ssl.SSLCertVerificationError):
                raise NotFetched(f"The certificate of {at.host} does not prove that it is {at.host}.") from None
            raise NotFetched(f"No encrypted connection to {at.host} came about.") from None
        opened.pop_all()
    return inner


@cache
def certificates() -> ssl.SSLContext:
    """Those that come with the libraries; the environment is not asked for others."""
    return httpx.create_ssl_context(trust_env=False)
