"""Queries that mean harm, put to the index: refused, stopped, or answered whole; and nothing is left of them."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from kb.db import open_engine, open_reading_engine
from kb.errors import Problem
from kb.projections.triples import index as index_module
from kb.projections.triples.index import Index
from kb.projections.triples.limits import MIB, Limits
from kb.projections.triples.precheck import check
from kb.projections.triples.problems import BadQuery, Misread, NotAnswered, Stopped, TooLong, TooMuch
from kb.projections.triples.question import Answer, Kind, Question, Read
from kb.settings import Settings
from tests.factories.documents import BASE
from tests.support.databases import migrate, settings_for
from tests.support.ears import Ear, listening
from tests.support.killers import KILLERS, Killer
from tests.support.knowledge import publish_knowledge
from tests.support.processes import children, wait_until

SMALL = Limits(
    cpu_seconds=1, wall_seconds=0.4, memory=256 * MIB, quick_seconds=0.1, lone_seconds=0.1, rows=2000, bytes=MIB
)
REFUSED = [killer for killer in KILLERS if killer.refused]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = settings_for(tmp_path_factory.mktemp("killers"), None)
    migrate(settings)
    engine = open_engine(settings)
    publish_knowledge(engine, settings.data)
    engine.dispose()
    return settings


@contextmanager
def opened(place: Settings, folder: Path, limits: Limits) -> Iterator[Index]:
    readers = open_reading_engine(place)
    index = Index(readers, folder, BASE, limits=limits)
    index.look()
    yield index
    index.stop()
    readers.dispose()


@pytest.fixture
def index(place: Settings, tmp_path: Path) -> Iterator[Index]:
    with opened(place, tmp_path, SMALL) as made:
        yield made


@pytest.fixture
def ear() -> Iterator[Ear]:
    with listening() as found:
        yield found


def put(index: Index, query: str, kind: Kind = Kind.SELECT) -> Answer | Problem:
    try:
        return index.ask(Question(query, "nt" if kind.gives_graph else "json")).wait()
    except Problem as problem:
        return problem


def put_all(index: Index, ear: Ear, killers: Sequence[Killer]) -> dict[Killer, Answer | Problem]:
    """Two at once, as there are two slow lanes."""
    with ThreadPoolExecutor(2) as pool:
        queries = [killer.calling(ear.address) for killer in killers]
        kinds = [Kind.CONSTRUCT if query.startswith(("CONSTRUCT", "DESCRIBE")) else Kind.SELECT for query in queries]
        return dict(zip(killers, pool.map(put, [index] * len(queries), queries, kinds), strict=True))


def is_whole(answer: Answer | Problem) -> bool:
    return isinstance(answer, Answer) and answer.rows <= SMALL.rows and len(answer.body) <= SMALL.bytes


def pid_of(index: Index) -> int:
    assert index._process is not None
    return index._process.pid


def nothing_is_left(index: Index) -> bool:
    """One child stands ready for the next question."""
    return wait_until(lambda: len(children(pid_of(index))) == 1)


def test_there_are_forty_and_more() -> None:
    assert len(KILLERS) >= 40
    assert len({killer.query for killer in KILLERS}) == len(KILLERS)


def test_each_is_refused_or_stopped_or_answered_whole(index: Index, ear: Ear) -> None:
    keeper = pid_of(index)
    came = put_all(index, ear, KILLERS)
    refused = {killer.name for killer, of in came.items() if isinstance(of, Misread | TooLong)}
    assert refused == {killer.name for killer in REFUSED}
    others = {killer.name: of for killer, of in came.items() if not killer.refused}
    bad = {name: of for name, of in others.items() if not (is_whole(of) or isinstance(of, Stopped | TooMuch))}
    assert bad == {}
    # Some of them do burn: a test in which all were answered would have shown nothing.
    assert len([of for of in others.values() if isinstance(of, Stopped) and of.cause == "time"]) >= 5
    assert nothing_is_left(index)
    assert (pid_of(index), index.state.restarts, ear.calls) == (keeper, 0, 0)
    assert is_whole(put(index, "SELECT ?s { ?s ?p ?o } LIMIT 1"))


@pytest.mark.parametrize("name", ["strings that double", "a sorted cross product"])
def test_what_takes_too_much_memory_is_stopped_for_that(place: Settings, tmp_path: Path, name: str) -> None:
    patient = Limits(cpu_seconds=60, wall_seconds=60, memory=64 * MIB)
    query = next(killer.query for killer in KILLERS if killer.name == name)
    with opened(place, tmp_path, patient) as index:
        stopped = put(index, query)
        assert isinstance(stopped, Stopped)
        assert stopped.cause == "memory"
        assert nothing_is_left(index)
        assert index.state.stopped == {"memory": 1}


def test_without_the_look_beforehand_they_still_do_no_harm(
    index: Index, ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pass_all(_query: str, _limits: Limits) -> Read:
        return Read(Kind.SELECT, names_graphs=False)

    monkeypatch.setattr(index_module, "check", pass_all)
    keeper = pid_of(index)
    came = put_all(index, ear, REFUSED)
    known = BadQuery | NotAnswered | Stopped | TooMuch
    assert {killer.name: of for killer, of in came.items() if not (is_whole(of) or isinstance(of, known))} == {}
    assert any(isinstance(of, Stopped) and of.cause == "crash" for of in came.values())
    assert nothing_is_left(index)
    assert (pid_of(index), index.state.restarts, ear.calls) == (keeper, 0, 0)


@pytest.mark.parametrize("killer", REFUSED, ids=lambda killer: killer.name)
def test_what_is_refused_says_why_and_what_to_do(killer: Killer) -> None:
    with pytest.raises((Misread, TooLong)) as caught:
        check(killer.query, SMALL)
    assert caught.value.remedy
    assert len(str(caught.value)) < 300
