"""The Makefile: its help is whole, and a first start that cannot work says why in one line."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.tree import ROOT

TEXT = (ROOT / "Makefile").read_text("utf-8")


def make(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    # A make above this one must not hand its own flags down.
    env = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    command = ["make", "-C", str(folder), "--no-print-directory", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env, timeout=60)


def script(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What `make` needs of a fresh clone."""
    for name in ("Makefile", "pyproject.toml", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def test_help_lists_every_target() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", TEXT, re.MULTILINE)
    assert phony
    listed = re.findall(r"^make ([a-z-]+) +\S", make(ROOT, "help").stdout, re.MULTILINE)
    assert sorted(listed) == sorted(phony[1].split())
    assert make(ROOT).stdout == make(ROOT, "help").stdout


def test_an_old_python_is_named(checkout: Path, tmp_path: Path) -> None:
    old = script(tmp_path / "old", "exit 1")
    done = make(checkout, "run", f"PYTHON={old}")
    assert done.returncode == 2
    assert done.stdout.splitlines() == [
        f"{old} is older than Python 3.11: install a newer one, or name it: make run PYTHON=…"
    ]


def test_no_python_at_all(checkout: Path) -> None:
    done = make(checkout, "run", "PYTHON=")
    assert done.returncode == 2
    assert "needs Python 3.11 or newer" in done.stdout


def test_a_missing_venv_module_is_named(checkout: Path, tmp_path: Path) -> None:
    bare = script(tmp_path / "bare", 'mkdir -p .venv/bin; test "$1" != -m')
    done = make(checkout, "run", f"PYTHON={bare}")
    assert done.returncode == 2
    assert len(done.stdout.splitlines()) == 1
    assert "venv module is missing" in done.stdout
    assert not (checkout / ".venv").exists(), "half an environment is not left behind"


def test_an_unreachable_registry_is_named(checkout: Path) -> None:
    script(checkout / ".venv/bin/python", "echo 'ERROR: No matching distribution' >&2; exit 1")
    done = make(checkout, "run")
    assert done.returncode == 2
    assert "ERROR: No matching distribution" in done.stdout
    assert "see that the package registry can be reached" in done.stdout
    assert not (checkout / ".venv/.installed").exists()


def test_the_second_start_installs_nothing(checkout: Path) -> None:
    script(checkout / ".venv/bin/python", "echo installing; exit 1")
    script(checkout / ".venv/bin/claimbase", 'echo "$CLAIMBASE_DATA $*"')
    (checkout / ".venv/.installed").touch()
    done = make(checkout, "run", "PORT=8123")
    assert done.stdout.splitlines() == [
        "var/sample-8123 init --sample --base http://localhost:8123/",
    ], "an `init` that made nothing is not served"
    (checkout / "var/sample-8123").mkdir(parents=True)
    (checkout / "var/sample-8123/claimbase.db").touch()
    done = make(checkout, "run", "PORT=8123")
    assert done.stdout.splitlines() == ["var/sample-8123 serve --port 8123"]


def test_settings_of_another_installation_do_not_reach_the_sample(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMBASE_DATABASE_URL", "postgresql://somebody@elsewhere/real")
    script(checkout / ".venv/bin/claimbase", "env")
    (checkout / ".venv/.installed").touch()
    (checkout / "var/sample-8000").mkdir(parents=True)
    (checkout / "var/sample-8000/claimbase.db").touch()
    done = make(checkout, "run")
    assert "CLAIMBASE_DATA=var/sample-8000" in done.stdout
    assert "elsewhere" not in done.stdout
