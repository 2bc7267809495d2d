"""The index on disk is held against the log quad by quad, and what differs is named."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store
from sqlalchemy import Engine

from kb.db import open_reading_engine
from kb.documents.context import PREFIXES
from kb.log.chain import Fault
from kb.projections.triples.disk.pointer import read_pointer, renew
from kb.settings import Settings
from kb.verify.index import check_index
from kb.verify.verdict import Verdict
from tests.factories.documents import BASE
from tests.support.index_on_disk import built, fresh, publish_more
from tests.support.knowledge import Knowledge, publish_knowledge
from tests.support.removed import empty, remove

ONE_DATABASE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
NAME = NamedNode(f"{PREFIXES['schema']}name")
Change = Callable[[Store, Knowledge], None]


@pytest.fixture
def kb(engine: Engine, tmp_path: Path) -> Knowledge:
    """With an index on disk, which no process has open."""
    known = publish_knowledge(engine, tmp_path)
    built(engine, tmp_path / "triples").close()
    return known


@pytest.fixture
def reader(settings: Settings, kb: Knowledge) -> Iterator[Engine]:
    opened = open_reading_engine(settings)
    yield opened
    opened.dispose()


def look(reader: Engine, tmp_path: Path) -> tuple[list[Fault], int]:
    """The faults, and how many quads were looked at; nothing is left behind."""
    verdict = Verdict()
    before = sorted((tmp_path / "triples").iterdir())
    assert check_index(reader, tmp_path / "triples", verdict) is not bool(verdict.problems)
    assert sorted((tmp_path / "triples").iterdir()) == before
    assert {fault.where for fault in verdict.problems} <= {"index"}
    return verdict.problems, verdict.counts.index_quads


def generation(tmp_path: Path) -> Path:
    pointer = read_pointer(tmp_path / "triples")
    assert pointer is not None
    return tmp_path / "triples" / "generations" / pointer.generation


def change(tmp_path: Path, known: Knowledge, how: Change) -> None:
    """Put a store in the place of the newest generation that is the same but for something."""
    store = Store(generation(tmp_path))
    how(store, known)
    store.backup(str(tmp_path / "changed"))
    del store
    shutil.rmtree(generation(tmp_path))
    (tmp_path / "changed").rename(generation(tmp_path))


def test_an_index_that_was_made_of_the_log_is_sound(
    reader: Engine, engine: Engine, kb: Knowledge, tmp_path: Path
) -> None:
    assert look(reader, tmp_path) == ([], len(fresh(engine)))


@ONE_DATABASE
def test_where_there_is_none_there_is_nothing_to_say(reader: Engine, kb: Knowledge, tmp_path: Path) -> None:
    renew(tmp_path / "triples")
    assert look(reader, tmp_path) == ([], 0)
    shutil.rmtree(tmp_path / "triples")
    (tmp_path / "triples").mkdir()
    assert look(reader, tmp_path) == ([], 0)


@ONE_DATABASE
def test_what_a_proof_that_was_killed_has_left_is_removed(reader: Engine, kb: Knowledge, tmp_path: Path) -> None:
    # No process has this number: it is beyond what the kernel gives out.
    left = tmp_path / "triples" / "reader-99999999"
    shutil.copytree(generation(tmp_path), left)
    assert check_index(reader, tmp_path / "triples", Verdict())
    assert not left.exists()


@ONE_DATABASE
def test_one_that_is_behind_is_sound_as_far_as_it_goes(
    reader: Engine, engine: Engine, kb: Knowledge, tmp_path: Path
) -> None:
    quads = len(fresh(engine))
    publish_more(engine, kb, 2)
    assert look(reader, tmp_path) == ([], quads)
    remove(engine, kb)
    assert look(reader, tmp_path) == ([], quads)


def in_graph(store: Store, known: Knowledge, version: int = 2) -> Quad:
    graph = NamedNode(f"{BASE}claims/{known.claim}/v{version}")
    return next(iter(store.quads_for_pattern(None, NAME, None, graph)))


def another_literal(store: Store, known: Knowledge) -> None:
    quad = in_graph(store, known)
    store.remove(quad)
    store.add(Quad(quad.subject, quad.predicate, Literal("Something else", language="en"), quad.graph_name))


def another_literal_by_default(store: Store, known: Knowledge) -> None:
    quad = in_graph(store, known)
    store.remove(Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()))
    store.add(Quad(quad.subject, quad.predicate, Literal("Something else", language="en"), DefaultGraph()))


def an_old_version_by_default(store: Store, known: Knowledge) -> None:
    store.add(Quad(NamedNode(f"{BASE}claims/{known.claim}#it"), NAME, Literal("Before"), DefaultGraph()))


def a_version_less(store: Store, known: Knowledge) -> None:
    store.remove_graph(NamedNode(f"{BASE}claims/{known.claim}/v1"))


def a_foreign_graph(store: Store, known: Knowledge) -> None:
    store.add(Quad(NAME, NAME, NAME, NamedNode(f"{BASE}claims/{known.claim}/v9")))


def a_foreign_subject(store: Store, _known: Knowledge) -> None:
    store.add(Quad(NAME, NAME, Literal("Foreign"), DefaultGraph()))


def no_vocabulary(store: Store, _known: Knowledge) -> None:
    terms = [quad for quad in store if "claimbase/vocab/verdict" in str(quad.subject)]
    for quad in terms:
        store.remove(quad)


def another_date_in_the_log(store: Store, known: Knowledge) -> None:
    log = NamedNode(f"{BASE}log")
    edition = NamedNode(f"{BASE}claims/{known.claim}/v1")
    for quad in list(store.quads_for_pattern(edition, None, None, log)):
        if "2026-11-25" in str(quad.object):
            store.remove(quad)


def more_in_the_log(store: Store, _known: Knowledge) -> None:
    store.add(Quad(NAME, NAME, NAME, NamedNode(f"{BASE}log")))


CLAIM = object()
CHANGES: dict[str, tuple[Change, object, int | None, str]] = {
    "a literal of a version": (another_literal, CLAIM, 2, "The graph of this version lacks <"),
    "a literal by default": (another_literal_by_default, CLAIM, 2, "The default graph lacks <"),
    "an old version": (an_old_version_by_default, CLAIM, 2, "The default graph holds, and no current edition says, <"),
    "a version less": (a_version_less, CLAIM, 1, "The graph of this version lacks <"),
    "a foreign graph": (a_foreign_graph, "index", None, "is no edition's"),
    "a foreign subject": (a_foreign_subject, "index", None, "no current edition says, <http://schema.org/name>"),
    "no vocabulary": (no_vocabulary, "index", None, "The default graph lacks, of the vocabulary, <"),
    "the log": (another_date_in_the_log, CLAIM, 2, "The graph of the log lacks <"),
    "more in the log": (more_in_the_log, "index", None, "triples, which should be"),
}


@ONE_DATABASE
@pytest.mark.parametrize("what", CHANGES)
def test_whatever_was_changed_is_named(what: str, reader: Engine, kb: Knowledge, tmp_path: Path) -> None:
    how, record, version, words = CHANGES[what]
    change(tmp_path, kb, how)
    faults, quads = look(reader, tmp_path)
    wanted = kb.claim if record is CLAIM else record
    assert any((fault.record, fault.version) == (wanted, version) and words in fault.problem for fault in faults), (
        faults
    )
    assert quads


@ONE_DATABASE
def test_words_that_were_removed_from_the_log_are_found(
    reader: Engine, engine: Engine, kb: Knowledge, tmp_path: Path
) -> None:
    empty(engine, kb.claim, 1)
    faults, _quads = look(reader, tmp_path)
    assert {(fault.record, fault.version) for fault in faults} >= {(kb.claim, 1)}
    assert any("the log does not say" in fault.problem for fault in faults)


DAMAGES: dict[str, Callable[[Path], None]] = {
    "no CURRENT": lambda path: (path / "CURRENT").unlink(),
    "no folder": shutil.rmtree,
    "no tables": lambda path: [table.unlink() for table in path.glob("*.sst")] and None,
    "half of the largest table": lambda path: halve(max(path.glob("*.sst"), key=lambda one: one.stat().st_size)),
    "a bit of each table": lambda path: [flip(table) for table in path.glob("*.sst")] and None,
    "an empty pointer": lambda path: (path.parent.parent / "pointer.json").write_text("", "utf-8") and None,
}


def halve(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@ONE_DATABASE
@pytest.mark.parametrize("what", DAMAGES)
def test_damage_is_a_fault_and_no_crash(what: str, reader: Engine, kb: Knowledge, tmp_path: Path) -> None:
    DAMAGES[what](generation(tmp_path))
    faults, _quads = look(reader, tmp_path)
    assert faults
    assert faults[-1].record == "index"
    assert "the index on disk" in faults[-1].problem.lower()
