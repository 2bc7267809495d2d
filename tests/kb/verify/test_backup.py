"""Backing up: one state of everything, while others write; whole and verified, or nothing."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import Engine

from kb.blobs import AlteredBlob
from kb.db import open_engine
from kb.errors import Broken, CannotStart
from kb.projections.follow import catch_up
from kb.settings import Settings
from kb.verify import postgres_tools
from kb.verify.backup import backup
from kb.verify.known import known_head
from kb.verify.manifest import Manifest
from kb.verify.recover import recover
from tests.factories.documents import TEXT_SHA
from tests.support.databases import Stock, settings_for
from tests.support.log_writer import publish
from tests.support.stored import digests, everything_stored, invent, sorted_export

ROOT = Path(__file__).parents[3]
WRITERS = 4


def silent(_done: int, _total: int | None) -> None:
    """Nobody watches."""


@pytest.fixture
def places(database_kind: str, stock: Callable[[str], Stock], tmp_path: Path) -> Iterator[Callable[[str], Settings]]:
    """Empty places to recover into, by name."""
    with ExitStack() as stack:

        def place(name: str) -> Settings:
            folder = tmp_path / name
            return settings_for(folder, stack.enter_context(stock(database_kind).blank(folder)))

        yield place


def test_what_comes_back_is_what_was_there(
    settings: Settings, engine: Engine, blank_settings: Settings, tmp_path: Path
) -> None:
    invent(settings, engine)
    catch_up(engine)
    made = backup(settings, engine, tmp_path / "copy", silent)
    assert recover(blank_settings, tmp_path / "copy", silent) == made
    assert everything_stored(blank_settings) == everything_stored(settings)
    assert (made.head.seq, made.counts.editions, made.counts.records, made.counts.files) == (4, 5, 5, 1)
    assert made.engine == engine.dialect.name
    assert made.base == "http://localhost:8000/"
    assert "5 editions of 5 records and 1 held file" in made.in_words()


def test_the_manifest_names_every_file(settings: Settings, engine: Engine, tmp_path: Path) -> None:
    invent(settings, engine)
    made = backup(settings, engine, tmp_path / "copy", silent)
    written = json.loads((tmp_path / "copy" / "manifest.json").read_text("utf-8"))
    assert Manifest.model_validate(written) == made
    found = {
        path.relative_to(tmp_path / "copy").as_posix() for path in (tmp_path / "copy").rglob("*") if path.is_file()
    }
    assert found == {file["path"] for file in written["files"]} | {"manifest.json"}
    assert f"blobs/{TEXT_SHA[:2]}/{TEXT_SHA}" in found


def test_an_empty_folder_is_taken_and_a_full_one_is_not(settings: Settings, engine: Engine, tmp_path: Path) -> None:
    invent(settings, engine)
    (tmp_path / "empty").mkdir()
    backup(settings, engine, tmp_path / "empty", silent)
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(CannotStart, match="something here already"):
        backup(settings, engine, tmp_path / "empty", silent)
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_place_that_cannot_be_written_to_is_one_clear_line(
    settings: Settings, engine: Engine, tmp_path: Path
) -> None:
    invent(settings, engine)
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(CannotStart, match="cannot be written") as error:
        backup(settings, engine, tmp_path / "file" / "copy", silent)
    assert "\n" not in str(error.value)


def test_stopped_at_any_step_it_leaves_nothing(settings: Settings, engine: Engine, tmp_path: Path) -> None:
    invent(settings, engine)
    (tmp_path / "backups").mkdir()
    for stop in range(1, 1000):
        steps = iter(range(1, stop))

        def advance(_done: int, _total: int | None, steps: Iterator[int] = steps) -> None:
            if next(steps, None) is None:
                raise KeyboardInterrupt

        try:
            backup(settings, engine, tmp_path / "backups" / "copy", advance)
        except KeyboardInterrupt:
            assert list((tmp_path / "backups").iterdir()) == []
        else:
            break
    assert stop > 2
    assert [path.name for path in (tmp_path / "backups").iterdir()] == ["copy"]


def test_held_bytes_that_are_altered_or_missing_are_named_and_nothing_is_written(
    settings: Settings, engine: Engine, tmp_path: Path
) -> None:
    invent(settings, engine)
    held = settings.blobs / TEXT_SHA[:2] / TEXT_SHA
    held.write_bytes(held.read_bytes()[:-1])
    with pytest.raises(AlteredBlob, match="not what they were"):
        backup(settings, engine, tmp_path / "copy", silent)
    held.unlink()
    with pytest.raises(Broken, match="no bytes are held") as error:
        backup(settings, engine, tmp_path / "copy", silent)
    assert "version 1" in error.value.where
    assert not (tmp_path / "copy").exists()


def test_the_head_is_remembered_beside_the_database(settings: Settings, engine: Engine, tmp_path: Path) -> None:
    invent(settings, engine)
    assert known_head(settings) is None
    made = backup(settings, engine, tmp_path / "copy", silent)
    assert known_head(settings) == made.head


def test_progress_is_told(settings: Settings, engine: Engine, tmp_path: Path) -> None:
    invent(settings, engine)
    told: list[tuple[int, int | None]] = []
    backup(settings, engine, tmp_path / "copy", lambda done, total: told.append((done, total)))
    assert told
    assert all(total is None or done <= total for done, total in told)


@pytest.mark.postgres
def test_without_pg_dump_there_is_one_line(cluster: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(postgres_tools, "DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotStart, match="pg_dump is not installed") as error:
        postgres_tools.program("pg_dump")
    assert "postgresql-client" in str(error.value)


def test_the_password_is_not_among_the_words_of_a_program() -> None:
    settings = settings_for(
        Path("var"), "postgresql+psycopg://anna:se%40cret@db.example.org:5433/facts?sslmode=require"
    )
    assert postgres_tools.address(settings) == "postgresql://anna@db.example.org:5433/facts?sslmode=require"


def test_under_four_writers_each_copy_is_one_state(
    settings: Settings, engine: Engine, places: Callable[[str], Settings], tmp_path: Path
) -> None:
    """RELIABILITY 6.9 and F15, the short form."""
    _back_up_while_writing(settings, engine, places, tmp_path, rounds=3)


@pytest.mark.slow
def test_under_four_writers_each_of_ten_copies_is_one_state(
    settings: Settings, engine: Engine, places: Callable[[str], Settings], tmp_path: Path
) -> None:
    """RELIABILITY 6.9 and F15."""
    _back_up_while_writing(settings, engine, places, tmp_path, rounds=10)


def _back_up_while_writing(
    settings: Settings, engine: Engine, places: Callable[[str], Settings], folder: Path, rounds: int
) -> None:
    invent(settings, engine)
    command = [sys.executable, "-m", "tests.support.log_writer", settings.model_dump_json()]
    with ExitStack() as stack:
        writers = [
            stack.enter_context(
                subprocess.Popen([*command, str(number), "100000", "0.2"], cwd=ROOT, stdout=subprocess.DEVNULL)
            )
            for number in range(WRITERS)
        ]
        stack.callback(lambda: [writer.kill() for writer in writers])
        _wait_for_writers(engine)
        made = [backup(settings, engine, folder / f"copy-{turn}", silent) for turn in range(rounds)]
        assert [writer.poll() for writer in writers] == [None] * WRITERS
    ends = [one.head.seq for one in made]
    assert ends == sorted(set(ends)), "writers went on between the copies"
    for turn, one in enumerate(made):
        place = places(f"place-{turn}")
        assert recover(place, folder / f"copy-{turn}", silent) == one
        _check_recovered(engine, place, one)


def _wait_for_writers(engine: Engine) -> None:
    while len(digests(engine)) < 5 + WRITERS:
        time.sleep(0.05)


def _check_recovered(engine: Engine, place: Settings, made: Manifest) -> None:
    """Digests, leaves and RDF are those of the source at that head, and the log goes on from there."""
    there = open_engine(place)
    try:
        assert digests(there) == digests(engine, made.head.seq)
        assert sorted_export(there, made.head.seq) == sorted_export(engine, made.head.seq)
        assert publish(there, "after").startswith(f"{made.head.seq + 1} ")
    finally:
        there.dispose()
