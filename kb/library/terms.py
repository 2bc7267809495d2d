"""Quads as pyoxigraph reads them, put into a `Dataset` of rdflib with every literal as it was written.

rdflib's own parsers rewrite literals ("0.80" to "0.8") unless a switch of the whole process is thrown, and take twice
as long; a literal that is made by hand is asked for it by itself.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad
from pyoxigraph import Literal as Written
from rdflib import BNode, Dataset, Graph, Literal, URIRef
from rdflib.namespace import XSD

from kb.documents.context import PREFIXES
from kb.errors import Refused

Found = NamedNode | BlankNode | Written
Node = URIRef | BNode | Literal


def new_dataset(*, default_union: bool) -> Dataset:
    """An empty one that knows the usual prefixes."""
    dataset = Dataset(default_union=default_union)
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace, override=True, replace=True)
    return dataset


def fill(dataset: Dataset, quads: Iterable[Quad]) -> None:
    """Add the quads. Raises Refused where there is a term that rdflib lacks: a triple within a triple."""
    dataset.addN(_Terms(dataset).read(quads))


class _Terms:
    """The same IRI stands in many quads, and is made once."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._iris: dict[str, URIRef] = {}
        self._graphs: dict[object, Graph] = {DefaultGraph(): dataset.default_graph}

    def read(self, quads: Iterable[Quad]) -> Iterator[tuple[Node, Node, Node, Graph]]:
        for quad in quads:
            graph = self._graphs.get(quad.graph_name)
            if graph is None:
                name = self._node(quad.graph_name)
                graph = self._graphs[quad.graph_name] = self._dataset.graph(name)
            yield self._node(quad.subject), self._node(quad.predicate), self._node(quad.object), graph

    def _node(self, term: object) -> Node:
        if isinstance(term, NamedNode):
            return self._iri(term.value)
        if isinstance(term, BlankNode):
            return BNode(term.value)
        if isinstance(term, Written):
            return self._literal(term)
        raise Refused(
            "rdflib has no triples within triples", where=str(term)[:80], remedy="Leave them out of the file."
        )

    def _iri(self, value: str) -> URIRef:
        found = self._iris.get(value)
        if found is None:
            found = self._iris[value] = URIRef(value)
        return found

    def _literal(self, term: Written) -> Literal:
        if term.language:
            return Literal(term.value, lang=term.language)
        datatype = self._iri(term.datatype.value)
        # What has no datatype is a string; rdflib takes the one that says so for another literal.
        return (
            Literal(term.value) if datatype == XSD.string else Literal(term.value, datatype=datatype, normalize=False)
        )
