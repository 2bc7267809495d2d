"""The import contract is whole: every room has its floor, and the rooms still to come are put back when they come."""

import configparser
from pathlib import Path

import pytest

from tests.support.tree import ROOT, rooms

# Where each room that is not built yet belongs, so that it cannot be forgotten: contract → option.
LATER = {
    "kb.capture": [("floors", "layers"), ("no-leak", "forbidden_modules")],
    "kb.findings": [("floors", "layers"), ("no-leak", "source_modules"), ("pure", "source_modules")],
    "app.desk": [("web-floors", "layers")],
    "app.verify": [("web-floors", "layers"), ("no-leak", "source_modules")],
}
# Rooms of our own, which the law as it was given did not foresee; docs/house.md says what they hold.
OURS_ALONE = {"app.following", "kb.library", "kb.lint"}
# Rooms without Python.
NO_CODE = {"app/templates", "app/static"}


def read(path: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read(path, "utf-8")
    return parser


def words(contract: configparser.ConfigParser, name: str, option: str) -> set[str]:
    return set(contract[f"importlinter:contract:{name}"][option].replace("|", " ").split())


OURS = read(ROOT / "importlinter.ini")


def test_every_room_has_its_floor() -> None:
    floors = words(OURS, "floors", "layers") | words(OURS, "web-floors", "layers")
    assert {room.replace("/", ".") for room in rooms() - NO_CODE} - floors == set()


@pytest.mark.parametrize("room", LATER)
def test_a_room_that_is_built_is_put_back(room: str) -> None:
    built = room.replace(".", "/") in rooms()
    for name, option in LATER[room]:
        assert (room in words(OURS, name, option)) == built, f"{room} in [importlinter:contract:{name}] {option}"


@pytest.mark.corpus
def test_the_law_is_as_it_was_given(shared: Path) -> None:
    given = read(shared / "style" / "importlinter.ini")
    assert OURS.sections() == given.sections()
    for section in given.sections():
        for option, value in given[section].items():
            law, ours = (text.replace("|", " ").split() for text in (value, OURS[section][option]))
            assert [word for word in ours if word not in OURS_ALONE] == [
                word for word in law if word not in LATER or word.replace(".", "/") in rooms()
            ]
