"""The index itself: how an entry of the log changes a pyoxigraph store, in memory or on disk."""

from collections.abc import Iterable

import zstandard
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store

from kb.documents.context import PREFIXES
from kb.formats.ns.published import vocabulary_nquads
from kb.formats.rdf import triples
from kb.projections.triples.entry import Entry

_CURRENT = NamedNode(f"{PREFIXES['dcat']}hasCurrentVersion")


def begin(store: Store) -> None:
    """An empty index: the vocabulary alone, in the default graph."""
    store.load(vocabulary_nquads(), format=RdfFormat.N_QUADS)


def take_in(store: Store, entry: Entry, base: str) -> None:
    """Put one edition in the place of the one before it; doing so again, or anew from an earlier one, changes nothing.

    Each edition stands in a graph of its own, the current ones in the default graph too.
    """
    nquads = zstandard.ZstdDecompressor().decompress(entry.nquads) if entry.nquads else b""
    # First of all, so that nothing has changed where it cannot be read.
    store.load(nquads, format=RdfFormat.N_QUADS)
    # A version may be taken in again after later ones: then these, too, stand in the default graph.
    _forget(store, (quad for version in range(1, entry.version) for quad in _graph(store, entry.graph_of(version))))
    for version in entry.gone:
        store.remove_graph(NamedNode(entry.graph_of(version)))
    store.load(triples(nquads), format=RdfFormat.N_TRIPLES)
    _write_log(store, entry, NamedNode(f"{base}log"))


def _graph(store: Store, name: str) -> Iterable[Quad]:
    return store.quads_for_pattern(None, None, None, NamedNode(name))


def _forget(store: Store, quads: Iterable[Quad]) -> None:
    """Out of the default graph."""
    for quad in list(quads):
        store.remove(Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()))


def _write_log(store: Store, entry: Entry, log: NamedNode) -> None:
    for version in range(1, entry.version + 1):
        for quad in list(store.quads_for_pattern(NamedNode(entry.graph_of(version)), None, None, log)):
            store.remove(quad)
    for quad in list(store.quads_for_pattern(NamedNode(f"{entry.page}#it"), _CURRENT, None, log)):
        store.remove(quad)
    store.load(entry.log, format=RdfFormat.N_QUADS)
