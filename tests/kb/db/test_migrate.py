"""Schema at start: what is upgraded, what is refused, and with which words."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text

from kb.db import open_engine, open_reading_engine
from kb.db.migrate import check_schema, current, downgrade, head, revisions, upgrade
from kb.errors import CannotStart
from kb.settings import Settings


@pytest.fixture
def blank(blank_settings: Settings) -> Iterator[Engine]:
    engine = open_engine(blank_settings)
    yield engine
    engine.dispose()


def set_revision(engine: Engine, revision: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})


def older(engine: Engine) -> str:
    """Take the schema one step back and leave a row that has to survive the way up."""
    downgrade(engine, revisions()[-2])
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE marked (n INTEGER)"))
    return revisions()[-2]


def test_what_fits_is_left_alone(engine: Engine, settings: Settings) -> None:
    check_schema(engine)
    assert not list(settings.data.glob("*.before-*"))


def test_a_newer_database_is_refused(engine: Engine) -> None:
    set_revision(engine, "9999")
    for refused in (lambda: check_schema(engine), lambda: upgrade(engine), lambda: downgrade(engine, "base")):
        with pytest.raises(CannotStart) as seen:
            refused()
        assert "newer" in seen.value.what
        assert "Install the newer Claimbase" in seen.value.remedy
        assert "\n" not in str(seen.value)


def test_an_older_database(engine: Engine, settings: Settings, database_kind: str) -> None:
    was = older(engine)
    if database_kind == "postgresql":
        with pytest.raises(CannotStart, match="older") as seen:
            check_schema(engine)
        assert "claimbase migrate" in seen.value.remedy
        assert current(engine) == was
    else:
        check_schema(engine)
        assert current(engine) == head()
        copy = settings.data / f"claimbase.db.before-{was}"
        with closing(sqlite3.connect(copy)) as kept:
            assert kept.execute("SELECT version_num FROM alembic_version").fetchall() == [(was,)]
        assert not list(settings.data.glob("*.copy-*"))


def test_nothing_is_upgraded_through_a_reader(engine: Engine, settings: Settings) -> None:
    was = older(engine)
    reader = open_reading_engine(settings)
    with pytest.raises(CannotStart, match="older"):
        check_schema(reader)
    assert current(reader) == was
    reader.dispose()


def test_no_schema_yet(blank: Engine, database_kind: str) -> None:
    if database_kind == "postgresql":
        with pytest.raises(CannotStart, match="no schema"):
            check_schema(blank)
    else:
        check_schema(blank)
        assert current(blank) == head()


def test_the_revision_is_read_while_somebody_writes(engine: Engine) -> None:
    with engine.begin():
        assert current(engine) == head()


def test_many_migrate_at_once(blank_settings: Settings) -> None:
    engines = [open_engine(blank_settings) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(upgrade, engines))
    assert {current(engine) for engine in engines} == {head()}
    for engine in engines:
        engine.dispose()


def test_a_failed_migration_changes_nothing(blank: Engine) -> None:
    upgrade(blank, revisions()[0])
    with blank.begin() as connection:
        # The second migration cannot make this table again.
        connection.execute(text("CREATE TABLE record (n INTEGER)"))
    with pytest.raises(Exception, match="record"):
        upgrade(blank)
    assert current(blank) == revisions()[0]
    assert "agent" not in inspect(blank).get_table_names()


def test_foreign_keys_are_on_again_after_a_migration(blank: Engine, database_kind: str) -> None:
    upgrade(blank)
    if database_kind == "sqlite":
        with blank.connect() as connection:
            assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "claimbase.db").write_bytes(b"This is a letter to the editor, not a database. " * 40)
    engine = open_engine(Settings(data=tmp_path))
    with pytest.raises(CannotStart, match="not a database") as seen:
        check_schema(engine)
    assert "CLAIMBASE_DATA" in seen.value.remedy
    engine.dispose()


def test_a_server_that_does_not_answer(tmp_path: Path) -> None:
    engine = open_engine(Settings(data=tmp_path, database_url=f"postgresql://nobody@/nothing?host={tmp_path}"))
    with pytest.raises(CannotStart) as seen:
        check_schema(engine)
    assert "CLAIMBASE_DATABASE_URL" in seen.value.remedy
    assert "\n" not in str(seen.value)
    engine.dispose()
