"""The files are kept up with the log: made where it has moved, not too often, never half, never another log's."""

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from kb.db import open_reading_engine, writing
from kb.errors import Broken
from kb.projections.dumps import keeping
from kb.projections.dumps.keeping import GRACE, SOONEST, TIMES, Dumps
from kb.projections.dumps.manifest import NAME
from kb.settings import Settings
from tests.factories.documents import page
from tests.support.dumps_killed import MOMENTS
from tests.support.knowledge import Knowledge, publish_knowledge
from tests.support.removed import remove
from tests.support.statements import Statements
from tests.support.tamper import EDITION, changed, disarm, flipped

ENTRIES = 13


class Clock:
    """Stands still but when it is moved; each look at it may take time."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.step = 0.0

    def __call__(self) -> float:
        self.now += self.step
        return self.now


@pytest.fixture
def kb(engine: Engine, tmp_path: Path) -> Knowledge:
    return publish_knowledge(engine, tmp_path)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def readers(settings: Settings) -> Iterator[Engine]:
    opened = open_reading_engine(settings)
    yield opened
    opened.dispose()


@pytest.fixture
def dumps(readers: Engine, kb: Knowledge, tmp_path: Path, clock: Clock) -> Dumps:
    """Over a log of thirteen entries; nothing is made yet."""
    return Dumps(readers, tmp_path / "dumps", clock)


def publish_one_more(engine: Engine, kb: Knowledge, slug: str = "about") -> None:
    press = kb.world.press
    with writing(engine) as session:
        press.publish(session, "page", page(press.name("page", slug), "Invented"), issued="2026-11-28T09:00:00Z")


def folders(dumps: Dumps) -> list[str]:
    return sorted(one.name for one in dumps.folder.iterdir() if one.is_dir())


def test_the_first_look_makes_them_and_the_next_has_nothing_to_do(dumps: Dumps) -> None:
    assert dumps.newest() is None
    assert dumps.why
    assert dumps.look() == ENTRIES
    assert dumps.why == ""
    found = dumps.newest()
    assert found is not None
    assert found.seq == ENTRIES - 1
    assert dumps.look() == 0
    assert dumps.newest() == found


def test_they_are_not_made_too_often(engine: Engine, kb: Knowledge, dumps: Dumps, clock: Clock) -> None:
    clock.step = 1
    dumps.look()
    took = 1
    clock.step = 0
    publish_one_more(engine, kb)
    assert dumps.look() == 0
    clock.now += max(SOONEST, TIMES * took) - 1
    assert dumps.look() == 0
    clock.now += 1
    assert dumps.look() == ENTRIES + 1


def test_a_making_that_takes_no_time_is_still_followed_by_a_pause(
    engine: Engine, kb: Knowledge, dumps: Dumps, clock: Clock
) -> None:
    dumps.look()
    publish_one_more(engine, kb)
    clock.now += SOONEST - 1
    assert dumps.look() == 0
    clock.now += 1
    assert dumps.look() == ENTRIES + 1


def test_what_is_redacted_is_gone_at_once(engine: Engine, kb: Knowledge, dumps: Dumps) -> None:
    dumps.look()
    remove(engine, kb)
    assert dumps.look() == ENTRIES + 1


def test_a_look_with_nothing_to_do_asks_little(
    readers: Engine, dumps: Dumps, statements: Callable[[Engine], Statements]
) -> None:
    dumps.look()
    with statements(readers) as seen:
        dumps.look()
    assert len(seen) <= 4


def test_whoever_is_about_to_open_a_file_still_finds_it(
    engine: Engine, kb: Knowledge, dumps: Dumps, clock: Clock
) -> None:
    dumps.look()
    before = dumps.newest()
    assert before is not None
    publish_one_more(engine, kb)
    clock.now += SOONEST
    with dumps.place(before, "all.nq.gz").open("rb") as download:
        first = download.read(10)
        dumps.look()
        assert len(folders(dumps)) == 2
        assert dumps.look() == 0
        assert len(folders(dumps)) == 2
        long_ago = (dumps.folder / NAME).stat().st_mtime - GRACE
        os.utime(dumps.folder / NAME, (long_ago, long_ago))
        dumps.look()
        assert len(folders(dumps)) == 1
        assert len(first + download.read()) == before.files[8].bytes
    assert before.files[8].name == "all.nq.gz"


@pytest.mark.parametrize("manifest", [b"", b"{", b"null", b"[]", b'{"shape": 1}', b"\xff", None])
def test_a_manifest_that_cannot_be_read_is_made_again(dumps: Dumps, manifest: bytes | None) -> None:
    dumps.look()
    path = dumps.folder / NAME
    if manifest is None:
        path.unlink()
    else:
        path.write_bytes(manifest)
    assert dumps.newest() is None
    assert dumps.look() == ENTRIES
    assert dumps.newest() is not None
    assert len(folders(dumps)) == 1


def test_a_manifest_leads_to_no_other_folder(dumps: Dumps, tmp_path: Path) -> None:
    dumps.look()
    found = dumps.newest()
    assert found is not None
    (tmp_path / "other").mkdir()
    for folder in ("../other", str(tmp_path / "other"), "."):
        told = json.loads((dumps.folder / NAME).read_bytes()) | {"folder": folder}
        (dumps.folder / NAME).write_text(json.dumps(told))
        assert dumps.newest() is None, folder


def test_a_file_that_is_away_or_cut_off_is_made_again(dumps: Dumps) -> None:
    dumps.look()
    for harm in (os.remove, lambda path: os.truncate(path, 100)):
        found = dumps.newest()
        assert found is not None
        harm(dumps.place(found, "current.ttl.gz"))
        assert dumps.newest() is None
        assert dumps.look() == ENTRIES


def test_a_byte_that_is_another_is_noticed(dumps: Dumps, readers: Engine) -> None:
    dumps.look()
    found = dumps.newest()
    assert found is not None
    path = dumps.place(found, "all.nq.zst")
    path.write_bytes(flipped(path.read_bytes(), 1000))
    assert dumps.look() == ENTRIES
    # Also by a process that starts when the harm is done.
    path = dumps.place(dumps.newest() or found, "vocabulary.ttl")
    path.write_bytes(flipped(path.read_bytes(), 1000))
    assert Dumps(readers, dumps.folder).look() == ENTRIES


def test_they_are_read_once_and_not_at_every_look(
    dumps: Dumps, readers: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    dumps.look()
    read: list[Path] = []
    monkeypatch.setattr(keeping, "_sha256", lambda path: read.append(path) or "")
    dumps.look()
    assert read == []
    Dumps(readers, dumps.folder).look()
    assert len(read) == 1


def test_those_of_another_vocabulary_are_made_again(dumps: Dumps, monkeypatch: pytest.MonkeyPatch) -> None:
    dumps.look()
    monkeypatch.setattr(keeping, "vocabulary_sha256", lambda: "0" * 64)
    assert dumps.look() == ENTRIES


def test_those_of_another_log_are_not_shown_and_are_made_again(engine: Engine, kb: Knowledge, dumps: Dumps) -> None:
    """An older copy was recovered: it ends before the files, or has gone on in another way."""
    publish_one_more(engine, kb)
    assert dumps.look() == ENTRIES + 1
    disarm(engine)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM edition WHERE seq = 13"))
        end = connection.execute(text("SELECT leaf_hash, issued FROM edition WHERE seq = 12")).one()
        back = text("UPDATE log_head SET seq = 12, leaf_hash = :leaf_hash, time = :issued")
        connection.execute(back, {"leaf_hash": end.leaf_hash, "issued": end.issued})
    assert dumps.newest() is None
    assert dumps.look() == ENTRIES
    with changed(engine, EDITION, EDITION.c.seq == 12, leaf_hash="sha256:" + "0" * 64):
        assert dumps.newest() is None


def test_a_folder_that_cannot_be_written_to_is_said_and_what_is_there_is_served(
    engine: Engine,
    readers: Engine,
    kb: Knowledge,
    dumps: Dumps,
    tmp_path: Path,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    dumps.look()
    (tmp_path / "file").touch()
    nowhere = Dumps(readers, tmp_path / "file" / "dumps", clock)
    with caplog.at_level(logging.WARNING, "claimbase.dumps"):
        assert nowhere.look() == 0
        assert "cannot be written to" in nowhere.why
        assert nowhere.newest() is None
        clock.now += 1000
        assert nowhere.look() == 0
    assert len(caplog.records) == 1
    publish_one_more(engine, kb)
    dumps.folder.joinpath(".lock").unlink()
    dumps.folder.joinpath(".lock").mkdir()
    clock.now += 1000
    assert dumps.look() == 0
    assert "cannot be written to" in dumps.why
    found = dumps.newest()
    assert found is not None
    assert found.seq == ENTRIES - 1


def test_a_disk_that_is_full_leaves_what_was_there(
    engine: Engine, kb: Knowledge, dumps: Dumps, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    dumps.look()
    before = dumps.newest()
    publish_one_more(engine, kb)
    clock.now += SOONEST

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        assert dumps.look() == 0
    assert "No space left on device" in dumps.why
    assert (dumps.newest(), len(folders(dumps))) == (before, 1)
    assert dumps.look() == 0
    clock.now += SOONEST
    assert dumps.look() == ENTRIES + 1
    assert dumps.why == ""


def test_what_is_stored_broken_is_told_and_not_tried_all_the_time(
    engine: Engine, kb: Knowledge, dumps: Dumps, clock: Clock
) -> None:
    disarm(engine)
    with changed(engine, EDITION, EDITION.c.seq == 3, nquads=b"nothing packed"):
        with pytest.raises(Broken):
            dumps.look()
        assert "cannot be unpacked" in dumps.why
        assert folders(dumps) == []
        assert dumps.look() == 0
    clock.now += SOONEST
    assert dumps.look() == ENTRIES


def test_whoever_stops_it_leaves_nothing_behind(dumps: Dumps) -> None:
    dumps.stop()
    assert dumps.look() == 0
    assert folders(dumps) == []


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_an_error_on_the_way_leaves_what_was_there(dumps: Dumps, error: type[BaseException]) -> None:
    dumps.look()
    before = dumps.newest()

    def progress(done: int, _last: int) -> None:
        if done == 5:
            raise error

    with pytest.raises(error):
        dumps.make(progress)
    assert (dumps.newest(), len(folders(dumps))) == (before, 1)


def test_only_one_makes_them_at_a_time(dumps: Dumps, readers: Engine) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def progress(_done: int, _last: int) -> None:
        reached.set()
        go_on.wait(60)

    first = threading.Thread(target=dumps.make, args=(progress,))
    first.start()
    assert reached.wait(60)
    other = Dumps(readers, dumps.folder)
    try:
        assert other.look() == 0
        with pytest.raises(BlockingIOError):
            other.make(lambda _done, _last: None, wait=False)
        other.clear()
        assert len(folders(dumps)) == 1
    finally:
        go_on.set()
        first.join()
    assert dumps.newest() is not None
    assert other.make(lambda _done, _last: None).seq == ENTRIES - 1


def test_what_is_not_ours_is_left_alone(dumps: Dumps) -> None:
    (dumps.folder / "notes").mkdir(parents=True)
    (dumps.folder / "12-old").mkdir()
    dumps.look()
    assert "notes" in folders(dumps)
    assert "12-old" not in folders(dumps)


def test_killed_anywhere_the_old_or_the_new_is_there(settings: Settings, kb: Knowledge) -> None:
    command = [sys.executable, "-m", "tests.support.dumps_killed", settings.model_dump_json()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["moment"] for one in told] == list(MOMENTS)
    for one in told:
        assert one["killed"], one
        assert one["is_there"], one
        # A file that had not reached the disk would have to be made again by the next to look.
        assert one["looked"] == 0, one
        assert one["folders"] == 1, one
    assert [one["moment"] for one in told if not one["is_old"]] == ["sync 21", "after the switch"]
