"""An example of each own term, cut out of whole documents that the package holds: as JSON, and as a triple."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pyoxigraph import RdfFormat, Triple, parse, serialize

from kb.documents.context import CLASSES, TERMS, Kind, Term, read_data
from kb.documents.graph import quads
from kb.formats.ns.names import PREFIXES

# About an invented mountain. The first one that holds a term gives its example.
DOCUMENTS = ("claim", "source", "copy", "agent", "origin", "measure", "topic", "page", "foundation")
# How much else of an object the example of its class shows.
BESIDE = 3
OWN = PREFIXES["cb"]
_TYPE = PREFIXES["rdf"] + "type"


@dataclass(frozen=True)
class Example:
    """`json` has a key a line, and is "" for what stands in no document; `turtle` is one statement without prefixes."""

    json: str
    turtle: str


def document(name: str) -> dict[str, Any]:
    """A packaged example, whole."""
    found: dict[str, Any] = json.loads(read_data(f"examples/{name}.json"))
    return found


@cache
def examples() -> Mapping[str, Example]:
    """By the IRI of the term."""
    found: dict[str, Example] = {}
    for name in DOCUMENTS:
        for term, piece in _pieces(document(name)):
            if term not in found:
                found[term] = Example(_lines(piece), _turtle(term, piece))
    return found


def _pieces(node: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Own terms that an object and all in it use, each with as much of the object as shows the term."""
    head = {key: node[key] for key in ("@id", "@type") if key in node}
    types = node["@type"] if isinstance(node["@type"], list) else [node["@type"]]
    plain = {key: value for key, value in node.items() if key in TERMS and _is_plain(TERMS[key], value)}
    for word in types:
        if CLASSES[word].startswith(OWN):
            yield CLASSES[word], head | dict(list(plain.items())[:BESIDE])
    for key, value in node.items():
        if key in head or key == "@context":
            continue
        if TERMS[key].kind is Kind.NEST:
            yield from ((TERMS[inner].property, head | {key: {inner: one}}) for inner, one in value.items())
        elif TERMS[key].property.startswith(OWN):
            yield TERMS[key].property, head | {key: _cut(value)}
    for value in node.values():
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict) and "@type" in inner:
                yield from _pieces(inner)


def _is_plain(term: Term, value: Any) -> bool:
    return isinstance(value, str | int) or term.kind is Kind.LANGUAGE


def _cut(value: Any) -> Any:
    """The first of several, and of an object only which one it is."""
    if isinstance(value, list):
        return [_cut(one) for one in value[:1]]
    if isinstance(value, dict):
        return {key: value[key] for key in ("@id", "@type")} if "@id" in value else value
    return value


def _lines(piece: Mapping[str, Any]) -> str:
    """A key a line, with all of its value: much shorter than one that opens every array and object."""
    pairs = [f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in piece.items()]
    return "{\n" + ",\n".join(pairs) + "\n}"


def _turtle(term: str, piece: Mapping[str, Any]) -> str:
    """What the piece says with the term, as every reader of the document gets it."""
    read = (quad.triple for quad in parse(quads(piece), format=RdfFormat.N_QUADS))
    said = [one for one in read if one.predicate.value == term or (_is_type(one) and _value(one) == term)]
    return statement(said[0])


def statement(triple: Triple) -> str:
    """One triple in Turtle with the usual prefixes, which are not written."""
    written = (serialize([triple], format=RdfFormat.TURTLE, prefixes=dict(PREFIXES)) or b"").decode()
    return "".join(line for line in written.splitlines(keepends=True) if not line.startswith("@prefix")).strip()


def _is_type(triple: Triple) -> bool:
    return triple.predicate.value == _TYPE


def _value(triple: Triple) -> str:
    return str(getattr(triple.object, "value", ""))
