"""RDF in five forms, made from stored N-Quads: nt, ttl, nq, trig, rdf (RDF/XML)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from pyoxigraph import Quad, RdfFormat, parse
from pyoxigraph import serialize as write

from kb.documents.context import PREFIXES
from kb.errors import Refused

# nq and trig name the graph of each edition; the others have one graph for all.
WITH_GRAPHS = ("nq", "trig")
FORMS = ("ttl", "nt", "nq", "trig", "rdf")
_END_OF_XML = b"</rdf:RDF>"
_EMPTY_XML = b'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF xmlns:rdf="%s">' % PREFIXES["rdf"].encode()


class NoSuchForm(Refused):
    """RDF is not written in this form."""


def serialize(nquads: bytes, form: str) -> Iterator[bytes]:
    """One edition's stored N-Quads in one of FORMS. Raises NoSuchForm."""
    return join([nquads], form)


def join(editions: Iterable[bytes], form: str) -> Iterator[bytes]:
    """Stored N-Quads of many editions as one file, in pieces, one edition in memory at a time. Raises NoSuchForm."""
    return _all_of(Joined(form), editions)


class Joined:
    """One file in a form of FORMS that editions are added to, one after another. Raises NoSuchForm."""

    def __init__(self, form: str) -> None:
        if form not in _WAYS:
            raise NoSuchForm(f"“{form}” is not a form of RDF that is written", where="format", remedy=_known())
        self._way = _WAYS[form]
        self._is_begun = False

    def add(self, nquads: bytes) -> bytes:
        """What the file goes on with: every edition would bring the same prefixes, which are written once."""
        # The content of an edition may have been removed: then there is nothing to write.
        if not nquads:
            return b""
        whole = self._way.write(nquads)
        start = self._way.end_of_head(whole) if self._is_begun else 0
        self._is_begun = True
        return whole[start:]

    def end(self) -> bytes:
        """What the file ends with; nothing is added afterwards."""
        return (b"" if self._is_begun else self._way.empty) + self._way.end


@dataclass(frozen=True)
class _Way:
    """How editions become one file: `write` gives one without the file's `end`, `end_of_head` what all begin with."""

    write: Callable[[bytes], bytes]
    end_of_head: Callable[[bytes], int]
    empty: bytes = b""
    end: bytes = b""


def _all_of(joined: Joined, editions: Iterable[bytes]) -> Iterator[bytes]:
    yield from map(joined.add, editions)
    if end := joined.end():
        yield end


def triples(nquads: bytes) -> bytes:
    """Stored N-Quads as N-Triples: without the graph, which is the last term of each line and holds no space."""
    return b"".join(line[: line.rindex(b" <", 0, len(line) - 2)] + b" .\n" for line in nquads.splitlines(True))


def _as_they_are(nquads: bytes) -> bytes:
    return nquads


def _written(nquads: bytes, form: RdfFormat) -> bytes:
    read: Iterable[Quad] = parse(nquads, format=RdfFormat.N_QUADS)
    some = read if form.supports_datasets else (quad.triple for quad in read)
    return write(some, format=form, prefixes=dict(PREFIXES)) or b""


def _xml(nquads: bytes) -> bytes:
    return _written(nquads, RdfFormat.RDF_XML).rstrip().removesuffix(_END_OF_XML)


def _no_head(_whole: bytes) -> int:
    return 0


def _end_of_prefixes(whole: bytes) -> int:
    end = 0
    while whole.startswith(b"@prefix", end):
        end = whole.index(b"\n", end) + 1
    return end


def _end_of_root(whole: bytes) -> int:
    return whole.index(b">", whole.index(b"<rdf:RDF")) + 1


def _known() -> str:
    return f"Choose one of {', '.join(FORMS)}, or jsonld."


_WAYS = {
    "nq": _Way(_as_they_are, _no_head),
    "nt": _Way(triples, _no_head),
    "ttl": _Way(partial(_written, form=RdfFormat.TURTLE), _end_of_prefixes),
    "trig": _Way(partial(_written, form=RdfFormat.TRIG), _end_of_prefixes),
    "rdf": _Way(_xml, _end_of_root, _EMPTY_XML, _END_OF_XML + b"\n"),
}
