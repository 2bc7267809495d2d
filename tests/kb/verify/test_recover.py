"""Recovering: into an empty place, from a copy that is whole, and no older than what was seen here."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, inspect

from kb.db import open_engine
from kb.db.migrate import current, downgrade
from kb.db.migrate import head as newest
from kb.errors import CannotStart, Problem
from kb.settings import Settings
from kb.verify.backup import backup
from kb.verify.known import AnotherLog, OlderThanKnown, known_head, remember_head
from kb.verify.manifest import AlteredCopy, HeadAt, Manifest, NotACopy, make_manifest, read_manifest
from kb.verify.recover import recover
from tests.factories.documents import TEXT_SHA
from tests.support.databases import Stock, settings_for
from tests.support.log_writer import publish
from tests.support.stored import digests, everything_stored, invent


def silent(_done: int, _total: int | None) -> None:
    """Nobody watches."""


@pytest.fixture
def copy(settings: Settings, engine: Engine, tmp_path: Path) -> Path:
    """A backup."""
    invent(settings, engine)
    backup(settings, engine, tmp_path / "copy", silent)
    return tmp_path / "copy"


def is_empty(settings: Settings) -> bool:
    """No table, and of SQLite no file."""
    if settings.database.startswith("sqlite"):
        return not [path for path in settings.data.glob("**/*") if "claimbase.db" in path.name]
    engine = open_engine(settings)
    try:
        return inspect(engine).get_table_names() == []
    finally:
        engine.dispose()


def refuse(settings: Settings, folder: Path, kind: type[Problem], words: str) -> None:
    with pytest.raises(kind, match=words) as error:
        recover(settings, folder, silent)
    assert "\n" not in str(error.value)
    assert is_empty(settings)


def test_one_byte_flipped_anywhere_in_the_manifest_is_seen(copy: Path) -> None:
    data = (copy / "manifest.json").read_bytes()
    for at in range(len(data)):
        (copy / "manifest.json").write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        with pytest.raises(AlteredCopy):
            read_manifest(copy)


def test_one_byte_flipped_in_any_file_is_refused_and_named(copy: Path, blank_settings: Settings) -> None:
    for file in read_manifest(copy).files:
        path = copy / file.path
        data = path.read_bytes()
        for at in (0, len(data) // 3, len(data) - 1):
            path.write_bytes(data[:at] + bytes([data[at] ^ 64]) + data[at + 1 :])
            refuse(blank_settings, copy, AlteredCopy, path.name)
        path.write_bytes(data)
    recover(blank_settings, copy, silent)


def test_a_torn_or_incomplete_copy_is_refused(copy: Path, blank_settings: Settings) -> None:
    database, held = copy / read_manifest(copy).database.path, copy / "blobs" / TEXT_SHA[:2] / TEXT_SHA
    whole, words = database.read_bytes(), held.read_bytes()
    database.write_bytes(whole[:-100])
    refuse(blank_settings, copy, AlteredCopy, "bytes, not")
    database.unlink()
    refuse(blank_settings, copy, AlteredCopy, "is missing")
    database.write_bytes(whole)
    held.unlink()
    refuse(blank_settings, copy, AlteredCopy, "is missing")
    held.write_bytes(words)
    (copy / "more").write_bytes(b"")
    refuse(blank_settings, copy, AlteredCopy, "does not have this file")
    (copy / "more").unlink()
    (copy / "manifest.json").unlink()
    refuse(blank_settings, copy, NotACopy, "no manifest")


def test_a_manifest_that_was_made_to_fit_another_database_is_found_by_reading(
    settings: Settings, engine: Engine, copy: Path, blank_settings: Settings
) -> None:
    made = read_manifest(copy)
    _remake(copy, made, head={"seq": made.head.seq, "leaf_hash": "0" * 64})
    refuse(blank_settings, copy, AlteredCopy, "does not end where its manifest says")


def test_a_copied_file_of_a_database_in_use_is_no_backup(
    settings: Settings, engine: Engine, blank_settings: Settings, tmp_path: Path
) -> None:
    invent(settings, engine)
    folder = tmp_path / "copied"
    folder.mkdir()
    for path in settings.data.glob("claimbase.db*"):
        shutil.copy(path, folder)
    refuse(blank_settings, folder, NotACopy, "no manifest")
    (folder / "claimbase.db").touch()
    refuse(blank_settings, folder / "claimbase.db", NotACopy, "still in its journal")
    refuse(blank_settings, tmp_path / "nowhere", NotACopy, "no manifest")


def test_a_place_with_a_database_is_left_alone(settings: Settings, engine: Engine, copy: Path) -> None:
    publish(engine, "later")
    before = everything_stored(settings)
    with pytest.raises(CannotStart, match="already"):
        recover(settings, copy, silent)
    assert everything_stored(settings) == before


def test_an_older_copy_than_what_was_seen_here_is_refused(
    settings: Settings, engine: Engine, copy: Path, blank_settings: Settings, tmp_path: Path
) -> None:
    """The database is lost, its data folder is not."""
    publish(engine, "later")
    newer = backup(settings, engine, tmp_path / "newer", silent)
    lost = blank_settings.model_copy(update={"data": tmp_path / "left"})
    remember_head(lost, newer.head)
    refuse(lost, copy, OlderThanKnown, "ends with edition 4, but edition 5 was seen here")
    assert recover(lost, tmp_path / "newer", silent) == newer
    assert known_head(lost) == newer.head


def test_a_copy_of_another_history_is_refused(copy: Path, blank_settings: Settings) -> None:
    blank_settings.data.mkdir(parents=True, exist_ok=True)
    remember_head(blank_settings, HeadAt(seq=3, leaf_hash="0" * 64))
    refuse(blank_settings, copy, AnotherLog, "another history")


def test_a_newer_copy_than_what_was_seen_here_is_taken(
    settings: Settings, engine: Engine, copy: Path, blank_settings: Settings
) -> None:
    blank_settings.data.mkdir(parents=True, exist_ok=True)
    remember_head(blank_settings, HeadAt(seq=3, leaf_hash=digests(engine)[3].split()[2]))
    made = recover(blank_settings, copy, silent)
    assert known_head(blank_settings) == made.head


def test_a_copy_of_a_newer_schema_is_refused(copy: Path, blank_settings: Settings) -> None:
    _remake(copy, read_manifest(copy), schema_revision="9999")
    refuse(blank_settings, copy, CannotStart, "schema 9999")


def test_a_copy_of_an_older_schema_is_brought_up(
    settings: Settings, engine: Engine, blank_settings: Settings, tmp_path: Path
) -> None:
    invent(settings, engine)
    downgrade(engine, "0001")
    made = backup(settings, engine, tmp_path / "copy", silent)
    assert made.schema_revision == "0001"
    recover(blank_settings, tmp_path / "copy", silent)
    there = open_engine(blank_settings)
    assert current(there) == newest()
    assert digests(there) == digests(engine)
    there.dispose()


def test_a_copy_of_the_other_kind_of_database_is_refused(copy: Path, database_kind: str, tmp_path: Path) -> None:
    other = "postgresql://nobody@localhost/nowhere" if database_kind == "sqlite" else None
    with pytest.raises(CannotStart, match="and the database that is set is"):
        recover(settings_for(tmp_path / "other", other), copy, silent)


def test_stopped_it_leaves_no_database(copy: Path, blank_settings: Settings) -> None:
    for stop in range(1, 1000):
        left = [stop]

        def advance(_done: int, _total: int | None, left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] == 0:
                raise KeyboardInterrupt

        try:
            recover(blank_settings, copy, advance)
        except KeyboardInterrupt:
            assert is_empty(blank_settings)
        else:
            break
    assert stop > 2
    assert not is_empty(blank_settings)


def test_the_journal_of_a_lost_database_is_not_played_into_the_copy(
    stock: Callable[[str], Stock], tmp_path: Path
) -> None:
    with stock("sqlite").migrated(tmp_path / "var"):
        settings = settings_for(tmp_path / "var", None)
        engine = open_engine(settings)
        invent(settings, engine)
        backup(settings, engine, tmp_path / "copy", silent)
        engine.dispose()
    place = settings_for(tmp_path / "place", None)
    place.data.mkdir()
    left = place.data / "claimbase.db-wal"
    left.write_bytes(b"pages of a database that is gone")
    with pytest.raises(CannotStart, match="journal of a database that is gone"):
        recover(place, tmp_path / "copy", silent)
    left.unlink()
    recover(place, tmp_path / "copy", silent)
    assert sorted(path.name for path in place.data.iterdir()) == ["blobs", "claimbase.db", "known-head.json"]
    with closing(sqlite3.connect(place.data / "claimbase.db")) as database:
        assert database.execute("SELECT count(*) FROM edition").fetchone() == (5,)


def _remake(folder: Path, made: Manifest, **changes: Any) -> None:
    """The manifest of somebody who knows how it is made."""
    (folder / "manifest.json").unlink()
    facts = made.model_dump(exclude={"type", "files", "digest"})
    make_manifest(folder, facts | changes)
