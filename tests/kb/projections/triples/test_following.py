"""The index and the log behind it, on both databases: what is published is in the next answer."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from kb.db import open_reading_engine, writing
from kb.projections.triples import feed
from kb.projections.triples.index import Index
from kb.projections.triples.question import Answer, Question
from kb.settings import Settings
from tests.factories.documents import BASE, topic
from tests.support.knowledge import Knowledge, publish_knowledge
from tests.support.removed import remove
from tests.support.tamper import EDITION, disarm

COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"


@pytest.fixture
def known(engine: Engine, tmp_path: Path) -> Knowledge:
    return publish_knowledge(engine, tmp_path)


@pytest.fixture
def index(settings: Settings, known: Knowledge, tmp_path: Path) -> Iterator[Index]:
    readers = open_reading_engine(settings)
    made = Index(readers, tmp_path / "triples", BASE)
    yield made
    made.stop()
    readers.dispose()


def ask(index: Index, query: str, at_least: int = -1) -> Answer:
    return index.ask(Question(query, "csv"), at_least).wait()


def publish_topic(engine: Engine, known: Knowledge, slug: str) -> None:
    press = known.world.press
    with writing(engine) as session:
        press.publish(session, "topic", topic(press.name("topic", slug), slug.title()), issued="2026-11-28T09:00:00Z")


def test_what_is_published_is_in_the_next_answer(index: Index, engine: Engine, known: Knowledge) -> None:
    assert index.look() == 13
    looking = threading.Event()
    index.wake = looking.set
    follower = threading.Thread(target=lambda: looking.wait(5) and index.look())
    follower.start()
    publish_topic(engine, known, "after")
    query = f"ASK {{ <{BASE}topics/after#it> ?p ?o }}"
    answer = ask(index, query, at_least=13)
    follower.join()
    assert (answer.body, answer.seq) == (b"true", 13)


def test_small_batches_end_in_the_same(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    index.look()
    whole = ask(index, COUNT).body
    monkeypatch.setattr(feed, "MOST_BYTES", 1)
    index._leaf = "0" * 64
    # Another history: it is begun anew.
    assert index.look() == 13
    assert (ask(index, COUNT).body, index.state.restarts) == (whole, 1)


def test_what_was_removed_is_not_found_any_more(index: Index, engine: Engine, known: Knowledge) -> None:
    index.look()
    query = f"ASK {{ GRAPH <{BASE}claims/{known.claim}/v1> {{ ?s ?p ?o }} }}"
    assert ask(index, query).body == b"true"
    remove(engine, known)
    assert index.look() == 1
    assert ask(index, query).body == b"false"


def test_an_entry_that_cannot_be_read_stops_the_index_where_it_is_and_is_named(
    index: Index, engine: Engine, known: Knowledge
) -> None:
    index.look()
    publish_topic(engine, known, "torn")
    disarm(engine)
    with engine.begin() as connection:
        connection.execute(EDITION.update().where(EDITION.c.seq == 13).values(nquads=b"torn"))
    index.look()
    assert ask(index, COUNT).seq == 12
    assert index.state.seq == 12
    assert "entry 13" in index.state.why
