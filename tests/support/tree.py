"""The repository as files: what is tracked, what ships, which rooms there are."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SHIPPED = ("app", "kb", "migrations")


def tracked() -> list[Path]:
    """Every file that git knows or would take, relative to the root; without git, every file that nothing makes."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        found = [Path(name) for name in done.stdout.split("\0") if name]
        return [one for one in found if (ROOT / one).is_file()]
    made = (".venv", "var", ".git", "__pycache__", "build", "dist")
    files = [path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file()]
    return [
        one for one in files if not set(made) & set(one.parts) and not one.parts[0].endswith(("_cache", "egg-info"))
    ]


def modules(*tops: str) -> list[Path]:
    """Python files below these folders, relative to the root."""
    return [path for path in tracked() if path.suffix == ".py" and path.parts[0] in tops]


def rooms() -> set[str]:
    """Folders and modules directly in `kb` and `app`, empty ones aside: "kb/desk", "kb/errors"."""
    found = set()
    for path in tracked():
        if path.parts[0] in ("kb", "app") and path.name != "__init__.py":
            found.add("/".join(path.with_suffix("").parts[:2]) if path.suffix == ".py" else "/".join(path.parts[:2]))
    return found


def text_of(path: Path) -> str | None:
    """The text of a tracked file; None for bytes that are no text."""
    try:
        return (ROOT / path).read_text("utf-8")
    except UnicodeDecodeError:
        return None
