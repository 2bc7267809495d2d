"""The whole vocabulary as RDF, the same wherever it stands: under `/ns/`, in `/data`, in SPARQL's default graph."""

from functools import cache

from pyoxigraph import RdfFormat, parse, serialize

from kb.documents.context import VOCABULARY_FILE, read_data


def vocabulary_turtle() -> bytes:
    """To be read: prefixes, and each term's statements together."""
    return read_data(VOCABULARY_FILE)


@cache
def vocabulary_nquads() -> bytes:
    """One triple a line, sorted, in the default graph; so these are N-Triples too."""
    found = serialize(parse(vocabulary_turtle(), format=RdfFormat.TURTLE), format=RdfFormat.N_QUADS) or b""
    return b"".join(sorted(found.splitlines(keepends=True)))
