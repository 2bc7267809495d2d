"""The files of a run: one, a folder with all below it, or standard input; read up to a limit, and regular ones only."""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from kb.errors import CannotStart, Refused
from kb.values.prose import shown

LIMIT = 4_000_000
_READ = (".html", ".htm", ".xhtml", ".json", ".jsonld", ".json-ld", ".jsonld.txt")
_NAME = 1_000


def shown_name(path: Path) -> str:
    """A file's name fit for a message, whatever bytes it is made of."""
    return shown(str(path), _NAME)


def files_of(path: Path, unread: Callable[[Refused], None]) -> list[Path]:
    """The files to lint: the one, or those below a folder whose names are of pages or JSON, in order.

    `unread` is told of each folder below that cannot be read. Raises CannotStart where what is named itself cannot.
    """
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        what = getattr(error, "strerror", None) or "it has a NUL in its name"
        raise CannotStart(f"This cannot be read: {what}.", where=shown_name(path)) from error
    if stat.S_ISDIR(mode):
        return sorted(_below(path, unread))
    if not stat.S_ISREG(mode):
        raise CannotStart("This is neither a file nor a folder.", where=shown_name(path), remedy="Give - for a pipe.")
    return [path]


def _below(folder: Path, unread: Callable[[Refused], None]) -> Iterator[Path]:
    """Links to folders are not followed, so that none leads round in a circle."""

    def refuse(error: OSError) -> None:
        shut = Path(error.filename)
        what, where = f"This folder cannot be read: {error.strerror}.", shown_name(shut)
        if shut == folder:
            raise CannotStart(what, where=where)
        unread(Refused(what, where=where))

    for root, _folders, names in os.walk(folder, onerror=refuse):
        yield from (Path(root, name) for name in names if name.lower().endswith(_READ))


def read_file(path: Path) -> bytes:
    """Refuses what is too large or no regular file; a pipe in a folder would keep the whole run waiting."""
    where = shown_name(path)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise Refused("This is no regular file.", where=where)
        with path.open("rb") as file:
            return read_stream(file, where)
    except OSError as error:
        raise Refused(f"This cannot be read: {error.strerror}.", where=where) from error


def read_stream(file: BinaryIO, where: str) -> bytes:
    raw = file.read(LIMIT + 1)
    if len(raw) > LIMIT:
        what = f"This is larger than {LIMIT} bytes, which is the most that is read."
        raise Refused(what, where=where, remedy="Split it.")
    return raw
