"""What goes wrong first: each answered in one line, with what to do, and with the exit that DESIGN 9 fixes."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from kb.db import open_engine
from kb.settings import Settings
from tests.support.command import Command

BASE = "https://facts.example.org/"


def one_line(err: str) -> str:
    lines = [line for line in err.splitlines() if line.strip()]
    assert len(lines) == 1, err
    return lines[0]


def test_nothing_is_there_yet(command: Command) -> None:
    answer = command("list", "claims")
    assert answer.code == 2
    assert "claimbase init" in one_line(answer.err)


def test_second_foundation_is_refused(command: Command) -> None:
    command.well("init", "--base", BASE, "--empty")
    answer = command("init", "--base", "https://other.example.org/", "--empty")
    assert answer.code == 2
    assert BASE in answer.err


@pytest.mark.parametrize("base", ["facts.example.org", "https://facts.example.org", "ftp://facts.example.org/"])
def test_base_must_be_an_address_that_ends_with_a_slash(command: Command, base: str) -> None:
    answer = command("init", "--base", base, "--empty")
    assert answer.code == 2
    assert "/" in one_line(answer.err)


def test_other_base_in_the_environment_is_refused(command: Command) -> None:
    command.well("init", "--base", BASE, "--empty")
    answer = command("serve", CLAIMBASE_BASE="https://other.example.org/")
    assert answer.code == 2
    assert BASE in one_line(answer.err)


def test_unknown_setting_is_an_error(command: Command) -> None:
    answer = command("list", "claims", CLAIMBASE_COLOUR="red")
    assert answer.code == 2
    assert "CLAIMBASE_COLOUR" in one_line(answer.err)


def test_lists_of_another_version_are_not_served_where_nothing_may_be_written(
    command: Command, blank_settings: Settings
) -> None:
    command.well("init", "--base", BASE, "--empty")
    engine = open_engine(blank_settings)
    with engine.begin() as connection:
        connection.execute(text("UPDATE projection_position SET shape = shape - 1"))
    engine.dispose()
    answer = command("serve", "--public", "--port", "0")
    assert answer.code == 2
    assert "claimbase rebuild" in one_line(answer.err)


def test_port_taken(command: Command) -> None:
    command.well("init", "--base", BASE, "--empty")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        answer = command("serve", "--port", taken.getsockname()[1])
    assert answer.code == 2
    assert "another program" in one_line(answer.err)


@pytest.mark.parametrize(
    "words", [("list", "verdicts"), ("import", "x", "--format", "odd"), ("export", "rdf", "--format", "doc")]
)
def test_unknown_word_names_the_known_ones(command: Command, words: tuple[str, ...]) -> None:
    answer = command(*words)
    assert answer.code == 2
    assert "Known" in answer.err or "Formats" in answer.err


def test_reference_that_nobody_knows(command: Command) -> None:
    command.well("init", "--base", BASE, "--empty")
    answer = command("show", "seed:C99")
    assert answer.code == 1
    assert "seed:C99" in one_line(answer.err)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_data_folder_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    done = child("init", "--empty", CLAIMBASE_DATA=str(tmp_path / "var"))
    assert done.returncode == 2
    assert "CLAIMBASE_DATA" in done.stderr


def test_data_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("in the way")
    done = child("init", "--empty", CLAIMBASE_DATA=str(tmp_path / "var"))
    assert done.returncode == 2
    assert "CLAIMBASE_DATA" in done.stderr


def test_help_imports_no_database_and_no_web(tmp_path: Path) -> None:
    seen = child("--help", code="import app.cli.commands, sys; print(*sorted(sys.modules))")
    modules = set(seen.stdout.split())
    assert not {"sqlalchemy", "fastapi", "pydantic", "rdflib", "pyoxigraph", "lxml"} & modules


def child(
    *words: str, code: str = "from app.cli import main; main()", **environ: str
) -> subprocess.CompletedProcess[str]:
    """A process of its own, as a user starts it."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("CLAIMBASE_")}
    return subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, env=clean | environ, check=False
    )
