"""The chain: the published test vector, and every way in which a run of leaves can be wrong."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from kb.log.chain import Entry, Stored, check_run, leaf, leaf_hash

VECTORS = Path(__file__).parents[2] / "vectors" / "leaf"
ONE = hashlib.sha256(b'{"example":"version 1"}').hexdigest()
TWO = hashlib.sha256(b'{"example":"version 2"}').hexdigest()
PARENT = hashlib.sha256(b'\x00{"example":"leaf 810"}').hexdigest()
FIRST = Entry(811, "7k3mq9v2j", 1, "new", "2026-11-24T09:30:00Z", ONE, None, PARENT)


def test_leaves_are_those_of_the_vector() -> None:
    second = Entry(812, "7k3mq9v2j", 2, "correction", "2026-11-25T16:05:09Z", TWO, ONE, leaf_hash(leaf(FIRST)))
    for number, entry, length in ((811, FIRST, 277), (812, second, 346)):
        assert leaf(entry) == (VECTORS / f"{number}.json").read_bytes()
        assert len(leaf(entry)) == length
        assert leaf_hash(leaf(entry)) == (VECTORS / f"{number}.sha256").read_text().strip()


def test_every_changed_field_changes_the_leaf() -> None:
    others = {"seq": 812, "record": "7k3mq9v2k", "version": 2, "kind": "update", "time": "2026-11-24T09:30:01Z"}
    others |= {"digest": TWO, "prev": ONE, "parent": None}
    for name, value in others.items():
        changed = leaf(replace(FIRST, **{name: value}))
        assert leaf_hash(changed) != leaf_hash(leaf(FIRST))
        assert json.loads(changed)[name] == value


def a_run() -> list[Stored]:
    """Foundation, two records, one of them with two versions."""
    kinds = [
        ("aaaaaaaa1", 1, "foundation"),
        ("bbbbbbbb1", 1, "new"),
        ("cccccccc1", 1, "new"),
        ("bbbbbbbb1", 2, "update"),
    ]
    run: list[Stored] = []
    digests: dict[str, str] = {}
    for seq, (record, version, kind) in enumerate(kinds):
        digest = hashlib.sha256(str(seq).encode()).hexdigest()
        before = digests.get(record)
        parent = run[-1].leaf_hash if run else None
        entry = Entry(seq, record, version, kind, f"2026-11-24T09:30:0{seq}Z", digest, before, parent)
        run.append(Stored(entry, leaf(entry).decode(), leaf_hash(leaf(entry)), before))
        digests[record] = digest
    return run


def sealed(stored: Stored, **changes: object) -> Stored:
    """The entry changed, and leaf and hash made to fit."""
    entry = replace(stored.entry, **changes)  # type: ignore[arg-type]
    return replace(stored, entry=entry, leaf=leaf(entry).decode(), leaf_hash=leaf_hash(leaf(entry)))


def test_a_whole_run_has_no_fault() -> None:
    assert list(check_run(a_run())) == []
    assert list(check_run([])) == []


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("name", ["seq", "record", "version", "kind", "time", "digest", "prev", "parent"])
def test_a_field_changed_in_its_row_is_named(place: int, name: str) -> None:
    run = a_run()
    value = {"seq": 77, "version": 9}.get(name, "x")
    run[place] = replace(run[place], entry=replace(run[place].entry, **{name: value}))  # type: ignore[arg-type]
    named = {(fault.record, fault.version) for fault in check_run(run)}
    assert (run[place].entry.record, run[place].entry.version) in named


@pytest.mark.parametrize("place", range(4))
def test_a_changed_leaf_or_hash_is_named(place: int) -> None:
    for change in ({"leaf": "{}"}, {"leaf_hash": "0" * 64}):
        run = a_run()
        run[place] = replace(run[place], **change)
        assert (run[place].entry.record, f"log/{next(iter(change))}") in {(f.record, f.where) for f in check_run(run)}


def test_what_fits_in_itself_but_not_to_its_neighbours_is_named() -> None:
    run = a_run()
    assert {fault.where for fault in check_run([run[0], run[2], run[3]])} == {"log/seq", "log/parent"}
    assert {fault.where for fault in check_run([run[0], run[2], run[1], run[3]])} == {
        "log/seq",
        "log/parent",
        "log/time",
    }
    assert {fault.where for fault in check_run(run[1:])} == {"log/seq", "log/parent"}
    late = [run[0], sealed(run[1], time="2027-01-01T00:00:00Z"), *run[2:]]
    assert {fault.where for fault in check_run(late)} == {"log/parent", "log/time"}
    gone = [*run[:3], replace(run[3], before=None)]
    assert {fault.where for fault in check_run(gone)} == {"log/version"}
    assert {fault.where for fault in check_run([*run[:3], sealed(run[3], prev="0" * 64)])} == {"log/prev"}
    second = sealed(run[3], kind="foundation")
    assert {fault.where for fault in check_run([*run[:3], second])} == {"log/kind"}
