"""The index over a real log: it answers in children, stops what runs away, and comes back when it is killed."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from kb.db import open_engine, open_reading_engine
from kb.projections.triples import feed, process
from kb.projections.triples.index import Index
from kb.projections.triples.limits import MIB, Limits
from kb.projections.triples.problems import BadQuery, Busy, NotAnswered, NotReady, Off, Stopped, TooMuch
from kb.projections.triples.question import Answer, Question
from kb.projections.triples.wire import Message
from kb.settings import Settings
from tests.factories.documents import BASE
from tests.support.databases import migrate, settings_for
from tests.support.knowledge import Knowledge, publish_knowledge
from tests.support.processes import children, wait_until

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
SORTED = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g"
ONE = "SELECT ?s { ?s ?p ?o } LIMIT 1"
SMALL = Limits(
    cpu_seconds=1, wall_seconds=1.0, memory=256 * MIB, quick_seconds=0.1, lone_seconds=0.1, rows=2000, bytes=MIB
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Knowledge]:
    """Processes know nothing of databases: one is enough for what they are tested for."""
    settings = settings_for(tmp_path_factory.mktemp("index"), None)
    migrate(settings)
    engine = open_engine(settings)
    known = publish_knowledge(engine, settings.data)
    engine.dispose()
    return settings, known


@contextmanager
def caught_up(settings: Settings, folder: Path, limits: Limits) -> Iterator[Index]:
    readers = open_reading_engine(settings)
    made = Index(readers, folder / "triples", BASE, limits=limits)
    assert made.look() == 13
    yield made
    made.stop()
    readers.dispose()


@pytest.fixture
def index(place: tuple[Settings, Knowledge], tmp_path: Path) -> Iterator[Index]:
    """With limits that a test can wait for."""
    with caught_up(place[0], tmp_path, SMALL) as made:
        yield made


@pytest.fixture
def patient(place: tuple[Settings, Knowledge], tmp_path: Path) -> Iterator[Index]:
    """It stops nothing by itself before a test has looked at it."""
    with caught_up(place[0], tmp_path, replace(SMALL, cpu_seconds=60, wall_seconds=60.0)) as made:
        yield made


@pytest.fixture
def known(place: tuple[Settings, Knowledge]) -> Knowledge:
    return place[1]


def ask(index: Index, query: str, form: str = "csv", at_least: int = -1) -> Answer:
    return index.ask(Question(query, form), at_least).wait()


def keeper_of(index: Index) -> int:
    assert index._process is not None
    return index._process.pid


def test_it_answers_in_every_form_and_says_where_it_stands(index: Index) -> None:
    assert ask(index, "SELECT (1 AS ?one) {}").body == b"one\r\n1\r\n"
    assert ask(index, "ASK { ?s ?p ?o }", "json").body == b'{"head":{},"boolean":true}'
    graph = ask(index, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 2", "nt")
    assert (graph.rows, graph.body.count(b" .\n"), graph.seq) == (2, 2, 12)
    state = index.state
    assert (state.seq, state.ready, state.home, state.why) == (12, True, "memory", "")
    assert state.quads > 1000
    assert state.memory > MIB


def test_where_it_cannot_catch_up_it_answers_as_it_is(index: Index) -> None:
    assert ask(index, ONE, at_least=99).seq == 12


def test_a_query_that_is_none_is_told_with_its_place(index: Index) -> None:
    with pytest.raises(BadQuery) as caught:
        ask(index, "SELECT ?s\nWHERE { ?s ?p }")
    assert caught.value.line == 2
    # Where the triple begins that has no object.
    assert caught.value.column == 9


def test_files_that_others_hand_over_at_the_same_moment_are_no_hindrance(index: Index) -> None:
    """They count for all processes of a user together (ETOOMANYREFS), also against a child that may open none."""
    one, other = socket.socketpair()
    with one, other:
        socket.send_fds(one, [b"on their way"], [one.fileno()] * 50)
        for _ in range(5):
            assert ask(index, ONE).rows == 1


@pytest.mark.parametrize(
    ("query", "form", "other"),
    [
        (r'SELECT ?c { BIND("a\u0008" AS ?c) }', "xml", "json"),
        (r'CONSTRUCT { <x:a> <x:b> ?c } { BIND("a\uFFFF" AS ?c) }', "rdf", "ttl"),
        ('CONSTRUCT { <x:a> <http://x.example/1> "a" } {}', "rdf", "nt"),
    ],
)
def test_what_xml_cannot_hold_is_told_and_given_in_another_form(
    query: str, form: str, other: str, index: Index
) -> None:
    with pytest.raises(NotAnswered, match="XML cannot hold"):
        ask(index, query, form)
    assert ask(index, query, other).rows == 1


def test_half_an_answer_is_never_given(index: Index) -> None:
    with pytest.raises(TooMuch) as rows:
        ask(index, "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 2001")
    assert rows.value.limit == "rows"
    assert ask(index, "SELECT ?a { ?a ?b ?c . ?d ?e ?f } LIMIT 2000").rows == 2000
    with pytest.raises(TooMuch) as size:
        ask(index, "SELECT ?a ?b ?c ?d ?e ?f { ?a ?b ?c . ?d ?e ?f } LIMIT 20000", "xml")
    assert size.value.limit == "bytes"
    with pytest.raises(TooMuch) as triples:
        ask(index, "CONSTRUCT { ?a ?b ?f } WHERE { ?a ?b ?c . ?d ?e ?f }", "nt")
    assert triples.value.limit == "rows"


def test_what_runs_away_is_stopped_and_the_next_one_answered(index: Index) -> None:
    for query, causes in ((ENDLESS, {"time"}), (SORTED, {"memory", "time"})):
        with pytest.raises(Stopped) as caught:
            ask(index, query)
        assert caught.value.cause in causes
    assert ask(index, ONE).rows == 1
    assert sum(index.state.stopped.values()) == 2
    assert wait_until(lambda: len(children(keeper_of(index))) == 1)


def test_quick_ones_find_a_lane_while_slow_ones_run_and_too_many_are_told(index: Index) -> None:
    problems: list[Exception] = []

    def run_away() -> None:
        try:
            ask(index, ENDLESS)
        except (Stopped, Busy) as problem:
            problems.append(problem)

    slow = [threading.Thread(target=run_away) for _ in range(20)]
    for thread in slow:
        thread.start()
    assert wait_until(lambda: len(problems) >= 1)
    for thread in slow:
        thread.join()
    busy = [problem for problem in problems if isinstance(problem, Busy)]
    assert len(problems) == 20
    assert busy
    assert all(problem.retry_after > 0 for problem in busy)
    assert ask(index, ONE).rows == 1
    assert wait_until(lambda: len(children(keeper_of(index))) == 1)


def test_a_question_that_is_given_up_leaves_no_process(index: Index) -> None:
    ticket = index.ask(Question(ENDLESS, "csv"))
    threading.Timer(0.2, ticket.cancel).start()
    with pytest.raises(Stopped) as caught:
        ticket.wait()
    assert caught.value.cause == "cancelled"
    assert wait_until(lambda: len(children(keeper_of(index))) == 1)


def test_no_child_is_made_ready_before_the_last_of_what_the_log_has(
    place: tuple[Settings, Knowledge], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more: list[object] = []
    tell = process.Process.tell

    def told(self: process.Process, message: Message, *files: int) -> None:
        more.extend(message[key] for key in message if key == "more")
        tell(self, message, *files)

    monkeypatch.setattr(process.Process, "tell", told)
    # A batch is one entry then.
    monkeypatch.setattr(feed, "MOST_BYTES", 0)
    with caught_up(place[0], tmp_path, SMALL) as made:
        assert more == [True] * 12 + [False]
        assert ask(made, ONE).seq == 12


def test_without_memory_nothing_is_started_and_whoever_asks_is_told(
    place: tuple[Settings, Knowledge], tmp_path: Path
) -> None:
    readers = open_reading_engine(place[0])
    none = Index(readers, tmp_path / "triples", BASE, memory=0)
    before = children(os.getpid())
    assert none.look() == 0
    assert none.state.off
    assert none.is_loaded(0)
    with pytest.raises(Off, match="CLAIMBASE_SPARQL_MEMORY is 0"):
        ask(none, ONE)
    with pytest.raises(BadQuery):
        ask(none, "SELEKT")
    assert children(os.getpid()) == before
    none.stop()
    readers.dispose()


def test_a_child_that_is_killed_fails_its_question_alone(patient: Index) -> None:
    idle = set(children(keeper_of(patient)))
    ticket = patient.ask(Question(ENDLESS, "csv"))
    told: list[Exception] = []

    def wait() -> None:
        try:
            ticket.wait()
        except Stopped as problem:
            told.append(problem)

    waiting = threading.Thread(target=wait)
    waiting.start()
    assert wait_until(lambda: len(children(keeper_of(patient))) == 2)
    killed = set(children(keeper_of(patient)))
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    waiting.join()
    # One that is handed a question while it is being killed would fail that question, too.
    assert wait_until(lambda: killed.isdisjoint(children(keeper_of(patient))))
    assert len(told) == 1
    assert ask(patient, ONE).rows == 1
    assert idle.isdisjoint(children(keeper_of(patient)))


def test_a_keeper_that_is_killed_is_started_again_and_never_goes_back(index: Index) -> None:
    assert ask(index, ONE).seq == 12
    before = keeper_of(index)
    spare = children(before)
    os.kill(before, signal.SIGKILL)
    with pytest.raises((NotReady, Stopped)):
        ask(index, ONE)
    assert wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in spare))
    assert index.look() == 13
    assert index.is_loaded(0)
    assert keeper_of(index) != before
    assert (ask(index, ONE).seq, index.state.restarts) == (12, 1)


def test_where_a_child_cannot_be_isolated_nothing_is_answered(
    place: tuple[Settings, Knowledge], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unable = (
        "import errno, json, sys; from kb.projections.triples import isolation, keeper\n"
        "def fail(): raise OSError(errno.EPERM, 'not permitted')\n"
        "keeper.isolate = fail; keeper.main(json.loads(sys.argv[1]))"
    )
    monkeypatch.setattr(process, "COMMAND", (sys.executable, "-c", unable))
    readers = open_reading_engine(place[0])
    index = Index(readers, tmp_path / "triples", BASE)
    assert index.look() == 0
    assert (index.state.off, index.state.ready) == (True, False)
    assert "not permitted" in index.state.why
    with pytest.raises(Off, match="not permitted"):
        index.ask(Question(ONE, "csv"))
    # It is not tried again and again.
    assert index.look() == 0
    index.stop()
    readers.dispose()


def test_no_process_reaches_the_network(index: Index) -> None:
    spaces = {Path(f"/proc/{pid}/ns/net").readlink() for pid in (keeper_of(index), *children(keeper_of(index)))}
    assert len(spaces) == 1
    assert Path("/proc/self/ns/net").readlink() not in spaces
    interfaces = Path(f"/proc/{keeper_of(index)}/net/dev").read_text("ascii").splitlines()[2:]
    assert [line.split(":")[0].strip() for line in interfaces] in ([], ["lo"])


def test_before_the_first_look_it_says_that_it_is_not_ready(place: tuple[Settings, Knowledge], tmp_path: Path) -> None:
    readers = open_reading_engine(place[0])
    index = Index(readers, tmp_path / "triples", BASE)
    with pytest.raises(NotReady):
        index.ask(Question(ONE, "csv"))
    index.stop()
    readers.dispose()


def test_what_else_is_made_waits_for_the_first_loading_alone(
    place: tuple[Settings, Knowledge], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "MOST_BYTES", 1)
    readers = open_reading_engine(place[0])
    index = Index(readers, tmp_path / "triples", BASE)
    fed, seen = Index._feed, []

    def feed_and_see(self: Index, process: process.Process, packed: bytes, *, more: bool) -> None:
        seen.append(self.is_loaded(0))
        fed(self, process, packed, more=more)

    monkeypatch.setattr(Index, "_feed", feed_and_see)
    assert not index.is_loaded(0)
    waited: list[bool] = []
    waiting = threading.Thread(target=lambda: waited.append(index.is_loaded(60)))
    waiting.start()
    index.look()
    waiting.join()
    assert (seen, waited) == ([False] * 13, [True])
    # An index that has ended, and is made again and again, holds up nothing.
    index._end_process()
    index.look()
    assert (seen[13:], index.state.restarts) == ([True] * 13, 1)
    index.stop()
    assert index.is_loaded(0)
    readers.dispose()


def test_a_server_that_is_killed_leaves_no_process(place: tuple[Settings, Knowledge], tmp_path: Path) -> None:
    serve = (
        "import sys, time; from pathlib import Path; from sqlalchemy import create_engine\n"
        "from kb.projections.triples.index import Index\n"
        f"index = Index(create_engine(sys.argv[1]), Path({str(tmp_path / 'triples')!r}), {BASE!r})\n"
        "index.look(); print(index._process.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", serve, place[0].database], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        keeper = int(server.stdout.readline())
        below = [keeper, *children(keeper)]
        server.kill()
        server.wait()
    assert wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in below))


def test_an_unknown_graph_of_the_protocol_is_told(index: Index, known: Knowledge) -> None:
    page = f"{BASE}claims/{known.claim}"
    inside = Question("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "csv", default_graphs=(f"{page}/v1",))
    assert index.ask(inside).wait().body != b"n\r\n0\r\n"
    only_named = Question("ASK { ?s ?p ?o }", "csv", named_graphs=(f"{page}/v1",))
    assert index.ask(only_named).wait().body == b"false"
    with pytest.raises(NotAnswered, match="There is no graph"):
        index.ask(Question(ONE, "csv", default_graphs=(f"{page}/v9",))).wait()
