"""What the index holds of the log: current editions once more, each edition by itself, the log, and nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store
from sqlalchemy import Engine
from zstandard import ZstdError

from kb.db import writing
from kb.formats.ns.published import vocabulary_nquads
from kb.log import read
from kb.projections.triples.entry import Entry, pack, unpack
from kb.projections.triples.feed import entries
from kb.projections.triples.store import begin, take_in
from tests.factories.documents import BASE
from tests.support.knowledge import Knowledge, publish_knowledge
from tests.support.removed import remove
from tests.support.statements import Statements

LOG = NamedNode(f"{BASE}log")
CB, CBV = "https://w3id.org/claimbase/ns#", "https://w3id.org/claimbase/vocab/"
CURRENT = NamedNode("http://www.w3.org/ns/dcat#hasCurrentVersion")


@pytest.fixture
def known(engine: Engine, tmp_path: Path) -> Knowledge:
    return publish_knowledge(engine, tmp_path)


def log_of(engine: Engine, limit: int = 100) -> list[Entry]:
    with writing(engine) as session:
        return entries(session, BASE, -1, limit)


def index_of(given: list[Entry]) -> Store:
    store = Store()
    begin(store)
    for entry in given:
        take_in(store, entry, BASE)
    return store


def editions(engine: Engine, *, current_only: bool) -> Iterator[bytes]:
    with writing(engine) as session:
        for _seq, nquads in read.with_quads(session, current_only=current_only):
            yield from nquads.splitlines()


def graph(store: Store, name: NamedNode | DefaultGraph) -> set[str]:
    return {str(quad.triple) for quad in store.quads_for_pattern(None, None, None, name)}


def standing(store: Store, address: str) -> str:
    found = store.quads_for_pattern(NamedNode(address), NamedNode(f"{CB}standing"), None, LOG)
    return str([quad.object for quad in found]).removeprefix(f"[<NamedNode value={CBV}standing-").removesuffix(">]")


def test_the_default_graph_is_the_current_editions_and_the_vocabulary(engine: Engine, known: Knowledge) -> None:
    store = index_of(log_of(engine))
    current = {line.decode().rpartition(" <")[0] for line in editions(engine, current_only=True)}
    words = {line.removesuffix(" .") for line in vocabulary_nquads().decode().splitlines()}
    assert len(graph(store, DefaultGraph())) == len(current) + len(words)
    assert len(list(store.quads_for_pattern(None, None, None, DefaultGraph()))) == len(current | words)


def test_each_edition_stands_in_a_graph_of_its_own(engine: Engine, known: Knowledge) -> None:
    store = index_of(log_of(engine))
    named = {f"{quad} ." for quad in store if quad.graph_name not in (DefaultGraph(), LOG)}
    assert named == {line.decode() for line in editions(engine, current_only=False)}


def test_the_log_tells_of_every_edition(engine: Engine, known: Knowledge) -> None:
    store = index_of(log_of(engine))
    numbers = sorted(int(quad.object.value) for quad in store.quads_for_pattern(None, NamedNode(f"{CB}seq"), None, LOG))
    with writing(engine) as session:
        assert numbers == list(range(read.head(session).seq + 1))
        first = read.version(session, f"claims/{known.claim}", 1)
    page = f"{BASE}claims/{known.claim}"
    said = {(str(quad.predicate.value).rpartition("/")[2], quad.object.value) for quad in _about(store, f"{page}/v1")}
    assert {("sha256", first.digest), ("ns#seq", str(first.seq)), ("ns#change", f"{CBV}change-new")} <= said
    assert [quad.object.value for quad in store.quads_for_pattern(NamedNode(f"{page}#it"), CURRENT, None, LOG)] == [
        f"{page}/v2"
    ]
    assert (standing(store, f"{page}/v1"), standing(store, f"{page}/v2")) == ("corrected", "current")
    gone = f"{BASE}claims/{known.gone}"
    assert (standing(store, f"{gone}/v1"), standing(store, f"{gone}/v2")) == ("withdrawn", "withdrawn")


def _about(store: Store, address: str) -> Iterator[Quad]:
    return iter(store.quads_for_pattern(NamedNode(address), None, None, LOG))


def test_one_after_the_other_ends_as_all_at_once(engine: Engine, known: Knowledge) -> None:
    given = log_of(engine)
    whole, grown = set(index_of(given)), Store()
    begin(grown)
    counted = len(grown)
    for entry in given:
        counted += take_in(grown, entry, BASE)
        before = set(grown)
        assert take_in(grown, entry, BASE) == 0
        assert set(grown) == before
        assert counted == len(grown)
    assert set(grown) == whole
    for place in (0, 5, len(given) - 2):
        for entry in given[place:]:
            counted += take_in(grown, entry, BASE)
            assert counted == len(grown)
        assert set(grown) == whole, f"taken in again from {place}"


def test_beside_it_the_default_graph_stands_by_itself(engine: Engine, known: Knowledge) -> None:
    remove(engine, known)
    given = log_of(engine)
    store, current = Store(), Store()
    begin(store)
    begin(current)
    # Also taken in again, and anew from an earlier one.
    for entry in (*given, given[-1], *given[5:]):
        take_in(store, entry, BASE, current)
        assert set(current) == set(store.quads_for_pattern(None, None, None, DefaultGraph()))
    assert set(store) == set(index_of(given))


def test_what_was_removed_is_in_no_graph(engine: Engine, known: Knowledge) -> None:
    grown = index_of(log_of(engine))
    version = f"{BASE}claims/{known.claim}/v1"
    assert graph(grown, NamedNode(version))
    remove(engine, known)
    given = log_of(engine)
    counted = len(grown)
    assert counted + take_in(grown, given[-1], BASE) == len(grown)
    fresh = index_of(given)
    assert set(grown) == set(fresh)
    assert not graph(fresh, NamedNode(version))
    assert standing(fresh, version) == "redacted"


def test_entries_travel_as_bytes(engine: Engine, known: Knowledge) -> None:
    given = log_of(engine)
    assert list(unpack(pack(given))) == given
    assert list(unpack(b"")) == []


def test_a_batch_takes_two_statements_whatever_its_size(
    engine: Engine, known: Knowledge, statements: Statements
) -> None:
    for limit in (1, 100):
        with statements(engine) as seen, writing(engine) as session:
            entries(session, BASE, -1, limit)
        assert len(seen) == 2


def test_quads_that_cannot_be_read_change_nothing(engine: Engine, known: Knowledge) -> None:
    given = log_of(engine)
    store = index_of(given[:-1])
    before = set(store)
    torn = replace(given[-1], nquads=b"torn")
    with pytest.raises(ZstdError):
        take_in(store, torn, BASE)
    assert set(store) == before
