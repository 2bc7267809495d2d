"""Long outputs into a folder that is whole or not there, and that replaces nothing but what was written before."""

import hashlib
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.errors import CannotStart
from kb.values.prose import shown

REMEDY = "Name an empty folder, or one that is not there yet."


def to_folder(folder: Path, files: Collection[str], sums: str, write: Callable[[Path], object]) -> None:
    """`write` fills a folder beside this one, which then takes its place; whatever goes wrong takes it away.

    `files` are all that may be in it; of them `sums` tells the SHA-256 of the others. Raises CannotStart where
    something is in the way that is not an earlier output, as it was written, or where there is no writing.
    """
    folder = folder.resolve()
    part, before = (folder.with_name(f".{folder.name}.{end}") for end in ("part", "before"))
    with _told(folder):
        _mend(folder, part, before, files)
        check_folder(folder, files, sums)
        folder.parent.mkdir(parents=True, exist_ok=True)
        part.mkdir()
        try:
            write(part)
            if folder.exists() and any(folder.iterdir()):
                folder.rename(before)
            part.rename(folder)
        finally:
            _mend(folder, part, before, files)


def check_folder(folder: Path, files: Collection[str], sums: str) -> None:
    """Raises CannotStart where the folder holds anything but an earlier output, untouched."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise CannotStart("is not a folder, and is not replaced by one.", where=str(folder), remedy=REMEDY)
    if folder.samefile(Path.cwd()):
        # Whoever stands in it would be left in a folder that is no longer there.
        raise CannotStart("is where you are, and would be replaced.", where=str(folder), remedy="Name a folder in it.")
    names = sorted(path.name for path in folder.iterdir())
    if strange := [name for name in names if name not in files]:
        what = f"holds something else than an earlier export: “{shown(strange[0])}”."
        raise CannotStart(what, where=str(folder), remedy=REMEDY)
    told = _sums(folder / sums)
    if changed := [name for name in names if name != sums and told.get(name) != _sha256(folder / name)]:
        what = f"“{changed[0]}” is not as it was exported, and is not replaced."
        raise CannotStart(what, where=str(folder), remedy=f"Keep it elsewhere and delete it here. {REMEDY}")


def _mend(folder: Path, part: Path, before: Path, files: Collection[str]) -> None:
    """Leave what was there before, or what has taken its place, and nothing else, also of a process that was killed."""
    if before.is_dir() and not folder.exists():
        before.rename(folder)
    for left in (part, before):
        if left.is_dir():
            for name in files:
                (left / name).unlink(missing_ok=True)
            left.rmdir()


def _sums(path: Path) -> dict[str, str]:
    """SHA-256 by name, as `sha256sum` writes them; nothing where there is no such file."""
    lines = path.read_text("utf-8", "replace").splitlines() if path.is_file() else []
    parted = (line.split("  ", 1) for line in lines if "  " in line and not line.startswith("#"))
    return {name: sha256 for sha256, name in parted}


def _sha256(path: Path) -> str | None:
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CannotStart(f"cannot be written: {error.strerror}", where=str(error.filename or folder)) from error
