"""Questions while the log goes on: no error, no half record, and no reader is taken back (RELIABILITY F9b)."""

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.following import Follower
from kb.db import open_reading_engine, reading, writing
from kb.log.read import read_head
from kb.projections.triples.index import Index
from kb.projections.triples.question import Question
from kb.settings import Settings
from tests.factories.documents import BASE, Entity
from tests.support.knowledge import Knowledge, publish_knowledge
from tests.support.processes import wait_until

READERS, QUESTIONS, VERSIONS = 4, 60, 40
# The log as the fixtures leave it: the claim is published as its last entry.
FIRST = 13
# What the log says is current, and what the default graph says of it, in one answer.
WHOLE = """
PREFIX dcat: <http://www.w3.org/ns/dcat#>
SELECT ?version ?mark (COUNT(*) AS ?n) {
  GRAPH <%(base)slog> { <%(claim)s> dcat:hasCurrentVersion ?version }
  ?s ?p ?o FILTER(ISLITERAL(?o) && STRSTARTS(STR(?o), "Version ")) BIND(STR(?o) AS ?mark)
} GROUP BY ?version ?mark
"""


@dataclass
class Reader:
    """One client; before each question it hears how far the log is."""

    index: Index
    claim: str
    head: Callable[[], int]
    positions: list[int] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)

    def read(self) -> None:
        query = WHOLE % {"base": BASE, "claim": self.claim}
        for number in range(QUESTIONS):
            least = self.head()
            answer = self.index.ask(Question(f"{query}#{number}", "json"), least).wait()
            assert answer.seq >= least
            self.positions.append(answer.seq)
            (row,) = json.loads(answer.body)["results"]["bindings"]
            version = answer.seq - FIRST + 1
            page = self.claim.removesuffix("#it")
            assert (row["version"]["value"], row["mark"]["value"]) == (f"{page}/v{version}", f"Version {version}")
            self.marks.add(row["n"]["value"])


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is waited for comes; on a busy machine it may take longer than a reader would wait."""
    monkeypatch.setattr("kb.projections.triples.index.WAIT_SECONDS", 30.0)


@pytest.fixture
def known(engine: Engine, tmp_path: Path) -> Knowledge:
    return publish_knowledge(engine, tmp_path)


@pytest.fixture
def claim(engine: Engine, known: Knowledge) -> Entity:
    made = known.world.claim()
    publish(engine, known, made, 1)
    return made


@pytest.fixture
def index(settings: Settings, claim: Entity, tmp_path: Path) -> Iterator[Index]:
    readers = open_reading_engine(settings)
    made = Index(readers, tmp_path / "triples", BASE)
    yield made
    made.stop()
    readers.dispose()


@pytest.fixture
def follower(index: Index) -> Iterator[Follower]:
    """As the app has it."""
    made = Follower("SPARQL index", index.look)
    index.wake = made.wake
    made.start()
    assert wait_until(lambda: index.state.ready)
    yield made
    made.stop()


def publish(engine: Engine, known: Knowledge, entity: Entity, version: int) -> None:
    """All that it says has the number of the version."""
    words = {"en": f"Version {version}"}
    aspects = [aspect | {"label": words} for aspect in entity["aspects"]]
    whole = entity | {"statement": words, "note": words, "aspects": aspects}
    change = "new" if version == 1 else "correction"
    with writing(engine) as session:
        known.world.press.publish(session, "claim", whole, change, "2026-11-28T09:00:00Z")


def head_of(engine: Engine) -> int:
    with reading(engine) as session:
        return read_head(session).seq


def asked(readers: Sequence[Reader]) -> int:
    return sum(len(reader.positions) for reader in readers)


def test_whoever_asks_while_it_is_published_gets_one_version_whole(
    index: Index, follower: Follower, engine: Engine, known: Knowledge, claim: Entity
) -> None:
    readers = [Reader(index, claim["@id"], lambda: head_of(engine)) for _ in range(READERS)]
    with ThreadPoolExecutor(READERS) as pool:
        reading_now = [pool.submit(reader.read) for reader in readers]
        for version in range(2, VERSIONS + 1):
            publish(engine, known, claim, version)
            goal = version * QUESTIONS * READERS // (VERSIONS + 1)
            # Else all would be published before the first answer.
            wait_until(lambda goal=goal: asked(readers) > goal or any(one.done() for one in reading_now))
        for one in reading_now:
            one.result()
    for reader in readers:
        assert len(reader.positions) == QUESTIONS
        assert reader.positions == sorted(reader.positions)
        assert len(reader.marks) == 1
    assert len({position for reader in readers for position in reader.positions}) >= 10
    assert (index.state.restarts, index.state.stopped) == (0, {})


def test_a_look_that_fails_is_tried_again(
    index: Index,
    follower: Follower,
    engine: Engine,
    known: Knowledge,
    claim: Entity,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    failed: list[int] = []
    real = index._next

    def fail_twice() -> object:
        if len(failed) < 2:
            failed.append(1)
            raise OSError("the database is away")
        return real()

    monkeypatch.setattr(index, "_next", fail_twice)
    publish(engine, known, claim, 2)
    follower.wake()
    assert wait_until(lambda: index.state.seq == 14)
    assert len(failed) == 2
    assert (index.state.restarts, index.state.why) == (0, "")
