"""`claimbase --version` says what is installed, and loads next to nothing for it."""

import subprocess
import sys
from importlib.metadata import version

ASK = "import sys; sys.argv[1:] = ['--version']; from app.cli import main; main(); print(*sys.modules)"


def test_the_version_is_that_of_the_installation() -> None:
    said, _ = _asked()
    assert said == f"claimbase {version('claimbase')}"


def test_nothing_is_loaded_that_takes_longer_than_python_itself() -> None:
    _, loaded = _asked()
    assert {name for name in loaded if name.startswith(("app", "kb"))} == {"app", "app.cli"}
    assert {"typer", "importlib.metadata", "email"}.isdisjoint(loaded)


def _asked() -> tuple[str, set[str]]:
    done = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True)
    said, loaded = done.stdout.splitlines()
    return said, set(loaded.split())
