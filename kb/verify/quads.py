"""Stored N-Quads against a second reading of the document: the walker for all, rdflib for some."""

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

import rdflib
from pyoxigraph import RdfFormat, parse
from rdflib.plugins.parsers.jsonld import to_rdf

from kb.errors import Problem
from kb.log.chain import Fault
from kb.log.read import Edition
from kb.verify.walker import walk

SHOWN = 120


def check_quads(edition: Edition, document: Mapping[str, Any], stored: bytes) -> Iterator[Fault]:
    """The walker's reading must be the stored bytes."""
    try:
        read = walk(document)
    except Problem as error:
        yield Fault(edition.record, edition.version, f"document{error.where}", f"It cannot be read again: {error.what}")
        return
    if read != stored:
        yield Fault(edition.record, edition.version, "nquads", _difference(stored, read))


def check_quads_by_rdflib(edition: Edition, stored: bytes) -> Iterator[Fault]:
    """A JSON-LD processor that had no hand in the stored N-Quads must read the same from the document."""
    try:
        found = {str(quad) for quad in parse(stored, format=RdfFormat.N_QUADS)}
        read = {str(quad) for quad in parse(_by_rdflib(edition.data), format=RdfFormat.N_TRIPLES)}
    except (SyntaxError, ValueError) as error:
        yield Fault(
            edition.record, edition.version, "nquads", f"They cannot be compared with rdflib's reading: {error}"
        )
        return
    graph = f"<{edition.document['@id']}>"
    if found != {f"{triple} {graph}" for triple in read}:
        yield Fault(edition.record, edition.version, "nquads", "rdflib reads other triples from the document.")


def _by_rdflib(data: bytes) -> bytes:
    document = json.loads(data)
    document["@context"] = _CONTEXT
    # It would rewrite literals while it parses; other readers of this process may want it so, hence the way back.
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        graph = rdflib.Graph()
        # Not `Graph.parse`: on the way to this function that goes through a class that rdflib has given up.
        to_rdf(document, graph)
        return graph.serialize(format="nt", encoding="utf-8")
    finally:
        rdflib.NORMALIZE_LITERALS = before


def _difference(stored: bytes, read: bytes) -> str:
    missing = sorted(set(read.splitlines()) - set(stored.splitlines()))
    if missing:
        line = missing[0].decode("utf-8", "replace")[:SHOWN]
        return f"{len(missing)} that the document says are not among the stored N-Quads: {line}"
    more = sorted(set(stored.splitlines()) - set(read.splitlines()))
    if more:
        return f"{len(more)} stored that the document does not say: {more[0].decode('utf-8', 'replace')[:SHOWN]}"
    return "The stored N-Quads say the same but are not in their form: sorted lines, each once."


_CONTEXT = json.loads(files("kb.documents").joinpath("data", "context-v1.jsonld").read_text("utf-8"))["@context"]
