"""Dumps as files that follow the log: made anew where it has moved, and never half."""

import fcntl
import hashlib
import logging
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from kb.db import reading
from kb.errors import Problem
from kb.log import read
from kb.log.redacted import REDACTION
from kb.log.tables import EditionRow
from kb.projections.dumps.files import VOCABULARY, Progress, make, vocabulary_sha256
from kb.projections.dumps.manifest import NAME, Manifest, read_manifest, write_manifest

FOLDER = "dumps"
# At the soonest so long after the last time, in seconds, and after so many times what that took.
SOONEST, TIMES = 10.0, 20
# For whoever has just been told the name of a file, the set before stays for so long.
GRACE = 60.0
# After each edition, in seconds: whoever waits for a page goes first.
PAUSE = 0.0002
NOT_LOOKED = "This server only reads; the command “claimbase rebuild dumps” makes them."
_OURS = re.compile(r"[0-9]+-[a-z0-9_]+")
_log = logging.getLogger("claimbase.dumps")


class Stopped(Problem):
    """The making was ended before its end; what was there before stays."""


class Dumps:
    """The newest files over one log, in `folder`: `look`, again and again, makes them; `newest` says what there is.

    `why` says why none are made here, "" where they are.
    """

    def __init__(self, readers: Engine, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self.folder = folder
        self.why = NOT_LOOKED
        self._readers = readers
        self._clock = clock
        self._not_before = -1.0
        self._proven: tuple[object, ...] = ()
        self._stopping = threading.Event()

    def newest(self) -> Manifest | None:
        """What there is of this log, whole by names and sizes; None where there is nothing."""
        manifest = self._there()
        if manifest is None:
            return None
        with reading(self._readers) as session:
            return manifest if _is_of(session, manifest) else None

    def place(self, manifest: Manifest, name: str) -> Path:
        """Where one of its files stands."""
        return self.folder / manifest.folder / name

    def look(self) -> int:
        """Make them anew where the log has moved, not too often; gives how many entries of the log were gone through.

        What was redacted is gone from them at once. A folder that cannot be written to, or a disk that is full, is no
        error: `why` says it. Raises Problem where what is stored cannot be read.
        """
        there = self._there()
        if there is not None and not self._is_whole(there):
            there = None
        with reading(self._readers) as session:
            last = read.head(session).seq
            is_due = last >= 0 and self._is_due(session, there)
        if not is_due:
            self.clear(GRACE)
            return 0
        begun = self._clock()
        try:
            self.make(self._unless_stopped, wait=False)
        except (Stopped, BlockingIOError):
            return 0
        except OSError as error:
            self._tell(f"The folder of the files cannot be written to: {error.strerror or error}.")
            return 0
        except Problem as problem:
            self.why = f"They cannot be made: {problem}"
            raise
        finally:
            took = self._clock() - begun
            self._not_before = self._clock() + max(SOONEST, TIMES * took)
        return last + 1

    def make(self, progress: Progress, *, wait: bool = True) -> Manifest:
        """Make them now, whatever there is. One process at a time: the next waits, or raises BlockingIOError.

        What `progress` raises ends it, and leaves what was there. Raises OSError where the folder cannot be written to.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with _alone(self.folder, wait=wait):
            # Whatever a process that was killed has left.
            self._take_away()
            with reading(self._readers) as session:
                manifest = make(session, self.folder, progress)
            write_manifest(self.folder, manifest)
        self._proven = self._signature(manifest)
        self.why = ""
        return manifest

    def clear(self, grace: float = 0) -> None:
        """Take away the files before the newest, once these are `grace` seconds old. Downloads that are open go on."""
        try:
            if self._old() and time.time() - (self.folder / NAME).stat().st_mtime >= grace:
                with _alone(self.folder, wait=False):
                    self._take_away()
        except OSError:
            # Another process makes files, or this one may not write: they do no harm meanwhile.
            return

    def stop(self) -> None:
        """End a making that is under way, from another thread; no other begins."""
        self._stopping.set()

    def _is_due(self, session: Session, there: Manifest | None) -> bool:
        soon = self._clock() < self._not_before
        if there is None or not _is_of(session, there):
            # What could not be made is not tried again without a pause.
            return not (self.why and soon)
        if self.why == NOT_LOOKED:
            self.why = ""
        newer = select(EditionRow.seq).where(EditionRow.seq > there.seq).limit(1)
        if session.scalar(newer) is None:
            return False
        return not soon or session.scalar(newer.where(EditionRow.change == REDACTION)) is not None

    def _there(self) -> Manifest | None:
        manifest = read_manifest(self.folder)
        if manifest is None:
            return None
        try:
            sizes = [self.place(manifest, file.name).stat().st_size for file in manifest.files]
        except OSError:
            return None
        return manifest if sizes == [file.bytes for file in manifest.files] else None

    def _is_whole(self, manifest: Manifest) -> bool:
        """By what is in the files; they are only read again where one of them is another than the last time."""
        own = manifest.file(f"{VOCABULARY}.ttl")
        if own is None or own.sha256 != vocabulary_sha256():
            return False
        try:
            found = self._signature(manifest)
            if found != self._proven:
                if any(_sha256(self.place(manifest, file.name)) != file.sha256 for file in manifest.files):
                    return False
                self._proven = found
        except OSError:
            return False
        return True

    def _signature(self, manifest: Manifest) -> tuple[object, ...]:
        stats = [self.place(manifest, file.name).stat() for file in manifest.files]
        return (manifest, *((one.st_ino, one.st_size, one.st_mtime_ns) for one in stats))

    def _old(self) -> list[Path]:
        newest = read_manifest(self.folder)
        keep = newest.folder if newest else ""
        return [one for one in self.folder.iterdir() if _OURS.fullmatch(one.name) and one.name != keep]

    def _take_away(self) -> None:
        for one in self._old():
            shutil.rmtree(one, ignore_errors=True)

    def _unless_stopped(self, _done: int, _last: int) -> None:
        if self._stopping.wait(PAUSE):
            raise Stopped("the files are not made to the end")

    def _tell(self, why: str) -> None:
        if why != self.why:
            _log.warning("%s Folder: %s", why, self.folder)
        self.why = why


def _is_of(session: Session, manifest: Manifest) -> bool:
    """False where the log is not the one that was gone through: an older copy was recovered, or another one."""
    leaf_hash = session.scalar(select(EditionRow.leaf_hash).where(EditionRow.seq == manifest.seq))
    return leaf_hash == manifest.leaf_hash


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _alone(folder: Path, *, wait: bool) -> Iterator[None]:
    """No other process makes files in this folder meanwhile; the lock of a process that dies is free at once."""
    with (folder / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
