"""What one client may ask in a minute, so that nobody takes the endpoint from everybody else.

Counted is what a query costs, in seconds of its running, and how often one fails by its own making; nobody is kept from
asking many quick ones. A client is an address of IPv4, or a /64 of IPv6.
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from app.web.errors import TooOften

MINUTE = 60.0
SECONDS, ERRORS, AT_ONCE = 30.0, 30, 2
# Of running time in a minute: more than any look-up takes.
MUCH_SECONDS = 1.0
# Clients that are remembered; whoever asked longest ago is forgotten first.
MOST_CLIENTS = 10_000
Clock = Callable[[], float]


@dataclass
class _Account:
    """One client's minute, which began at `since`, when it first asked."""

    since: float
    seconds: float = 0.0
    errors: int = 0
    running: int = 0


@dataclass
class Spending:
    """What a query that runs has cost; as long as it says nothing else, all the time until its end."""

    seconds: float | None = None


class Allowance:
    """The accounts of all clients of this process, in bounded memory."""

    def __init__(self, clock: Clock = time.monotonic, most: int = MOST_CLIENTS) -> None:
        self._clock = clock
        self._most = most
        self._accounts: OrderedDict[str, _Account] = OrderedDict()

    def __len__(self) -> int:
        return len(self._accounts)

    def check(self, client: str) -> None:
        """Raises TooOften where the minute's time or errors are used up."""
        account = self._accounts.get(client)
        left = account.since + MINUTE - self._clock() if account else 0
        if account is None or left <= 0:
            return
        if account.seconds >= SECONDS:
            raise _too_often(f"Your queries of this minute have run for {SECONDS:.0f} seconds.", left)
        if account.errors >= ERRORS:
            raise _too_often(f"{ERRORS} of your queries of this minute could not be answered.", left)

    def has_had_much(self, client: str) -> bool:
        """True for whoever has a query running, or has had much time of this minute already."""
        account = self._accounts.get(client)
        if account is None:
            return False
        is_over = self._clock() - account.since >= MINUTE
        return account.running > 0 or (account.seconds >= MUCH_SECONDS and not is_over)

    def failed(self, client: str) -> None:
        """Note a query that got no answer by its own making."""
        self._account(client).errors += 1

    @contextmanager
    def running(self, client: str) -> Iterator[Spending]:
        """For as long as a query of this client runs. Raises TooOften where two of them do already."""
        account = self._account(client)
        if account.running >= AT_ONCE:
            raise _too_often(f"{AT_ONCE} of your queries are running, which is the most at once.", 1)
        account.running += 1
        began, spending = self._clock(), Spending()
        try:
            yield spending
        finally:
            account.running -= 1
            account.seconds += self._clock() - began if spending.seconds is None else spending.seconds

    def _account(self, client: str) -> _Account:
        now = self._clock()
        account = self._accounts.setdefault(client, _Account(now))
        self._accounts.move_to_end(client)
        if now - account.since >= MINUTE:
            account.since, account.seconds, account.errors = now, 0.0, 0
        if len(self._accounts) > self._most:
            self._forget_one()
        return account

    def _forget_one(self) -> None:
        """Never one whose query runs, since it could then have others run beside it."""
        oldest = next((name for name, account in self._accounts.items() if not account.running), None)
        if oldest is not None:
            del self._accounts[oldest]


def _too_often(what: str, left: float) -> TooOften:
    seconds = max(1, math.ceil(left))
    return TooOften(what, retry_after=seconds, remedy=f"Ask again in {seconds} s, or take a dump from /data.")
