"""How much time and how many bytes a fetch may take, and the clock that it runs against."""

from dataclasses import dataclass
from time import monotonic

from kb.capture.door.refusal import LATER, NotFetched

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """Seconds and bytes. No setting changes them; tests make smaller ones."""

    deadline: float = 30  # For all of a fetch: names, redirects, waiting and reading.
    connect: float = 5  # For a name to be found, for a connection, and for its encryption; each.
    idle: float = 10  # Without a byte.
    wait: float = 5  # For a place among those who fetch.
    redirects: int = 5
    at_once: int = 4
    headers: int = 65_536
    raw: int = 25 * MEGABYTE  # As sent, framing and all.
    inflated: int = 50 * MEGABYTE
    ratio: int = 100
    # Small pages of blank lines pack better than the ratio; they harm nobody.
    ratio_from: int = MEGABYTE


class Deadline:
    """The end of a fetch, known from its beginning."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = monotonic() + seconds

    def left(self, at_most: float) -> float:
        """Seconds for the next step; refuses when there are none."""
        seconds = self._end - monotonic()
        if seconds <= 0:
            raise NotFetched(f"The page did not arrive within {self._seconds:g} seconds.", remedy=LATER)
        return min(seconds, at_most)


def size(count: int) -> str:
    """`25 MB`, `64 KB`: a number of bytes as a message gives it."""
    return f"{count / MEGABYTE:g} MB" if count >= MEGABYTE else f"{count / 1024:g} KB"
