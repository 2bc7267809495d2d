"""Building in a place: whole or not there, and begun anew after an interruption."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import inspect

from app.cli.place import building
from kb.blobs import Blobs
from kb.db import open_engine
from kb.db.migrate import upgrade
from kb.desk.actors import LOCAL_OPERATOR
from kb.errors import CannotStart
from kb.projections.follow import catch_up
from kb.publish.found import found
from kb.settings import Settings
from tests.support.databases import BASE
from tests.support.stored import digests

DESK = "Sample desk"


class Killed(BaseException):
    """The process ended here."""


def build(settings: Settings, *, desk: str = DESK, killed: bool = False) -> None:
    """Found something in the place, or leave it as a killed process does."""
    inside = building(settings, desk)
    place = inside.__enter__()
    engine = open_engine(place)
    upgrade(engine)
    found(engine, LOCAL_OPERATOR, place.model_copy(update={"site_name": desk}), BASE)
    catch_up(engine)
    Blobs(place.blobs).put(b"held")
    engine.dispose()
    if killed:
        # Keeping the context alive keeps its end from running.
        LEFT.append(inside)
        return
    inside.__exit__(None, None, None)


LEFT: list[object] = []


@pytest.fixture(autouse=True)
def forget() -> Iterator[None]:
    yield
    LEFT.clear()


def editions(settings: Settings) -> int:
    engine = open_engine(settings)
    try:
        return len(digests(engine)) if "edition" in inspect(engine).get_table_names() else 0
    finally:
        engine.dispose()


def test_what_is_built_is_there_with_its_held_files(blank_settings: Settings) -> None:
    build(blank_settings)
    assert editions(blank_settings) == 6
    assert len(list(Blobs(blank_settings.blobs).names())) == 1
    assert not list(blank_settings.data.glob(".building*"))


def test_a_killed_build_is_begun_anew(blank_settings: Settings) -> None:
    build(blank_settings, killed=True)
    if blank_settings.database.startswith("sqlite"):
        assert not (blank_settings.data / "claimbase.db").exists()
    build(blank_settings)
    assert editions(blank_settings) == 6
    assert not list(blank_settings.data.glob(".building*"))


def test_a_build_that_fails_is_not_there(blank_settings: Settings) -> None:
    with pytest.raises(Killed):
        fail_after_the_schema(blank_settings)
    build(blank_settings)
    assert editions(blank_settings) == 6


def fail_after_the_schema(settings: Settings) -> None:
    with building(settings, DESK) as place:
        engine = open_engine(place)
        upgrade(engine)
        engine.dispose()
        raise Killed


def test_a_knowledge_base_that_is_there_stays(blank_settings: Settings) -> None:
    build(blank_settings, desk="A newsroom")
    with pytest.raises(CannotStart, match="here already"):
        build(blank_settings)
    assert editions(blank_settings) == 6


def test_the_mark_of_a_killed_build_never_takes_a_desk_of_ones_own(blank_settings: Settings) -> None:
    """What another desk founded in the same database meanwhile stays; on SQLite the killed build was never there."""
    build(blank_settings, desk="A newsroom", killed=True)
    if blank_settings.database.startswith("postgresql"):
        with pytest.raises(CannotStart, match="here already"):
            build(blank_settings)
    else:
        build(blank_settings)
    assert editions(blank_settings) == 6


def test_a_folder_that_cannot_be_written_to_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotStart, match="cannot be written"):
        build(Settings(data=tmp_path / "file" / "var"))
