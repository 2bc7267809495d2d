"""A child goes on with the questions of one client, and of no other: while it is quick, small, and of today's store."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from kb.db import open_engine, open_reading_engine, writing
from kb.projections.triples import process
from kb.projections.triples.index import Index
from kb.projections.triples.lanes import MOST_RESTING
from kb.projections.triples.limits import MIB, Limits
from kb.projections.triples.problems import NotAnswered, Stopped
from kb.projections.triples.question import Answer, Question
from kb.settings import Settings
from tests.factories.documents import BASE, topic
from tests.support.databases import migrate, settings_for
from tests.support.knowledge import Knowledge, publish_knowledge
from tests.support.processes import children, wait_until

ONE = "SELECT ?s { ?s ?p ?o } LIMIT 1"
# Some hundredths of a second.
DOUBLED = " ".join(f"BIND(CONCAT(?s{n}, ?s{n}) AS ?s{n + 1})" for n in range(23))
SLOW = f'SELECT (STRLEN(?s23) AS ?n) {{ BIND("x" AS ?s0) {DOUBLED} }}'
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LIMITS = Limits(cpu_seconds=1, wall_seconds=20.0, memory=256 * MIB, quick_seconds=20.0, lone_seconds=20.0)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = settings_for(tmp_path, None)
    migrate(made)
    return made


@pytest.fixture
def known(settings: Settings) -> Knowledge:
    engine = open_engine(settings)
    found = publish_knowledge(engine, settings.data)
    engine.dispose()
    return found


@contextmanager
def index_with(settings: Settings, limits: Limits) -> Iterator[Index]:
    readers = open_reading_engine(settings)
    made = Index(readers, settings.data / "triples", BASE, limits=limits)
    try:
        assert made.look() == 13
        yield made
    finally:
        made.stop()
        readers.dispose()


@pytest.fixture
def index(settings: Settings, known: Knowledge) -> Iterator[Index]:
    with index_with(settings, LIMITS) as made:
        yield made


def ask(index: Index, of: str, query: str = ONE, graphs: tuple[str, ...] = ()) -> Answer:
    return index.ask(Question(query, "csv", graphs), of=of).wait()


def processes(index: Index, number: int) -> set[int]:
    """Below the keeper, once there are as many: those that rest, and the one that is ready for whoever comes."""
    assert index._process is not None
    keeper = index._process.pid
    assert wait_until(lambda: len(children(keeper)) == number)
    return set(children(keeper))


def test_a_client_is_answered_by_one_process_and_another_client_by_another(index: Index) -> None:
    ask(index, "a")
    first = processes(index, 2)
    for _ in range(20):
        ask(index, "a")
    assert processes(index, 2) == first
    ask(index, "b")
    both = processes(index, 3)
    assert first < both
    ask(index, "a")
    ask(index, "b")
    assert processes(index, 3) == both


def test_whoever_is_not_known_has_a_process_for_each_question(index: Index) -> None:
    before = processes(index, 1)
    ask(index, "")
    assert before.isdisjoint(processes(index, 1))


def test_only_some_rest(index: Index) -> None:
    for number in range(MOST_RESTING + 3):
        ask(index, str(number))
    processes(index, MOST_RESTING + 1)


def test_once_the_store_is_another_nobody_goes_on(index: Index, known: Knowledge, settings: Settings) -> None:
    ask(index, "a")
    before = processes(index, 2)
    engine = open_engine(settings)
    press = known.world.press
    with writing(engine) as session:
        press.publish(session, "topic", topic(press.name("topic", "after"), "After"), issued="2026-11-28T09:00:00Z")
    engine.dispose()
    assert index.look() == 1
    assert ask(index, "a", f"ASK {{ <{BASE}topics/after#it> ?p ?o }}").body == b"true"
    assert before.isdisjoint(processes(index, 2))


def test_a_question_without_an_answer_is_the_last_one(index: Index) -> None:
    ask(index, "a")
    processes(index, 2)
    with pytest.raises(NotAnswered):
        ask(index, "a", graphs=("https://facts.example.org/nowhere",))
    processes(index, 1)


def test_whoever_was_slow_does_not_go_on(settings: Settings, known: Knowledge) -> None:
    with index_with(settings, replace(LIMITS, lone_seconds=0.001)) as index:
        ask(index, "a", SLOW)
        processes(index, 1)


def test_whoever_is_in_nobodys_way_stays_quick_for_longer(settings: Settings, known: Knowledge) -> None:
    with index_with(settings, replace(LIMITS, quick_seconds=0.001)) as index:
        ask(index, "a", SLOW)
        processes(index, 2)


def test_whoever_has_copied_much_of_the_store_does_not_go_on(
    settings: Settings, known: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where much is nothing: half a gigabyte that is touched is not worth a test."""
    strict = (
        "import json, sys; from kb.projections.triples import child, keeper\n"
        "child._GOES_ON_COPIED = 0; keeper.main(json.loads(sys.argv[1]))"
    )
    monkeypatch.setattr(process, "COMMAND", (sys.executable, "-c", strict))
    with index_with(settings, LIMITS) as index:
        before = processes(index, 1)
        ask(index, "a")
        assert before.isdisjoint(processes(index, 1))


def test_each_question_has_all_of_the_time_that_one_may_take(index: Index) -> None:
    for _ in range(3):
        ask(index, "a")
        with pytest.raises(Stopped) as caught:
            ask(index, "a", ENDLESS)
        assert caught.value.cause == "time"
    processes(index, 1)


@pytest.mark.slow
def test_a_client_who_asks_no_more_leaves_no_process(index: Index) -> None:
    ask(index, "a")
    processes(index, 2)
    processes(index, 1)
