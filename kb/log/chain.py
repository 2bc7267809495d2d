"""The chain, pure: what a leaf holds, its hash, and whether a run of stored leaves hangs together."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import rfc8785

LEAF_TYPE = "claimbase/leaf/1"
FOUNDATION = "foundation"


@dataclass(frozen=True)
class Entry:
    """What stands in a leaf beside its type. No name, title, slug or user: nothing here ever needs redacting."""

    seq: int
    record: str
    version: int
    kind: str
    time: str
    digest: str
    prev: str | None
    parent: str | None


@dataclass(frozen=True)
class Stored:
    """An entry as its row has it, with the leaf and the hash that are stored beside it.

    `before` is the stored digest of the record's version before, None where there is no such row.
    """

    entry: Entry
    leaf: str
    leaf_hash: str
    before: str | None


@dataclass(frozen=True)
class Fault:
    """One thing that is not as it should be; `version` is None where it concerns no single version."""

    record: str
    version: int | None
    where: str
    problem: str


def leaf(entry: Entry) -> bytes:
    """The leaf's bytes: RFC 8785 over the entry and the type."""
    return rfc8785.dumps(
        {
            "type": LEAF_TYPE,
            "seq": entry.seq,
            "record": entry.record,
            "version": entry.version,
            "kind": entry.kind,
            "time": entry.time,
            "digest": entry.digest,
            "prev": entry.prev,
            "parent": entry.parent,
        }
    )


def leaf_hash(data: bytes) -> str:
    """SHA-256 of 0x00 and the leaf, in lower-case hex (the leaf hash of RFC 6962)."""
    return hashlib.sha256(b"\x00" + data).hexdigest()


def check_run(run: Iterable[Stored]) -> Iterator[Fault]:
    """Faults of the whole log, given from seq 0 on in order of seq. Keeps one entry in memory."""
    last: Stored | None = None
    for stored in run:
        for where, problem in (*_place(stored, last), *_ancestry(stored), *_leaf(stored)):
            yield Fault(stored.entry.record, stored.entry.version, where, problem)
        last = stored


def _place(stored: Stored, last: Stored | None) -> Iterator[tuple[str, str]]:
    entry = stored.entry
    wanted = last.entry.seq + 1 if last else 0
    if entry.seq != wanted:
        yield "log/seq", f"Number {wanted} is missing: the log goes on with {entry.seq}."
    if entry.parent != (last.leaf_hash if last else None):
        yield "log/parent", "The parent is not the hash of the leaf before."
    if last and entry.time < last.entry.time:
        yield "log/time", f"The time {entry.time} is before that of the leaf before, {last.entry.time}."
    if (entry.kind == FOUNDATION) != (entry.seq == 0):
        yield "log/kind", "The foundation is leaf 0, and leaf 0 is the foundation."


def _ancestry(stored: Stored) -> Iterator[tuple[str, str]]:
    entry = stored.entry
    if entry.version > 1 and stored.before is None:
        yield "log/version", f"Version {entry.version - 1} of the record is missing."
    elif entry.prev != stored.before:
        yield "log/prev", "The previous digest is not that of the version before."


def _leaf(stored: Stored) -> Iterator[tuple[str, str]]:
    made = leaf(stored.entry)
    if stored.leaf != made.decode():
        yield "log/leaf", "The stored leaf is not the one that its row gives."
    if stored.leaf_hash != leaf_hash(made):
        yield "log/leaf_hash", "The stored hash of the leaf is not the hash of the leaf that its row gives."
