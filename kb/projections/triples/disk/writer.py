"""The process that holds the store on disk: whatever a broken file does to it, pages and questions go on.

`python -m kb.projections.triples.disk.writer SOCKET FOLDER BASE`. It may be killed at any moment: its store
is always begun from nothing, or from a generation.
"""

import os
import shutil
import sys
import time
from pathlib import Path

from pyoxigraph import NamedNode, Store

from kb.projections.triples.disk.stands import stands_at
from kb.projections.triples.disk.worker import work
from kb.projections.triples.entry import unpack
from kb.projections.triples.store import begin, take_in
from kb.projections.triples.wire import Message

# These RocksDB writes once and never changes: a copy can share them. All others it goes on writing to.
SHARED = ".sst"
# Counting reads the whole store: it is done again when it would take no more than a twentieth of the time.
COUNTED_ONE_IN = 20


# Bytes of packed entries. The engine itself would let hundreds of megabytes gather in memory first.
FLUSHED_AFTER = 2 * 2**20


class Holder:
    """The store, and what can be done with it."""

    def __init__(self, folder: Path, base: str) -> None:
        self._folder = folder
        self._base = base
        self._store: Store | None = None
        self._quads = 0
        self._unflushed = 0
        self._count_again = 0.0

    def begin(self) -> Message:
        """A store with the vocabulary alone."""
        self._store = Store(self._folder)
        begin(self._store)
        return {}

    def open(self, generation: str, seq: int, digest: str) -> Message:
        """Go on from a generation, where that is what it is said to be."""
        if not stands_at(Store.read_only(generation), self._base, seq, digest):
            return {"opened": False}
        copy_generation(Path(generation), self._folder)
        self._store = Store(self._folder)
        return {"opened": stands_at(self._store, self._base, seq, digest)}

    def take(self, packed: bytes) -> Message:
        """Entries, in order. `erased`: words were taken out that the files still hold."""
        store, erased = self._held(), False
        for entry in unpack(packed):
            erased |= any(store.contains_named_graph(NamedNode(entry.graph_of(one))) for one in entry.gone)
            take_in(store, entry, self._base)
        self._unflushed += len(packed)
        if self._unflushed > FLUSHED_AFTER:
            store.flush()
            self._unflushed = 0
        return {"erased": erased}

    def save(self, to: str) -> Message:
        """A copy that shares all files that are written once."""
        self._held().backup(to)
        return {"quads": self._count()}

    def _count(self) -> int:
        start = time.monotonic()
        if start >= self._count_again:
            self._quads = len(self._held())
            end = time.monotonic()
            self._count_again = end + COUNTED_ONE_IN * (end - start)
        return self._quads

    def _held(self) -> Store:
        if self._store is None:
            raise RuntimeError("no store is open")
        return self._store


def copy_generation(generation: Path, folder: Path) -> None:
    """As the engine's own backup does it. Raises OSError."""
    folder.mkdir()
    for file in generation.iterdir():
        if file.suffix == SHARED:
            os.link(file, folder / file.name)
        elif file.name != "LOCK":
            shutil.copyfile(file, folder / file.name)


def main(end: str, folder: str, base: str) -> None:
    holder = Holder(Path(folder), base)
    work(int(end), {"begin": holder.begin, "open": holder.open, "take": holder.take, "save": holder.save})


if __name__ == "__main__":
    main(*sys.argv[1:])
