"""The index that has moved to disk: asked all the while, started again, broken in every way, never behind itself."""

import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from kb.db import open_reading_engine
from kb.errors import Problem
from kb.projections.triples.disk import policy
from kb.projections.triples.disk.pointer import read_pointer, renew
from kb.projections.triples.index import Index
from kb.projections.triples.question import Question
from kb.settings import Settings
from tests.factories.documents import BASE
from tests.support.index_on_disk import fresh, publish_more, publish_topic, read
from tests.support.knowledge import Knowledge, publish_knowledge

HEAD = 12
QUESTIONS, SWITCHES = 200, 5
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
# How far the log reaches, and how many entries there are up to there: both say the position that an answer has.
SEQS = (
    "SELECT (MAX(?n) AS ?last) (COUNT(DISTINCT ?e) AS ?all) { GRAPH ?g { ?e <https://w3id.org/claimbase/ns#seq> ?n } }"
)


@pytest.fixture
def database_kind() -> str:
    """What happens to files and processes is the same over either database."""
    return "sqlite"


@pytest.fixture
def known(engine: Engine, tmp_path: Path) -> Knowledge:
    return publish_knowledge(engine, tmp_path)


@pytest.fixture
def readers(settings: Settings, known: Knowledge) -> Iterator[Engine]:
    opened = open_reading_engine(settings)
    yield opened
    opened.dispose()


@pytest.fixture
def start(readers: Engine, tmp_path: Path) -> Iterator[Callable[..., Index]]:
    """Start an index as a server does; `small`: with so little memory that it lives on disk."""
    made: list[Index] = []

    def begin(*, small: bool = True) -> Index:
        for index in made:
            index.stop()
        made.append(Index(readers, tmp_path / "triples", BASE, memory=1 if small else 3072))
        return made[-1]

    yield begin
    for index in made:
        index.stop()


def ask(index: Index, query: str = COUNT, at_least: int = -1) -> tuple[list[str], int]:
    """The only row, and the position of the answer."""
    answer = index.ask(Question(query, "csv"), at_least).wait()
    return answer.body.decode().split("\r\n")[1].split(","), answer.seq


def stands(index: Index, engine: Engine, folder: Path) -> None:
    """It lives on disk, and holds what an index made from nothing holds."""
    state = index.state
    assert (state.home, state.ready, state.why) == ("disk", True, "")
    pointer = read_pointer(folder / "triples")
    assert pointer is not None
    assert pointer.seq == state.seq
    assert read(folder / "triples" / "generations" / pointer.generation) == fresh(engine)


def test_with_too_little_memory_it_lives_on_disk(start: Callable[..., Index], engine: Engine, tmp_path: Path) -> None:
    index = start()
    assert index.look() == HEAD + 1
    stands(index, engine, tmp_path)
    assert ask(index, SEQS) == ([str(HEAD), str(HEAD + 1)], HEAD)


def test_both_homes_answer_the_same(start: Callable[..., Index]) -> None:
    small = start()
    small.look()
    on_disk = ask(small)
    large = start(small=False)
    large.look()
    assert large.state.home == "disk"
    large.stop()
    shutil.rmtree(Path(large._folder))
    large = start(small=False)
    large.look()
    assert large.state.home == "memory"
    assert ask(large) == on_disk
    # In memory it leaves nothing behind.
    assert not Path(large._folder).exists()


def test_it_moves_while_it_is_asked(
    start: Callable[..., Index], engine: Engine, known: Knowledge, tmp_path: Path
) -> None:
    index = start(small=False)
    index.look()
    assert index.state.home == "memory"
    publish_more(engine, known, 3)
    index._room.most = index.state.memory
    with asked_meanwhile(index) as seen:
        index.look()
        seen.wait_for_more()
    stands(index, engine, tmp_path)
    assert {HEAD, HEAD + 3} <= set(seen.positions) <= set(range(HEAD, HEAD + 4))


def test_generations_switch_under_two_hundred_questions(
    start: Callable[..., Index], engine: Engine, known: Knowledge, tmp_path: Path
) -> None:
    index = start()
    index.look()
    with asked_meanwhile(index) as seen:
        for number in range(QUESTIONS):
            if seen.faults or (len(seen.positions) >= QUESTIONS and len(set(seen.positions)) > SWITCHES):
                break
            publish_topic(engine, known, number)
            index.look()
            seen.wait_for_more()
    stands(index, engine, tmp_path)
    assert len(seen.positions) >= QUESTIONS
    assert len(set(seen.positions)) > SWITCHES


class Seen:
    """Questions asked one after the other in another thread, as one client would."""

    def __init__(self, index: Index) -> None:
        self.positions: list[int] = []
        self.faults: list[object] = []
        self._index = index
        self._ending = threading.Event()
        self._more = threading.Condition()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> "Seen":
        self._thread.start()
        self.wait_for_more()
        return self

    def __exit__(self, *_raised: object) -> None:
        self._ending.set()
        self._thread.join()
        assert self.faults == []
        assert self.positions == sorted(self.positions)

    def wait_for_more(self) -> None:
        """Questions that are asked from now on."""
        with self._more:
            count = len(self.positions)
            assert self._more.wait_for(lambda: len(self.positions) > count + 2 or self.faults, 30)

    def _run(self) -> None:
        while not self._ending.is_set():
            try:
                row, seq = ask(self._index, SEQS)
            except Exception as error:  # noqa: BLE001
                # Whatever it is, the test is to name it.
                self.faults.append(error)
                return
            if row != [str(seq), str(seq + 1)]:
                self.faults.append((row, seq))
            with self._more:
                self.positions.append(seq)
                self._more.notify_all()


def asked_meanwhile(index: Index) -> Seen:
    return Seen(index)


def test_a_later_start_uses_it_at_once(
    start: Callable[..., Index], engine: Engine, known: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start().look()
    publish_more(engine, known)
    index = start(small=False)
    monkeypatch.setattr(index._disk._home, "build", None)
    index.look()
    stands(index, engine, tmp_path)
    assert ask(index, SEQS) == ([str(HEAD + 1), str(HEAD + 2)], HEAD + 1)


def test_whoever_dies_is_started_again(
    start: Callable[..., Index], engine: Engine, known: Knowledge, tmp_path: Path
) -> None:
    index = start()
    index.look()
    for number in range(3):
        publish_more(engine, known)
        victim = [index._disk._home._store, index._process][number % 2]
        assert victim is not None
        os.kill(victim.pid, signal.SIGKILL)
        for _ in range(3):
            index.look()
        stands(index, engine, tmp_path)
        assert ask(index, SEQS)[1] == HEAD + 1 + number


def test_a_store_that_fails_again_and_again_is_made_anew(
    start: Callable[..., Index],
    engine: Engine,
    known: Knowledge,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    index = start()
    index.look()
    home = index._disk._home
    publish_more(engine, known)
    follow = home.follow
    failures = iter(range(2))

    def fail(batch: object) -> None:
        if next(failures, None) is not None:
            assert home._store is not None
            home._store.close()
        follow(batch)  # type: ignore[arg-type]  # handed on as it is

    monkeypatch.setattr(home, "follow", fail)
    before = home.current
    for _ in range(2):
        index.look()
        assert ask(index, SEQS)[1] == HEAD
    index.look()
    assert before is not None
    pointer = read_pointer(tmp_path / "triples")
    assert pointer is not None
    assert pointer.first > 1
    stands(index, engine, tmp_path)


def test_an_index_that_was_asked_for_anew(
    start: Callable[..., Index], engine: Engine, known: Knowledge, tmp_path: Path
) -> None:
    index = start()
    index.look()
    renew(tmp_path / "triples")
    with asked_meanwhile(index):
        index.look()
    stands(index, engine, tmp_path)
    pointer = read_pointer(tmp_path / "triples")
    assert pointer is not None
    assert (pointer.generation, pointer.first) == (f"{HEAD}-2", 2)


def test_another_log_than_the_one_that_was_followed_is_noticed(
    start: Callable[..., Index], engine: Engine, tmp_path: Path
) -> None:
    index = start()
    index.look()
    home = index._disk._home
    assert home._pointer is not None
    home._pointer = replace(home._pointer, leaf="0" * 64)
    assert index.look() == HEAD + 1
    stands(index, engine, tmp_path)


def test_so_is_one_in_memory(start: Callable[..., Index], tmp_path: Path) -> None:
    index = start(small=False)
    index.look()
    assert index.look() == 0
    renew(tmp_path / "triples")
    assert index.look() == HEAD + 1
    assert ask(index, SEQS)[1] == HEAD


def test_without_a_place_on_disk_it_answers_as_far_as_memory_goes(
    start: Callable[..., Index],
    engine: Engine,
    known: Knowledge,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "triples").write_text("no folder", "utf-8")
    index = start(small=False)
    index.look()
    publish_more(engine, known)
    index._room.most = index.state.memory
    assert index.look() == 0
    state = index.state
    assert (state.home, state.ready, state.seq) == ("memory", True, HEAD)
    assert "it cannot be kept on disk: it cannot be written to" in state.why
    assert ask(index, SEQS, HEAD + 1) == ([str(HEAD), str(HEAD + 1)], HEAD)
    (tmp_path / "triples").unlink()
    assert index.look() == 0
    monkeypatch.setattr(policy, "RETRY_SECONDS", 0.0)
    index._disk._not_before = 0.0
    assert index.look() == 1
    stands(index, engine, tmp_path)


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    # The middle of it: of a table of the engine, that is in a block that every reader needs.
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def largest(folder: Path, pattern: str) -> Path:
    return max(folder.glob(pattern), key=lambda path: path.stat().st_size)


def all_tables(change: Callable[[Path], None]) -> Callable[[Path], None]:
    def do(generation: Path) -> None:
        for path in generation.glob("*.sst"):
            change(path)

    return do


BREAK: dict[str, Callable[[Path], None]] = {
    "a bit of each table": all_tables(flip),
    "half of each table": all_tables(lambda path: os.truncate(path, path.stat().st_size // 2)),
    "empty tables": all_tables(lambda path: os.truncate(path, 0)),
    "no tables": all_tables(Path.unlink),
    "no CURRENT": lambda generation: (generation / "CURRENT").unlink(),
    "a bit of CURRENT": lambda generation: flip(generation / "CURRENT"),
    "a bit of the manifest": lambda generation: flip(largest(generation, "MANIFEST*")),
    "half of the manifest": lambda generation: os.truncate(largest(generation, "MANIFEST*"), 40),
    "no folder": shutil.rmtree,
}


QUICK = [
    ("a bit of each table", "while it is asked"),
    ("no CURRENT", "while it is asked"),
    ("half of each table", "between two starts"),
    ("a bit of the manifest", "between two starts"),
]
ALL = [(what, when) for what in BREAK for when in ("while it is asked", "between two starts")]


@pytest.mark.parametrize(
    ("what", "when"), [pytest.param(*one, marks=() if one in QUICK else pytest.mark.slow) for one in ALL]
)
def test_what_is_broken_is_made_anew(
    what: str, when: str, start: Callable[..., Index], engine: Engine, tmp_path: Path
) -> None:
    index = start()
    index.look()
    pointer = read_pointer(tmp_path / "triples")
    assert pointer is not None
    if when == "between two starts":
        index.stop()
    BREAK[what](tmp_path / "triples" / "generations" / pointer.generation)
    if when == "between two starts":
        index = start()
    for _ in range(3):
        with_fault_or_not(index)
        index.look()
    stands(index, engine, tmp_path)
    assert ask(index, SEQS) == ([str(HEAD), str(HEAD + 1)], HEAD)


def with_fault_or_not(index: Index) -> None:
    """A question that reads everything; an answer is whole, or there is none."""
    try:
        row, seq = ask(index, SEQS)
    except Problem:
        return
    assert row == [str(seq), str(seq + 1)]
