"""The index's home on disk: a store that one process writes to, and generations of it that others read.

Decision 0026 says how the two homes follow each other.
"""

import fcntl
import os
import shutil
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.errors import Problem
from kb.log import read as log
from kb.log.tables import EditionRow
from kb.projections.positions import Position
from kb.projections.triples.disk.generations import (
    GENERATIONS,
    KEPT_SECONDS,
    Generation,
    Generations,
    remove,
    remove_leftovers,
)
from kb.projections.triples.disk.pointer import (
    Pointer,
    read_pointer,
    remove_pointer,
    renew,
    renewal,
    shape,
    write_pointer,
)
from kb.projections.triples.disk.worker import Worker, WorkerLost
from kb.projections.triples.entry import Entry, pack
from kb.projections.triples.feed import entries, leaf_hash_at
from kb.projections.triples.wire import Message

STORE = "store"
PROCESS = "kb.projections.triples.disk.writer"
# In bytes: what is left to the database, which matters more than an index.
LEAST_FREE = 256 * 2**20
# A generation is made at most as often, and takes no more than a fifth of the time.
GENERATION_SECONDS = 0.3
GENERATION_ONE_IN = 5

Sessions = Callable[[], AbstractContextManager[Session]]


class CannotKeep(Problem):
    """The index cannot be kept on disk, or not now."""


class DiskHome:
    """One process at a time has it. What it raises: CannotKeep, WorkerLost; what it had given stays readable then."""

    def __init__(
        self, folder: Path, base: str, *, kept_seconds: float = KEPT_SECONDS, least_free: int = LEAST_FREE
    ) -> None:
        self._folder = folder
        self.base = base
        self._least_free = least_free
        self._generations = Generations(folder / GENERATIONS, kept_seconds)
        self._lock: int | None = None
        self._store: Worker | None = None
        self._pointer: Pointer | None = None
        self._first = 0
        self._token = ""
        self._next_generation = 0.0
        # The last entry that the store was told of.
        self.seq = -1
        # Why the home that was looked at last is not usable, "" where it is.
        self.why = ""

    @property
    def current(self) -> Generation | None:
        """The newest generation."""
        if self._pointer is None:
            return None
        return Generation(
            self._generations.path(self._pointer.generation).resolve(), self._pointer.seq, self._pointer.quads
        )

    @property
    def due(self) -> float | None:
        """In how many seconds a new generation may be made; None where there is nothing new."""
        if self._store is None or (self._pointer is not None and self.seq == self._pointer.seq):
            return None
        return max(0.0, self._next_generation - time.monotonic())

    @property
    def is_outdated(self) -> bool:
        """Whether a new index was asked for since this one was begun."""
        return renewal(self._folder) != self._token

    def is_of(self, session: Session) -> bool:
        """Whether the newest generation was made of this log."""
        return self._pointer is not None and leaf_hash_at(session, self._pointer.seq) == self._pointer.leaf

    def usable(self, session: Session) -> Position | None:
        """Go on from the newest generation; gives where that stands. None where there is none, or not of this log."""
        self._end_store()
        self.why = "there is none"
        if not self._folder.exists():
            return None
        try:
            self._own()
            pointer = read_pointer(self._folder)
            self.why = misfit(session, self._folder, pointer) or self._open(session, pointer)
        except Problem as problem:
            self.why = problem.what
        if self.why:
            self._end_store()
            return None
        return Position(self.seq, self._pointer.leaf if self._pointer else None)

    def build(self, sessions: Sessions, progress: Callable[[int, int], None], stop: Callable[[], bool]) -> bool:
        """A new store from the whole log, and its first generation; the generation before stays readable meanwhile.

        False where `stop` said so. `progress` is told the number of the log that was reached, and its last one.
        """
        self._own()
        self._end_store()
        remove_leftovers(self._folder)
        token, first = renewal(self._folder), self._generations.next_number()
        store = self._started()
        store.tell("begin")
        self.seq = -1
        while batch := self._batch(sessions, progress):
            if stop():
                self._end_store()
                return False
            self.follow(batch)
        if self.seq < 0:
            self._end_store()
            return False
        self._token, self._first, self._next_generation = token, first, 0.0
        with sessions() as session:
            self._save(session)
        self.why = ""
        return True

    def follow(self, batch: Sequence[Entry]) -> None:
        """Take in what comes after `seq`. What was removed from the log is in the files still: a new index is due."""
        if shutil.disk_usage(self._folder).free < self._least_free:
            self._end_store()
            raise CannotKeep("the disk is nearly full", where=str(self._folder), remedy="Make room on it.")
        if self._tell("take", pack(batch))["erased"]:
            renew(self._folder)
        self.seq = batch[-1].seq

    def generation(self, session: Session) -> Generation | None:
        """A new one, where there is something new and it is time."""
        return None if self.due != 0.0 else self._save(session)

    def sweep(self) -> None:
        """Delete the generations that nobody can be reading any more."""
        if self._pointer is not None:
            self._generations.sweep(self._pointer.generation, self._first)

    def close(self) -> None:
        """At once, also while another thread waits for the store; nothing is lost but a building that was begun."""
        self._end_store()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def discard(self) -> None:
        """Delete all of it, and leave the folder to whoever needs it. Nothing happens where another process has it."""
        self._end_store()
        self._pointer = None
        if not self._folder.exists():
            return
        self._own()
        remove_pointer(self._folder)
        remove(self._folder / GENERATIONS)
        # From here on the index may well stay in memory: then another process may keep its own on disk.
        self.close()

    def _own(self) -> None:
        """Only one process may write here; the others keep their index in memory."""
        if self._lock is not None:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            busy = self._lock is not None
            if self._lock is not None:
                os.close(self._lock)
                self._lock = None
            what = "another process keeps its index there" if busy else f"it cannot be written to: {error.strerror}"
            raise CannotKeep(what, where=str(self._folder)) from error

    def _open(self, session: Session, pointer: Pointer | None) -> str:
        if pointer is None:
            return "there is none"
        digest = session.scalar(select(EditionRow.digest).where(EditionRow.seq == pointer.seq))
        path = self._generations.path(pointer.generation)
        self._started()
        if not self._tell("open", generation=str(path), seq=pointer.seq, digest=digest)["opened"]:
            return "it does not hold what its pointer says"
        self._pointer, self._first, self._token = pointer, pointer.first, pointer.renew
        self.seq = pointer.seq
        return ""

    def _batch(self, sessions: Sessions, progress: Callable[[int, int], None]) -> list[Entry]:
        with sessions() as session:
            batch = entries(session, self.base, self.seq)
            if batch:
                progress(batch[-1].seq, log.head(session).seq)
            return batch

    def _save(self, session: Session) -> Generation:
        start = time.monotonic()
        leaf = leaf_hash_at(session, self.seq)
        try:
            quads = self._tell("save", to=str(self._generations.room()))["quads"]
            name = self._generations.settle(self.seq)
            pointer = Pointer(shape(), self.seq, str(leaf), name, self._first, self._token, quads)
            write_pointer(self._folder, pointer)
        except OSError as error:
            self._end_store()
            raise CannotKeep(f"it cannot be written: {error.strerror}", where=str(self._folder)) from error
        self._pointer = pointer
        end = time.monotonic()
        self._next_generation = end + max(GENERATION_SECONDS, (GENERATION_ONE_IN - 1) * (end - start))
        return Generation(self._generations.path(name).resolve(), pointer.seq, quads)

    def _started(self) -> Worker:
        remove(self._folder / STORE)
        try:
            self._store = Worker(PROCESS, str(self._folder / STORE), self.base)
        except OSError as error:
            raise CannotKeep(f"its process cannot be started: {error.strerror}") from error
        return self._store

    def _tell(self, do: str, data: bytes | None = None, **words: Any) -> Message:
        if self._store is None:
            raise WorkerLost("the index on disk is not open")
        try:
            return self._store.tell(do, data, **words)
        except WorkerLost:
            self._end_store()
            raise

    def _end_store(self) -> None:
        store, self._store = self._store, None
        if store is not None:
            store.close()
            # The next one is begun from a generation, or from nothing.
            remove(self._folder / STORE)


def misfit(session: Session, folder: Path, pointer: Pointer | None) -> str:
    """Why the index that was left in the folder is of no use; "" where it may be opened, or where there is none."""
    if pointer is None:
        return ""
    if pointer.shape != shape():
        return "it was made by another version of Claimbase"
    if pointer.renew != renewal(folder):
        return "a new one was asked for"
    return "" if leaf_hash_at(session, pointer.seq) == pointer.leaf else "it was made of another log"
