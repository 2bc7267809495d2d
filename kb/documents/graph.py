"""A document as N-Quads, made by pyoxigraph's JSON-LD parser from the packaged context. No network.

The short road (RDF.md 3): before parsing, the words of lists are put in as IRIs and only the terms in use are taken
from the context, which gives the same quads in a third of the time. What a parser would drop in silence - an unknown
key or word, a broken IRI - is refused: every leaf of the document must have given one triple.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pyoxigraph import NamedNode, RdfFormat, parse, serialize

from kb.documents.context import CLASSES, TERMS, Kind, Term
from kb.errors import Broken

_Json = Any
# As JSON, or the bytes of that.
Document = Mapping[str, Any] | bytes


def quads(document: Document) -> bytes:
    """N-Quads, one a line, sorted by code point, all in the graph that the version IRI names. Raises Broken."""
    return quads_of([document])[0]


def quads_of(documents: Sequence[Document]) -> list[bytes]:
    """Those of each document. They are parsed together: to read the context takes as long as to read a small document.

    Raises Broken for the first that has a fault.
    """
    given = [json.loads(one) if isinstance(one, bytes) else one for one in documents]
    readings = [_Reading(one) for one in given]
    try:
        lines = _lines(readings)
    except (SyntaxError, ValueError) as error:
        if len(given) > 1:
            # The parser does not say in which of them it stopped.
            return [quads(one) for one in given]
        raise Broken("The document is not the JSON-LD that it should be.", where="/", remedy=str(error)) from error
    for one in readings:
        if len(found := lines.get(one.graph, ())) != one.leaves:
            raise Broken(f"{one.leaves} leaves gave {len(found)} triples.", where=one.plain["@id"])
    return [b"\n".join((*sorted(lines[one.graph]), b"")) for one in readings]


def _lines(readings: Sequence["_Reading"]) -> dict[bytes, set[bytes]]:
    """Every quad as a line of N-Quads, by its graph as it stands there. Raises SyntaxError or ValueError."""
    used = sorted(set[str]().union(*(one.used for one in readings)))
    graphs = [{"@id": one.plain["@id"], "@graph": one.plain} for one in readings]
    whole = {"@context": {key: _ENTRIES[key] for key in used}, "@graph": graphs}
    parsed = parse(json.dumps(whole).encode(), format=RdfFormat.JSON_LD)
    found = {str(NamedNode(one.plain["@id"])).encode(): set[bytes]() for one in readings}
    for line in (serialize(parsed, format=RdfFormat.N_QUADS) or b"").split(b"\n")[:-1]:
        # The graph is the last word, and an IRI holds no space.
        graph = line[line.rindex(b" ", 0, -2) + 1 : -2]
        if graph in found:
            found[graph].add(line)
    return found


class _Reading:
    """One walk over a document: what the parser gets, which terms it needs, how many triples must come."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.used: set[str] = set()
        self.leaves = 0
        self.plain = self.node(document, "")

    @property
    def graph(self) -> bytes:
        """The version IRI as N-Quads write it."""
        return f"<{self.plain['@id']}>".encode()

    def node(self, given: Mapping[str, Any], where: str) -> dict[str, _Json]:
        """The object with its words as IRIs."""
        made: dict[str, _Json] = {}
        for key, value in given.items():
            if key in _SIMPLE and not isinstance(value, _PARTED):
                # Most values are of this kind: an IRI or a literal that the parser takes as it stands.
                self.used.add(key)
                self.leaves += 1
                made[key] = value
            elif key == "@id":
                made[key] = value
            elif key == "@type":
                made[key] = self._classes(value, where)
            elif key != "@context":
                if (term := TERMS.get(key)) is None:
                    raise Broken("The context has no such key.", where=f"{where}/{key}")
                self.used.add(key)
                made[key] = self._value(term, value, f"{where}/{key}")
        if "@id" not in made and where.rpartition("/")[2] not in _NESTS:
            raise Broken("An object has no @id.", where=where or "/")
        return made

    def _classes(self, value: _Json, where: str) -> _Json:
        words = [value] if isinstance(value, str) else value
        for word in words:
            if word not in CLASSES:
                raise Broken(f"The context has no class “{word}”.", where=f"{where}/@type")
        self.used.update(words)
        self.leaves += len(words)
        return value

    def _value(self, term: Term, value: _Json, where: str) -> _Json:
        if term.kind is Kind.NEST and isinstance(value, dict):
            return self.node(value, where)
        if term.kind is Kind.LANGUAGE:
            if not isinstance(value, dict):
                raise Broken("This is no language map.", where=where)
            self.leaves += sum(len(words) if isinstance(words, list) else 1 for words in value.values())
            return value
        if isinstance(value, list):
            return [self._value(term, item, f"{where}/{place}") for place, item in enumerate(value)]
        self.leaves += 1
        if term.kind is Kind.WORD:
            if not isinstance(value, str) or value not in term.words:
                raise Broken(f"“{value}” is not a word of its list.", where=where)
            return term.words[value]
        return self.node(value, where) if isinstance(value, dict) else value


def _entry(term: Term) -> _Json:
    """The term's definition for the parser, with every IRI written out so that no prefix is needed."""
    if term.kind is Kind.NEST:
        return "@nest"
    made = {"@reverse" if term.kind is Kind.REVERSE else "@id": term.property}
    if term.kind in {Kind.NODE, Kind.REVERSE, Kind.WORD}:
        made["@type"] = "@id"
    elif term.kind is Kind.TYPED:
        made["@type"] = term.datatype
    if term.kind is Kind.LANGUAGE:
        made["@container"] = "@language"
    elif term.is_set:
        made["@container"] = "@set"
    return made


_PARTED = (dict, list)
_SIMPLE = frozenset(
    key for key, term in TERMS.items() if term.kind in {Kind.NODE, Kind.REVERSE, Kind.TYPED, Kind.PLAIN}
)
_NESTS = frozenset(key for key, term in TERMS.items() if term.kind is Kind.NEST)
_ENTRIES = {key: _entry(term) for key, term in TERMS.items()} | dict(CLASSES)
