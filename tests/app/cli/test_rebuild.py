"""`claimbase rebuild`: what can be made anew has a name, and dumps are one of them."""

import os
import re
from pathlib import Path

import pytest

from kb.db import open_reading_engine
from kb.projections.dumps.keeping import FOLDER, Dumps
from kb.projections.dumps.manifest import Manifest
from kb.settings import Settings
from tests.support.command import Command


@pytest.fixture
def founded(command: Command) -> Command:
    command.well("init", "--empty", "--base", "http://localhost:8000/")
    return command


def newest(settings: Settings) -> Manifest | None:
    engine = open_reading_engine(settings)
    found = Dumps(engine, settings.data / FOLDER).newest()
    engine.dispose()
    return found


def test_dumps_are_made_at_once(founded: Command, blank_settings: Settings) -> None:
    assert newest(blank_settings) is None
    told = founded.well("rebuild", "dumps")
    first = newest(blank_settings)
    assert first is not None
    assert told.err == f"dumps: {len(first.files)} files made again, at entry {first.seq} of the log.\n"
    assert told.out == ""
    # Also where nothing is new; and of those before nothing is left.
    founded.well("rebuild", "dumps")
    second = newest(blank_settings)
    assert second is not None
    assert (second.files, second.folder == first.folder) == (first.files, False)
    assert [one.name for one in (blank_settings.data / FOLDER).iterdir() if one.is_dir()] == [second.folder]


def test_without_a_name_all_are_made(founded: Command, blank_settings: Settings) -> None:
    told = founded.well("rebuild").err
    assert re.findall(r"^([a-z]+): ", told, re.MULTILINE) == ["catalogue", "triples", "dumps"]
    assert newest(blank_settings) is not None


def test_an_unknown_name_is_answered_with_those_there_are(founded: Command, blank_settings: Settings) -> None:
    told = founded("rebuild", "dump")
    assert told.code == 1
    assert "Known: catalogue, triples, dumps." in told.err
    assert newest(blank_settings) is None


def test_a_folder_that_cannot_be_written_to_is_told(founded: Command, blank_settings: Settings) -> None:
    (blank_settings.data / FOLDER).write_text("no folder")
    told = founded("rebuild", "dumps")
    assert told.code == 2
    assert "the files cannot be written" in told.err
    assert "Traceback" not in told.err


def test_stopped_it_leaves_what_was_there(
    founded: Command, blank_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    founded.well("rebuild", "dumps")
    before = newest(blank_settings)

    def stop(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)
    told = founded("rebuild", "dumps")
    assert told.code == 130
    assert "stopped" in told.err
    assert newest(blank_settings) == before
    assert len([one for one in Path(blank_settings.data / FOLDER).iterdir() if one.is_dir()]) == 1
