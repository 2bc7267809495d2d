"""The SPARQL index at the command line: looked at, held against the log, asked for anew."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.cli import health
from kb.db import open_engine
from kb.projections.triples.disk.pointer import read_pointer, renewal
from kb.settings import Settings
from tests.support.command import Command
from tests.support.index_on_disk import built

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.fixture
def begun(command: Command) -> Command:
    command.well("init", "--empty")
    return command


@pytest.fixture
def engine(blank_settings: Settings) -> Iterator[Engine]:
    opened = open_engine(blank_settings)
    yield opened
    opened.dispose()


@pytest.fixture
def folder(begun: Command, blank_settings: Settings, engine: Engine) -> Path:
    """Of an index on disk that no process has open."""
    folder = blank_settings.data / "triples"
    built(engine, folder).close()
    return folder


def told(command: Command, name: str) -> dict[str, object]:
    (found,) = [one for one in command("doctor", "--json").json if one["what"] == name]
    return dict(found)


def test_doctor_tells_of_one_in_memory(begun: Command) -> None:
    found = told(begun, "SPARQL index")
    assert (found["ok"], found["found"]) == (True, "in memory while a server runs, up to 3072 MiB")


def test_doctor_tells_that_there_is_none(begun: Command) -> None:
    (found,) = [
        one for one in begun("doctor", "--json", CLAIMBASE_SPARQL_MEMORY="0").json if one["what"] == "SPARQL index"
    ]
    assert (found["ok"], found["found"]) == (True, "none is kept: CLAIMBASE_SPARQL_MEMORY is 0")


@pytest.mark.parametrize("memory", ["63", "-1"])
def test_too_little_memory_is_refused(begun: Command, memory: str) -> None:
    answer = begun("doctor", CLAIMBASE_SPARQL_MEMORY=memory)
    assert answer.code == 2
    assert "must be at least 64, or 0 for no index and no queries" in answer.err


def test_doctor_tells_of_one_on_disk(begun: Command, folder: Path) -> None:
    pointer = read_pointer(folder)
    assert pointer is not None
    assert told(begun, "SPARQL index")["found"] == f"on disk at entry {pointer.seq}, 0 behind, {pointer.quads} quads"
    begun.well("rebuild", "triples")
    assert "is not used: a new one was asked for" in str(told(begun, "SPARQL index")["found"])
    (folder / "pointer.json").write_text("{", "utf-8")
    assert "the pointer of the index on disk cannot be read" in str(told(begun, "SPARQL index")["found"])


@pytest.mark.parametrize("why", ["", "Operation not permitted"])
def test_doctor_tells_whether_queries_can_be_kept_from_the_network(
    why: str, begun: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "why_not", lambda: why)
    found = told(begun, "SPARQL queries")
    assert found["ok"] is not bool(why)
    assert why in str(found["found"])
    assert ("Allow namespaces" in str(found["remedy"])) is bool(why)


def test_a_new_one_is_asked_for(begun: Command, blank_settings: Settings) -> None:
    folder = blank_settings.data / "triples"
    answer = begun.well("rebuild", "triples")
    assert "makes the SPARQL index anew at its next look" in answer.err
    first = renewal(folder)
    begun.well("rebuild")
    assert first
    assert renewal(folder) not in ("", first)


def test_where_it_cannot_be_asked_for_that_is_said(begun: Command, blank_settings: Settings) -> None:
    (blank_settings.data / "triples").write_text("no folder", "utf-8")
    answer = begun("rebuild", "triples")
    assert answer.code == 2
    assert "a new index cannot be asked for" in answer.err


def test_verify_holds_it_against_the_log_and_has_an_unsound_one_made_anew(begun: Command, folder: Path) -> None:
    pointer = read_pointer(folder)
    assert pointer is not None
    assert begun.well("verify", "--json").json["counts"]["index_quads"] == 0
    assert begun.well("verify", "--rdf", "--json").json["counts"]["index_quads"] == pointer.quads
    assert renewal(folder) == ""
    (folder / "generations" / pointer.generation / "CURRENT").unlink()
    answer = begun("verify", "--rdf", "--json")
    assert answer.code == 1
    assert {(one["record"], one["where"]) for one in answer.json["problems"]} == {("index", "index")}
    assert "The SPARQL index on disk is not sound: a server that runs makes" in answer.err
    assert renewal(folder)
