"""How many may fetch at once: a few altogether, and one from each host."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Condition

from kb.capture.door.limits import Deadline, Limits
from kb.capture.door.refusal import NotFetched

_SOON = "Try again in a moment, or paste the text, or upload the file."


class Places:
    """Places are taken for one connection and given back before the next, so that nobody waits in a circle."""

    def __init__(self, limits: Limits) -> None:
        self._wait = limits.wait
        self._free = BoundedSemaphore(limits.at_once)
        self._hosts: set[str] = set()
        self._changed = Condition()

    @contextmanager
    def at(self, host: str, deadline: Deadline) -> Iterator[None]:
        """A place at this host, for as long as the block lasts; refuses after some waiting."""
        with self._only(host, deadline.left(self._wait)):
            if not self._free.acquire(timeout=deadline.left(self._wait)):
                raise NotFetched("Too many pages are being fetched just now.", remedy=_SOON)
            try:
                yield
            finally:
                self._free.release()

    @contextmanager
    def _only(self, host: str, seconds: float) -> Iterator[None]:
        with self._changed:
            if not self._changed.wait_for(lambda: host not in self._hosts, seconds):
                raise NotFetched(f"Another page of {host} is being fetched just now.", remedy=_SOON)
            self._hosts.add(host)
        try:
            yield
        finally:
            with self._changed:
                self._hosts.remove(host)
                self._changed.notify_all()
