"""The index on disk is the index in memory, whoever is killed on the way, and is left only for a reason."""

import hashlib
import json
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import Engine

from kb.db import reading
from kb.projections.triples.disk import home as disk
from kb.projections.triples.disk.home import CannotKeep, DiskHome
from kb.projections.triples.disk.pointer import read_pointer, renew
from kb.projections.triples.disk.worker import Worker, WorkerLost
from tests.factories.documents import BASE
from tests.support.index_on_disk import (
    built,
    follow,
    fresh,
    log_of,
    publish_more,
    read,
    sessions_of,
)
from tests.support.knowledge import Knowledge, publish_knowledge
from tests.support.removed import remove

HEAD = 12
# What happens to files is the same over either database.
ONE_DATABASE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
# Nothing in it that a compressor could shorten.
SECRET = "Xq7vK0pZ4mWd9RtB2nHs"


@pytest.fixture
def kb(engine: Engine, tmp_path: Path) -> Knowledge:
    return publish_knowledge(engine, tmp_path)


@pytest.fixture
def home(engine: Engine, kb: Knowledge, tmp_path: Path) -> Iterator[DiskHome]:
    made = built(engine, tmp_path / "triples")
    yield made
    made.close()


def again(engine: Engine, home: DiskHome, tmp_path: Path) -> tuple[DiskHome, int | None]:
    """Another process' look at what this one has left, and at which entry it goes on."""
    home.close()
    other = DiskHome(tmp_path / "triples", BASE)
    with reading(engine) as session:
        at = other.usable(session)
    return other, None if at is None else at.seq


def read_current(home: DiskHome) -> list[str]:
    assert home.current is not None
    return read(home.current.path)


def test_it_holds_what_an_index_in_memory_holds(engine: Engine, home: DiskHome) -> None:
    assert home.current is not None
    assert (home.current.seq, home.current.quads) == (HEAD, len(fresh(engine)))
    assert read_current(home) == fresh(engine)


def test_made_again_it_has_the_same_digest(engine: Engine, home: DiskHome, kb: Knowledge) -> None:
    publish_more(engine, kb, 3)
    follow(home, engine)
    before = digest(read_current(home))
    assert home.build(sessions_of(engine), lambda _done, _of: None, lambda: False)
    assert digest(read_current(home)) == before == digest(fresh(engine))


def digest(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def test_it_follows_in_generations_that_stay_as_they_were(engine: Engine, home: DiskHome, kb: Knowledge) -> None:
    first = home.current
    publish_more(engine, kb, 2)
    follow(home, engine)
    assert home.current is not None
    assert first is not None
    assert (first.seq, home.current.seq) == (HEAD, HEAD + 2)
    assert read(home.current.path) == fresh(engine)
    assert read(first.path) == fresh(engine, HEAD)


@ONE_DATABASE
def test_nothing_new_makes_no_generation_nor_does_a_moment(
    engine: Engine, home: DiskHome, kb: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    # Of this module alone: the clock of the whole process is what servers beside this test sleep by.
    monkeypatch.setattr(disk, "time", SimpleNamespace(monotonic=lambda: now))
    with reading(engine) as session:
        assert home.generation(session) is None
    publish_more(engine, kb)
    follow(home, engine)
    publish_more(engine, kb)
    with reading(engine) as session:
        home.follow(log_of(engine, home.seq))
        assert home.generation(session) is None
        now += 0.3
        made = home.generation(session)
    assert made is not None
    assert made.seq == HEAD + 2


def test_a_later_start_goes_on_from_it(engine: Engine, home: DiskHome, kb: Knowledge, tmp_path: Path) -> None:
    publish_more(engine, kb)
    other, at = again(engine, home, tmp_path)
    assert (at, other.why, other.is_outdated) == (HEAD, "", False)
    follow(other, engine)
    assert read_current(other) == fresh(engine)
    other.close()


def test_entries_that_reached_no_generation_are_taken_in_again(
    engine: Engine, home: DiskHome, kb: Knowledge, tmp_path: Path
) -> None:
    publish_more(engine, kb, 3)
    home.follow(log_of(engine, home.seq)[:2])
    other, at = again(engine, home, tmp_path)
    assert at == HEAD
    follow(other, engine)
    assert read_current(other) == fresh(engine)
    other.close()


@ONE_DATABASE
def test_only_one_process_has_it(engine: Engine, home: DiskHome, tmp_path: Path) -> None:
    other = DiskHome(tmp_path / "triples", BASE)
    with reading(engine) as session:
        assert other.usable(session) is None
    assert other.why == "another process keeps its index there"
    with pytest.raises(CannotKeep, match="another process keeps its index there"):
        other.discard()
    assert read_current(home) == fresh(engine)


@ONE_DATABASE
def test_whoever_has_gone_back_to_memory_leaves_the_folder_to_others(
    engine: Engine, home: DiskHome, tmp_path: Path
) -> None:
    home.discard()
    other = DiskHome(tmp_path / "triples", BASE)
    assert other.build(sessions_of(engine), lambda _done, _of: None, lambda: False)
    assert read_current(other) == fresh(engine)
    # And has to wait for it, as everybody else.
    with pytest.raises(CannotKeep, match="another process keeps its index there"):
        home.build(sessions_of(engine), lambda _done, _of: None, lambda: False)
    other.close()


def write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


def changed(name: str, value: object) -> Callable[[Path], None]:
    """One field of the pointer."""

    def change(folder: Path) -> None:
        path = folder / "pointer.json"
        write(path, json.dumps(json.loads(path.read_text("utf-8")) | {name: value}))

    return change


UNUSABLE: dict[str, tuple[Callable[[Path], None], str]] = {
    "no pointer": (lambda folder: (folder / "pointer.json").unlink(), "there is none"),
    "empty pointer": (lambda folder: write(folder / "pointer.json", ""), "cannot be read"),
    "torn pointer": (lambda folder: write(folder / "pointer.json", '{"shape": "1'), "cannot be read"),
    "a list": (lambda folder: write(folder / "pointer.json", "[1]"), "cannot be read"),
    "a word for a number": (changed("seq", "12"), "has another form"),
    "a field too many": (changed("more", 1), "cannot be read"),
    "another shape": (changed("shape", "0-0"), "another version"),
    "another leaf": (changed("leaf", "0" * 64), "another log"),
    "an entry that is not there": (changed("seq", HEAD + 1), "another log"),
    "a new one asked for": (renew, "asked for"),
    "no generation of that name": (changed("generation", "12-7"), "failed"),
    "no generations": (lambda folder: shutil.rmtree(folder / "generations"), "failed"),
}


@ONE_DATABASE
@pytest.mark.parametrize("what", UNUSABLE)
def test_what_does_not_fit_is_not_used(what: str, engine: Engine, home: DiskHome, tmp_path: Path) -> None:
    change, why = UNUSABLE[what]
    home.close()
    change(tmp_path / "triples")
    other, at = again(engine, home, tmp_path)
    assert at is None
    assert why in other.why
    other.discard()
    assert not (tmp_path / "triples" / "generations").exists()
    assert other.build(sessions_of(engine), lambda _done, _of: None, lambda: False)
    assert read_current(other) == fresh(engine)
    other.close()


@ONE_DATABASE
def test_another_log_of_the_same_length_is_noticed(
    engine: Engine, home: DiskHome, kb: Knowledge, tmp_path: Path
) -> None:
    publish_more(engine, kb)
    follow(home, engine)
    pointer = read_pointer(tmp_path / "triples")
    home.close()
    assert pointer is not None
    # A generation of the entry before, under the name of the newest one, with the pointer as it was.
    generations = tmp_path / "triples" / "generations"
    shutil.rmtree(generations / pointer.generation)
    (generations / f"{HEAD}-1").rename(generations / pointer.generation)
    other, at = again(engine, home, tmp_path)
    assert (at, other.why) == (None, "it does not hold what its pointer says")
    other.close()


@ONE_DATABASE
def test_an_older_copy_of_all_of_it_is_followed_from_where_it_stands(
    engine: Engine, home: DiskHome, kb: Knowledge, tmp_path: Path
) -> None:
    home.close()
    shutil.copytree(tmp_path / "triples", tmp_path / "older")
    later, _at = again(engine, home, tmp_path)
    publish_more(engine, kb)
    follow(later, engine)
    later.close()
    shutil.rmtree(tmp_path / "triples")
    shutil.copytree(tmp_path / "older", tmp_path / "triples")
    other, at = again(engine, home, tmp_path)
    assert at == HEAD
    follow(other, engine)
    assert read_current(other) == fresh(engine)
    other.close()


@ONE_DATABASE
def test_a_building_that_is_stopped_leaves_no_index(engine: Engine, kb: Knowledge, tmp_path: Path) -> None:
    home = DiskHome(tmp_path / "triples", BASE)
    steps: list[tuple[int, int]] = []
    assert not home.build(sessions_of(engine), lambda done, of: steps.append((done, of)), lambda: True)
    assert steps == [(HEAD, HEAD)]
    other, at = again(engine, home, tmp_path)
    assert (at, other.why) == (None, "there is none")
    other.close()


def test_the_one_before_stays_readable_while_a_new_one_is_made(engine: Engine, home: DiskHome, tmp_path: Path) -> None:
    before = home.current
    assert before is not None
    renew(tmp_path / "triples")
    assert home.is_outdated
    seen: list[list[str]] = []
    assert home.build(sessions_of(engine), lambda _done, _of: seen.append(read(before.path)), lambda: False)
    assert seen == [fresh(engine)]
    assert not home.is_outdated
    assert home.current is not None
    assert home.current.path != before.path
    assert read_current(home) == fresh(engine)


@ONE_DATABASE
def test_a_process_that_is_killed_loses_nothing(engine: Engine, home: DiskHome, kb: Knowledge) -> None:
    publish_more(engine, kb)
    assert home._store is not None
    os.kill(home._store.pid, signal.SIGKILL)
    with pytest.raises(WorkerLost):
        follow(home, engine)
    assert read_current(home) == fresh(engine, HEAD)
    with reading(engine) as session:
        assert home.usable(session) is not None
    follow(home, engine)
    assert read_current(home) == fresh(engine)


@ONE_DATABASE
def test_a_disk_that_is_nearly_full_is_left_to_the_database(engine: Engine, kb: Knowledge, tmp_path: Path) -> None:
    home = DiskHome(tmp_path / "triples", BASE, least_free=2**62)
    with pytest.raises(CannotKeep, match="nearly full"):
        home.build(sessions_of(engine), lambda _done, _of: None, lambda: False)
    home.close()


@ONE_DATABASE
def test_a_folder_that_cannot_be_written_to_is_said(engine: Engine, kb: Knowledge, tmp_path: Path) -> None:
    (tmp_path / "triples").write_text("no folder", "utf-8")
    home = DiskHome(tmp_path / "triples", BASE)
    with reading(engine) as session:
        assert home.usable(session) is None
    assert "cannot be written to" in home.why
    with pytest.raises(CannotKeep, match="cannot be written to"):
        home.build(sessions_of(engine), lambda _done, _of: None, lambda: False)


def test_what_was_removed_from_the_log_asks_for_a_new_index(
    engine: Engine, home: DiskHome, kb: Knowledge, tmp_path: Path
) -> None:
    publish_more(engine, kb, words=SECRET)
    follow(home, engine)
    publish_more(engine, kb)
    follow(home, engine)
    assert found(SECRET, tmp_path / "triples")
    remove(engine, kb, version=3)
    follow(home, engine)
    assert not any(SECRET in line for line in read_current(home))
    assert found(SECRET, tmp_path / "triples")
    assert home.is_outdated
    home._generations._kept_seconds = 0.0
    assert home.build(sessions_of(engine), lambda _done, _of: None, lambda: False)
    home.sweep()
    assert not home.is_outdated
    assert read_current(home) == fresh(engine)
    assert found(SECRET, tmp_path / "triples") == []


def found(words: str, folder: Path) -> list[Path]:
    """The files that hold the words, in any of the forms that the engine might keep them in."""
    forms = [words.encode(), words.encode("utf-16-le"), words.lower().encode()]
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return [path for path in files if any(form in path.read_bytes() for form in forms)]


@ONE_DATABASE
def test_what_the_engine_says_of_files_is_not_for_everybody(engine: Engine, home: DiskHome, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "triples" / "generations")
    with reading(engine) as session:
        assert home.usable(session) is None
    assert home.why == "the index on disk failed"
    there = str(tmp_path / "none" / "there")
    with closing(Worker(disk.PROCESS, there, BASE)) as worker, pytest.raises(WorkerLost) as raised:
        worker.tell("begin")
    assert str(tmp_path) not in raised.value.what
    assert str(tmp_path) in raised.value.where
    # Of a store that has failed nothing is left: it might fill the disk.
    assert not (tmp_path / "triples" / "store").exists()
