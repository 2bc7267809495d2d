"""The index itself: how an entry of the log changes a pyoxigraph store, in memory or on disk."""

from collections.abc import Iterable
from typing import NamedTuple

import zstandard
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store

from kb.documents.context import PREFIXES
from kb.formats.ns.published import vocabulary_nquads
from kb.formats.rdf import triples
from kb.projections.triples.entry import Entry

_CURRENT = NamedNode(f"{PREFIXES['dcat']}hasCurrentVersion")


class Stores(NamedTuple):
    """What questions are put to: all graphs, and for those that name none the default graph by itself.

    The engine finds the quads of one predicate by following a chain of them, whatever graphs they are in: the editions
    would make each of these chains twice as long. On disk, where its keys are sorted, both are the same store.
    """

    all: Store
    current: Store


def begin(store: Store) -> None:
    """An empty index: the vocabulary alone, in the default graph."""
    store.load(vocabulary_nquads(), format=RdfFormat.N_QUADS)


def take_in(store: Store, entry: Entry, base: str, current: Store | None = None) -> int:
    """Put one edition in the place of the one before it; doing so again, or anew from an earlier one, changes nothing.

    Each edition stands in a graph of its own, the current ones in the default graph too; `current` has, where there is
    one, the default graph alone. Gives how many quads the store has more, or less: the engine itself would read all of
    them to count them.
    """
    both = [store] if current is None else [store, current]
    nquads = zstandard.ZstdDecompressor().decompress(entry.nquads) if entry.nquads else b""
    told = nquads.count(b"\n")
    there = list(_graph(store, entry.graph))
    # First of all, so that nothing has changed where it cannot be read.
    store.load(nquads, format=RdfFormat.N_QUADS)
    more = told - len(there)
    # A version may be taken in again after later ones: then these, too, stand in the default graph.
    for version in range(1, entry.version):
        past = _in_default(store, _graph(store, entry.graph_of(version)))
        for each in both:
            _remove(each, past)
        more -= len(past)
    for version in entry.gone:
        more -= sum(1 for _ in _graph(store, entry.graph_of(version)))
        store.remove_graph(NamedNode(entry.graph_of(version)))
    # No two records say anything of one subject: what is in the default graph by now is there from this version.
    more += told - len(_in_default(store, there))
    told_of_current = triples(nquads)
    for each in both:
        each.load(told_of_current, format=RdfFormat.N_TRIPLES)
    return more + _write_log(store, entry, NamedNode(f"{base}log"))


def _graph(store: Store, name: str) -> Iterable[Quad]:
    return store.quads_for_pattern(None, None, None, NamedNode(name))


def _in_default(store: Store, quads: Iterable[Quad]) -> list[Quad]:
    """Those that stand in the default graph, as they stand there."""
    there = (Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) for quad in quads)
    return [quad for quad in there if quad in store]


def _remove(store: Store, quads: Iterable[Quad]) -> int:
    """Gives how many there were."""
    there = list(quads)
    for quad in there:
        store.remove(quad)
    return len(there)


def _write_log(store: Store, entry: Entry, log: NamedNode) -> int:
    """Gives how many quads the graph of the log has more."""
    before = 0
    for version in range(1, entry.version + 1):
        before += _remove(store, store.quads_for_pattern(NamedNode(entry.graph_of(version)), None, None, log))
    before += _remove(store, store.quads_for_pattern(NamedNode(f"{entry.page}#it"), _CURRENT, None, log))
    store.load(entry.log, format=RdfFormat.N_QUADS)
    return entry.log.count(b"\n") - before
