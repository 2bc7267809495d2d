"""A database is lost and its data folder is not: an older backup would let the log fork, and is refused."""

from pathlib import Path

import pytest

from kb.settings import Settings
from kb.verify.postgres_copy import take_out_everything
from tests.support.command import Command

BASE = "https://facts.example.org/"


@pytest.fixture
def founded(command: Command) -> Command:
    command.well("init", "--base", BASE, "--empty")
    return command


def lose(settings: Settings) -> None:
    if settings.database.startswith("postgresql"):
        take_out_everything(settings)
    for path in settings.data.glob("claimbase.db*"):
        path.unlink()


def export(command: Command) -> str:
    return command.well("export", "rdf", "--format", "nq", "--set", "all").out


def test_an_older_backup_is_refused_and_the_newer_one_taken(
    founded: Command, blank_settings: Settings, tmp_path: Path
) -> None:
    founded.well("backup", tmp_path / "older")
    about = next(one["id"] for one in founded.well("list", "pages", "--json").json if one["slug"] == "about")
    founded.well("withdraw", about, "--reason", "Invented for a test.")
    newer, whole = tmp_path / "newer", export(founded)
    founded.well("backup", newer)
    lose(blank_settings)
    refused = founded("recover", tmp_path / "older")
    assert refused.code == 1
    assert "ends with edition 5, but edition 6 was seen here" in refused.err
    assert founded("list", "pages").code == 2
    founded.well("recover", newer)
    assert export(founded) == whole
    founded.well("verify")


def test_the_loss_can_be_accepted(founded: Command, blank_settings: Settings, tmp_path: Path) -> None:
    """After a publish, without a backup of it."""
    founded.well("backup", tmp_path / "older")
    whole = export(founded)
    about = next(one["id"] for one in founded.well("list", "pages", "--json").json if one["slug"] == "about")
    founded.well("withdraw", about, "--reason", "Invented for a test.")
    lose(blank_settings)
    refused = founded("recover", tmp_path / "older")
    assert "known-head.json" in refused.err
    (blank_settings.data / "known-head.json").unlink()
    founded.well("recover", tmp_path / "older")
    assert export(founded) == whole
