"""Fetching a page by its address: the only door to the network."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

import httpcore

from kb.capture.door.address import Address, moved, read_address
from kb.capture.door.ask import Answer, ask
from kb.capture.door.limits import Deadline, Limits
from kb.capture.door.names import Names, Resolve, look_up
from kb.capture.door.places import Places
from kb.capture.door.ranges import Number, open_web
from kb.capture.door.refusal import NotFetched, closed
from kb.capture.door.stream import connect

__all__ = ["Fetched", "Fetcher", "Limits", "NotFetched"]

WITH = f"Claimbase {version('claimbase')}, fetch"
LIMITS = Limits()
AGENT = f"Claimbase/{version('claimbase')} (one page, because an editor asked for it)"


@dataclass(frozen=True)
class Fetched:
    """`data` is unpacked; `content_type` is as sent; `requested` and `address` are the first and the last address."""

    data: bytes
    content_type: str | None
    requested: str
    address: str
    retrieved_on: str
    retrieved_with: str


class Fetcher:
    """One for each app, since it counts who fetches at once.

    `allowed` tells whether a number may be connected to at a port. No setting reaches it: only a test gives another.
    `own_hosts` are the names of this server, which never fetches from itself.
    """

    def __init__(
        self,
        *,
        resolve: Resolve = look_up,
        allowed: Callable[[Number, int], bool] = open_web,
        limits: Limits = LIMITS,
        own_hosts: frozenset[str] = frozenset(),
        backend: httpcore.NetworkBackend | None = None,
    ) -> None:
        self._names = Names(resolve)
        self._allowed = allowed
        self._limits = limits
        self._own_hosts = frozenset(host.lower().strip("[]").removesuffix(".") for host in own_hosts)
        self._backend = backend or httpcore.SyncBackend()
        self._places = Places(limits)

    def fetch(self, address: str) -> Fetched:
        """Blocks, for half a minute at most. Raises NotFetched, which says why in words for the editor."""
        first = at = read_address(address)
        deadline = Deadline(self._limits.deadline)
        for _ in range(self._limits.redirects + 1):
            answer = self._ask(at, deadline)
            if answer.moved_to is None:
                return _fetched(answer, first, at)
            at = moved(at, answer.moved_to)
        raise NotFetched(f"The address leads on to others more than {self._limits.redirects} times.")

    def _ask(self, at: Address, deadline: Deadline) -> Answer:
        if at.host in self._own_hosts:
            raise closed()
        with self._places.at(at.host, deadline):
            numbers = self._checked(at, deadline)
            stream = connect(self._backend, numbers, at, self._limits, deadline)
            return ask(stream, at, AGENT, self._limits)

    def _checked(self, at: Address, deadline: Deadline) -> Sequence[Number]:
        """The numbers of a host, of which every one may be connected to; a single other one closes all."""
        numbers = [at.number] if at.number else self._names.numbers(at.host, deadline.left(self._limits.connect))
        if not all(self._allowed(number, at.port) for number in numbers):
            raise closed()
        return numbers


def _fetched(answer: Answer, first: Address, last: Address) -> Fetched:
    return Fetched(
        data=answer.data,
        content_type=answer.content_type,
        requested=str(first),
        address=str(last),
        retrieved_on=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        retrieved_with=WITH,
    )
