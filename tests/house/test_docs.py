"""Documents that cannot drift: rooms, settings and commands stand in them, and what stands in them exists."""

import re
import subprocess
import sys

from kb.settings import PREFIX, Settings
from tests.support.tree import ROOT, rooms

HOUSE = (ROOT / "docs/house.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")


def test_every_room_has_a_line() -> None:
    named = set(re.findall(r"^\| `([a-z/]+)` \|", HOUSE, re.MULTILINE))
    assert rooms() - named == set(), "a room without a line in docs/house.md"
    gone = {name for name in named if not (ROOT / name).exists() and not (ROOT / f"{name}.py").exists()}
    assert gone == set(), "a line in docs/house.md without its room"


def test_every_setting_has_a_line() -> None:
    page = (ROOT / "docs/settings.md").read_text("utf-8")
    named = set(re.findall(rf"^\| `{PREFIX}([A-Z_]+)` \|", page, re.MULTILINE))
    assert named == {name.upper() for name in Settings.model_fields} | {"CONFIG"}


def test_defaults_are_those_of_the_code() -> None:
    page = (ROOT / "docs/settings.md").read_text("utf-8")
    for name in ("site_name", "data_licence"):
        assert f"| `{PREFIX}{name.upper()}` | `{Settings.model_fields[name].default}` |" in page


def test_make_commands_of_the_readme_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", README, re.MULTILINE))
    assert {"run", "test"} <= named <= targets


def test_commands_of_the_readme_exist() -> None:
    command = [sys.executable, "-c", "from app.cli import main; main()", "--help"]
    words = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    named = set(re.findall(r"(?:^|`)claimbase ([a-z-]+)", README, re.MULTILINE))
    assert {"init", "list", "show", "cite", "verify"} <= named
    assert {name for name in named if not re.search(rf"^\s+{name}\b", words, re.MULTILINE)} == set()


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs/decisions").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
