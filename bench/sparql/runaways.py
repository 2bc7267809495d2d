"""Lookups of one client, while others put queries that run until they are stopped."""

import threading
import time
from itertools import count
from statistics import quantiles

import httpx

from bench.rounds import CommandFailed
from bench.sparql.asking import JSON

LOOKUPS, PAUSE_SECONDS = 100, 0.02
# From the putting of a query that runs away to the lane of slow ones.
UNDER_WAY_SECONDS = 1.0
# Each pattern joins nothing with the one before it.
RUNAWAY = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d && ?d != ?g) }"
_number = count()


def lookups(address: str, claim: str, *, runaways: int) -> list[float]:
    """Milliseconds of each, while so many queries run away: where one was stopped, the next one follows at once.

    Raises CommandFailed where one of them came to its end, and so was none.
    """
    over, statuses = threading.Event(), set[int]()
    threads = [threading.Thread(target=_run_away, args=[address, over, statuses]) for _ in range(runaways)]
    for thread in threads:
        thread.start()
    time.sleep(UNDER_WAY_SECONDS if runaways else 0)
    try:
        with _client() as client:
            taken = [_look_up(client, address, claim) for _ in range(LOOKUPS)]
    finally:
        over.set()
        for thread in threads:
            thread.join()
    if 200 in statuses:
        raise CommandFailed("a query that was to run away was answered")
    return taken


def p95(taken: list[float]) -> float:
    return quantiles(taken, n=20)[-1]


def _look_up(client: httpx.Client, address: str, claim: str) -> float:
    time.sleep(PAUSE_SECONDS)
    query = f"SELECT ?property ?value WHERE {{ <{claim}> ?property ?value }} # {next(_number)}"
    begun = time.perf_counter()
    reply = client.get(address, params={"query": query}, headers={"Accept": JSON})
    taken = (time.perf_counter() - begun) * 1000
    if reply.status_code != 200:
        raise CommandFailed(f"a lookup is answered {reply.status_code}: {reply.text[:300]}")
    return taken


def _run_away(address: str, over: threading.Event, statuses: set[int]) -> None:
    """Each time as another client, since one that was stopped may not ask as much as it likes."""
    while not over.is_set():
        with _client() as client:
            reply = client.get(address, params={"query": f"{RUNAWAY} # {next(_number)}"})
        statuses.add(reply.status_code)
        # One that was refused at once must not make a race of it.
        over.wait(PAUSE_SECONDS)


def _client() -> httpx.Client:
    """From an address of its own, since what one client may ask in a minute has a limit."""
    number = next(_number)
    transport = httpx.HTTPTransport(
        local_address=f"127.{2 + number // 40_000}.{number // 200 % 200}.{1 + number % 200}"
    )
    return httpx.Client(transport=transport, timeout=120)
