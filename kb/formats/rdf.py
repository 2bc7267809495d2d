"""RDF in five forms, made from stored N-Quads: nt, ttl, nq, trig, rdf (RDF/XML)."""

from collections.abc import Callable, Iterable, Iterator

from pyoxigraph import Quad, RdfFormat, parse
from pyoxigraph import serialize as write

from kb.documents.context import PREFIXES
from kb.errors import Refused

# nq and trig name the graph of each edition; the others have one graph for all.
WITH_GRAPHS = ("nq", "trig")
_XML_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
FORMS = ("ttl", "nt", "nq", "trig", "rdf")


class NoSuchForm(Refused):
    """RDF is not written in this form."""


def serialize(nquads: bytes, form: str) -> Iterator[bytes]:
    """One edition's stored N-Quads in one of FORMS. Raises NoSuchForm."""
    return join([nquads], form)


def join(editions: Iterable[bytes], form: str) -> Iterator[bytes]:
    """Stored N-Quads of many editions as one file, in pieces, one edition in memory at a time. Raises NoSuchForm."""
    if form not in _WRITERS:
        raise NoSuchForm(f"“{form}” is not a form of RDF that is written", where="format", remedy=_known())
    return _WRITERS[form](editions)


def _lines(editions: Iterable[bytes]) -> Iterator[bytes]:
    yield from editions


def triples(nquads: bytes) -> bytes:
    """Stored N-Quads as N-Triples: without the graph, which is the last term of each line and holds no space."""
    return b"".join(line[: line.rindex(b" <", 0, len(line) - 2)] + b" .\n" for line in nquads.splitlines(True))


def _triples(editions: Iterable[bytes]) -> Iterator[bytes]:
    return map(triples, editions)


def _turtle(editions: Iterable[bytes]) -> Iterator[bytes]:
    return _under_one_head(_written(editions, RdfFormat.TURTLE), _end_of_prefixes)


def _trig(editions: Iterable[bytes]) -> Iterator[bytes]:
    return _under_one_head(_written(editions, RdfFormat.TRIG), _end_of_prefixes)


def _xml(editions: Iterable[bytes]) -> Iterator[bytes]:
    end = b"</rdf:RDF>"
    bodies = (whole.rstrip().removesuffix(end) for whole in _written(editions, RdfFormat.RDF_XML))
    empty = b'%s<rdf:RDF xmlns:rdf="%s">' % (_XML_DECLARATION, PREFIXES["rdf"].encode())
    yield from _under_one_head(bodies, _end_of_root, empty)
    yield end + b"\n"


def _written(editions: Iterable[bytes], form: RdfFormat) -> Iterator[bytes]:
    for nquads in editions:
        read: Iterable[Quad] = parse(nquads, format=RdfFormat.N_QUADS)
        if form.supports_datasets:
            yield write(read, format=form, prefixes=dict(PREFIXES)) or b""
        else:
            yield write((quad.triple for quad in read), format=form, prefixes=dict(PREFIXES)) or b""


def _under_one_head(
    wholes: Iterable[bytes], end_of_head: Callable[[bytes], int], empty: bytes = b""
) -> Iterator[bytes]:
    """Every edition brings the same prefixes; they are written once."""
    head = b""
    for whole in wholes:
        end = end_of_head(whole)
        if not head:
            head = whole[:end]
            yield head
        yield whole[end:]
    if not head:
        yield empty


def _end_of_prefixes(whole: bytes) -> int:
    end = 0
    while whole.startswith(b"@prefix", end):
        end = whole.index(b"\n", end) + 1
    return end


def _end_of_root(whole: bytes) -> int:
    return whole.index(b">", whole.index(b"<rdf:RDF")) + 1


def _known() -> str:
    return f"Choose one of {', '.join(FORMS)}, or jsonld."


_WRITERS: dict[str, Callable[[Iterable[bytes]], Iterator[bytes]]] = {
    "nq": _lines,
    "nt": _triples,
    "ttl": _turtle,
    "trig": _trig,
    "rdf": _xml,
}
