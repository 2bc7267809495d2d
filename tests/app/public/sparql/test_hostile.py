"""The endpoint under fire: killers in a row, killers among good clients, killed processes; the server goes on."""

import itertools
import json
import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx
import pytest

from kb.db import open_engine
from kb.projections.triples.limits import MIB, Limits
from tests.support.databases import migrate, settings_for
from tests.support.ears import Ear, listening
from tests.support.endpoint import DIRECT, JSON, Endpoint
from tests.support.killers import KILLERS, Killer
from tests.support.knowledge import publish_knowledge
from tests.support.processes import children, wait_until
from tests.support.served_alone import Alone, served_alone

SMALL = Limits(
    cpu_seconds=1, wall_seconds=0.5, memory=256 * MIB, quick_seconds=0.1, lone_seconds=0.1, rows=2000, bytes=MIB
)
# More than one address may ask for within a minute is told with 429, which is not what is tried here.
FOR_ONE_CLIENT = 6
BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
LOOKUP = "SELECT ?p ?o { <http://localhost:8000/topics/heights#it> ?p ?o }"
SEQ = 12


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base of thirteen editions."""
    settings = settings_for(tmp_path_factory.mktemp("hostile"), None)
    migrate(settings)
    engine = open_engine(settings)
    publish_knowledge(engine, settings.data)
    engine.dispose()
    return settings.data


@contextmanager
def ready(data: Path, limits: Limits) -> Iterator[Alone]:
    with served_alone(data, limits) as server:
        with Endpoint(server.base) as first:
            first.wait()
        yield server


@pytest.fixture(scope="module")
def alone(data: Path) -> Iterator[Alone]:
    """One for all tests that leave the server itself alive."""
    with ready(data, SMALL) as server:
        yield server


@pytest.fixture
def ear() -> Iterator[Ear]:
    with listening() as found:
        yield found


@dataclass(frozen=True)
class Came:
    """What a killer got, and how the server was afterwards."""

    status: int
    kind: str
    body: bytes
    health: int

    @property
    def is_right(self) -> bool:
        """A reason, or a whole answer within the limits."""
        if self.health != 200 or self.status not in (200, 400, 413, 503):
            return False
        if self.status != 200 or self.kind != JSON:
            return self.kind.startswith(("application/problem+json", "text/html", "text/turtle"))
        return len(json.loads(self.body)["results"]["bindings"]) <= SMALL.rows


def send(endpoint: Endpoint, query: str, accept: str = "*/*") -> httpx.Response:
    """As browsers do it, too: the answer to a short query that was typed has an address of its own."""
    heads = {"Content-Type": DIRECT, "Accept": accept}
    return endpoint._client.post("/sparql", content=query.encode(), headers=heads, follow_redirects=True)


def put(base: str, killers: list[Killer], ear: Ear) -> Iterator[Came]:
    """One client: half of its queries as a program sends them, half as a browser does."""
    with Endpoint(base) as endpoint:
        for number, killer in enumerate(killers):
            reply = send(endpoint, killer.calling(ear.address), BROWSER if number % 2 else "*/*")
            health = endpoint.send(path="/healthz").status_code
            yield Came(reply.status_code, reply.headers["content-type"], reply.content, health)


def in_shares(killers: list[Killer]) -> list[list[Killer]]:
    return [killers[start : start + FOR_ONE_CLIENT] for start in range(0, len(killers), FOR_ONE_CLIENT)]


def is_quiet(alone: Alone) -> bool:
    """The keeper, and the child that waits for the next question."""
    return wait_until(lambda: len(alone.below) == 2)


def test_fifty_of_fifty_get_an_answer_or_a_reason(alone: Alone, ear: Ear) -> None:
    # What is made once, for the first of each kind, is no growth.
    assert all(one.is_right for one in put(alone.base, list(KILLERS[::10]), ear))
    before, keeper = alone.memory, alone.keeper
    with ThreadPoolExecutor(2) as pool:
        shares = in_shares(list(KILLERS))
        came = [one for share in pool.map(lambda killers: list(put(alone.base, killers, ear)), shares) for one in share]
    wrong = {killer.name: one for killer, one in zip(KILLERS, came, strict=True) if not one.is_right}
    assert wrong == {}
    assert all(one.status in (400, 413) for killer, one in zip(KILLERS, came, strict=True) if killer.refused)
    assert Counter(one.status for one in came)[503] >= 5
    assert is_quiet(alone)
    assert (alone.process.poll(), alone.keeper, ear.calls) == (None, keeper, 0)
    assert alone.memory <= before + 32 * MIB


@dataclass
class Fire:
    """What good clients got, and what hostile ones did."""

    good: Counter[int] = field(default_factory=Counter)
    hostile: list[Came] = field(default_factory=list)

    def shoot(self, base: str, ear: Ear, shares: Iterator[list[Killer]], end: float) -> None:
        """A new client for each share of the killers."""
        for share in shares:
            for came in put(base, share, ear):
                self.hostile.append(came)
                if time.monotonic() > end:
                    return

    def work(self, base: str, end: float) -> None:
        """Look something up, and read."""
        with Endpoint(base) as endpoint:
            while time.monotonic() < end:
                self.good[send(endpoint, f"{LOOKUP} # {time.monotonic()}").status_code] += 1
                for path in ("/healthz", "/claims.json"):
                    self.good[endpoint.send(path=path).status_code] += 1


def under_fire(base: str, ear: Ear, seconds: float) -> Fire:
    """Three hostile clients at any time, and two others."""
    fire, end = Fire(), time.monotonic() + seconds
    with ThreadPoolExecutor(5) as pool:
        done = []
        for first in (0, 17, 34):
            shares = itertools.cycle(in_shares([*KILLERS[first:], *KILLERS[:first]]))
            done.append(pool.submit(fire.shoot, base, ear, shares, end))
        done += [pool.submit(fire.work, base, end) for _ in range(2)]
        for one in done:
            one.result()
    return fire


@pytest.mark.parametrize("seconds", [3, pytest.param(60, marks=pytest.mark.slow)])
def test_good_clients_get_their_answers_meanwhile(data: Path, ear: Ear, seconds: float) -> None:
    # A lookup has the time that it needs, however busy the machine is with other tests.
    patient = Limits(
        cpu_seconds=1, wall_seconds=4.0, memory=256 * MIB, quick_seconds=0.25, lone_seconds=0.25, rows=2000, bytes=MIB
    )
    with ready(data, patient) as alone:
        keeper = alone.keeper
        fire = under_fire(alone.base, ear, seconds)
        assert [came for came in fire.hostile if not came.is_right] == []
        assert set(fire.good) == {200}
        assert fire.good[200] > 10
        assert is_quiet(alone)
        assert (alone.process.poll(), alone.keeper, ear.calls) == (None, keeper, 0)


def test_a_child_that_is_killed_fails_its_own_question_alone(alone: Alone) -> None:
    with Endpoint(alone.base) as endpoint, ThreadPoolExecutor(1) as pool:
        assert is_quiet(alone)
        (spare,) = children(alone.keeper)
        asked = pool.submit(send, endpoint, ENDLESS)
        assert wait_until(lambda: len(children(alone.keeper)) == 2)
        os.kill(spare, signal.SIGKILL)
        reply = asked.result()
        assert (reply.status_code, reply.headers["content-type"]) == (503, "application/problem+json")
        assert send(endpoint, LOOKUP).status_code == 200
        assert is_quiet(alone)


def ask_without_end(alone: Alone, number: int) -> int:
    with Endpoint(alone.base) as endpoint:
        return send(endpoint, f"{ENDLESS}#{number}").status_code


def test_a_keeper_that_is_killed_comes_back_whole_and_pages_go_on(alone: Alone) -> None:
    with Endpoint(alone.base) as endpoint, ThreadPoolExecutor(4) as pool:
        before = send(endpoint, COUNT, "text/csv")
        keeper = alone.keeper
        # Two of four run, and two are made to wait in the middle of it.
        asked = [pool.submit(ask_without_end, alone, number) for number in range(4)]
        assert wait_until(lambda: len(children(keeper)) >= 4)
        below = alone.below
        os.kill(keeper, signal.SIGKILL)
        assert {one.result() for one in asked} == {503}
        replies, pages = [], []

        def is_back() -> bool:
            pages.append(endpoint.send(path="/claims.json").status_code)
            replies.append(send(endpoint, f"{COUNT}#{len(replies)}", "text/csv"))
            return replies[-1].status_code == 200

        assert wait_until(is_back)
        assert set(pages) == {200}
        assert {reply.status_code for reply in replies} <= {200, 503}
        # Nobody hears of an index that is only half made.
        assert {reply.headers["claimbase-seq"] for reply in replies if reply.status_code == 200} == {str(SEQ)}
        assert replies[-1].content == before.content
        assert alone.keeper != keeper
        assert wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in below))


def test_where_memory_runs_out_queries_go_before_the_server(alone: Alone) -> None:
    def score(pid: int) -> str:
        return Path(f"/proc/{pid}/oom_score_adj").read_text("ascii").strip()

    assert is_quiet(alone)
    assert [score(pid) for pid in children(alone.keeper)] == ["1000"]
    assert score(alone.keeper) == score(alone.process.pid) != "1000"


def test_a_server_that_is_killed_leaves_no_process(data: Path) -> None:
    # On a busy machine the server would else have stopped the question by the time it is killed.
    patient = replace(SMALL, cpu_seconds=60, wall_seconds=60.0)
    with ready(data, patient) as own, Endpoint(own.base) as endpoint, ThreadPoolExecutor(1) as pool:
        asked = pool.submit(send, endpoint, ENDLESS)
        assert wait_until(lambda: len(own.below) == 3)
        below = own.below
        own.process.kill()
        with pytest.raises(httpx.HTTPError):
            asked.result()
        assert wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in below))


def test_a_client_that_hangs_up_frees_its_lane(alone: Alone) -> None:
    assert is_quiet(alone)
    for number in range(6):
        with Endpoint(alone.base) as endpoint, pytest.raises(httpx.ReadTimeout):
            endpoint._client.get("/sparql", params={"query": f"{ENDLESS}#{number}"}, timeout=0.15)
    assert is_quiet(alone)
    with Endpoint(alone.base) as endpoint:
        assert send(endpoint, LOOKUP).status_code == 200
