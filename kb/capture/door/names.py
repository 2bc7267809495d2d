"""Looking up a name, within a time that the system's own look-up does not keep."""

import socket
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address

from kb.capture.door.ranges import Number, plain
from kb.capture.door.refusal import LATER, NotFetched

Resolve = Callable[[str], Sequence[str]]

# The system answers each waiting look-up sooner or later; more than these must not wait at once.
_AT_ONCE = 8


def look_up(host: str) -> list[str]:
    """The numbers of a host, from the system. The dot keeps out search domains, which would make another name of it."""
    found = socket.getaddrinfo(f"{host}.", None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Names:
    """A resolver in threads of its own, so that one that never answers keeps nobody waiting."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="names")

    def numbers(self, host: str, seconds: float) -> list[Number]:
        """At least one. Asked once for each connection: what is checked is what is connected to."""
        asked = self._threads.submit(self._resolve, host)
        try:
            found = [plain(ip_address(number)) for number in asked.result(seconds)]
        except TimeoutError:
            asked.cancel()
            raise NotFetched(f"Looking up {host} took too long.", remedy=LATER) from None
        except (OSError, ValueError):
            found = []
        if not found:
            raise NotFetched(
                f"No server is known by the name {host}.",
                remedy="Look at the address once more, or paste the text, or upload the file.",
            )
        return found
