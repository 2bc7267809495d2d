"""Other people's readings of a document: rdflib's and PyLD's, and what pyshacl says of one. No network."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pyoxigraph as ox
import pyshacl
import rdflib
from pyld import jsonld
from rdflib.namespace import SH
from rdflib.plugins.parsers.jsonld import to_rdf

from kb.documents.context import CONTEXT_FILE, PREFIXES, SHAPES_FILE, read_data

CONTEXT = json.loads(read_data(CONTEXT_FILE))["@context"]


def with_context(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with the packaged context in the place of its address."""
    return {**document, "@context": CONTEXT}


def lines_of(quads: bytes) -> set[str]:
    """N-Quads as a set, with the escapes that are a matter of taste undone."""
    return {str(quad) for quad in ox.parse(quads, format=ox.RdfFormat.N_QUADS)}


@contextmanager
def as_written() -> Iterator[None]:
    """rdflib rewrites no literal while it parses; for everybody else in this process it is as it was."""
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = before


def by_rdflib(document: Mapping[str, Any]) -> set[str]:
    """N-Quads as rdflib reads the document, in the graph that it names."""
    graph = rdflib.Graph()
    with as_written():
        # Not `Graph.parse`: on the way here that goes through a class that rdflib itself has given up.
        to_rdf(with_context(document), graph)
    return _named(graph.serialize(format="nt").encode(), document["@id"])


def by_pyld(document: Mapping[str, Any]) -> set[str]:
    """N-Quads as PyLD reads the document, in the graph that it names."""
    written: str = jsonld.to_rdf(with_context(document), {"format": "application/n-quads"})
    return _named(written.encode(), document["@id"])


def triples(document: Mapping[str, Any]) -> list[ox.Triple]:
    """By pyoxigraph's parser and the whole context, whatever is wrong with the document."""
    data = json.dumps(with_context(document)).encode()
    return [quad.triple for quad in ox.parse(data, format=ox.RdfFormat.JSON_LD, base_iri="http://localhost:8000/")]


def _named(triples: bytes, graph: str) -> set[str]:
    found = ox.parse(triples, format=ox.RdfFormat.N_TRIPLES)
    return {str(ox.Quad(*quad.triple, ox.NamedNode(graph))) for quad in found}


class Shapes:
    """The packaged shapes, parsed once."""

    def __init__(self) -> None:
        self.graph = rdflib.Graph().parse(data=read_data(SHAPES_FILE), format="turtle")

    def complaints(self, document: Mapping[str, Any]) -> list[str]:
        """Messages, and the paths of constraints in short (`cb:stance`); empty where the document conforms."""
        nt = ox.serialize(triples(document), format=ox.RdfFormat.N_TRIPLES) or b""
        with as_written():
            data = rdflib.Graph().parse(data=nt, format="nt")
            conforms, results, text = pyshacl.validate(data, shacl_graph=self.graph, inplace=True)
        # A fault in a constraint of its own reads like a refusal.
        assert "Validation Failure" not in text
        assert isinstance(results, rdflib.Graph)
        said = [str(message) for message in results.objects(None, SH.resultMessage)]
        said += [_short(str(path)) for path in results.objects(None, SH.resultPath)]
        assert conforms == (not said)
        return said


def _short(iri: str) -> str:
    return next((f"{name}:{iri.removeprefix(space)}" for name, space in PREFIXES.items() if iri.startswith(space)), iri)
