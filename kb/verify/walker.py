"""The second reading: a document's triples by the context's table alone, without any JSON-LD code.

One leaf of the JSON is one triple; RDF.md 3 has the table. It reads the context by itself, so that nothing which made
the stored N-Quads has a hand in it.
"""

import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from kb.errors import Broken

Json = Any
RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
# What canonical N-Quads escape, and how.
_ESCAPED = {
    "\t": "\\t",
    "\b": "\\b",
    "\n": "\\n",
    "\r": "\\r",
    "\f": "\\f",
    '"': '\\"',
    "\\": "\\\\",
}
_ESCAPE = re.compile('[\x00-\x1f"\\\\\x7f]')


class Unread(Broken):
    """The document has a key, a word or a value that the context does not explain."""


def walk(document: Mapping[str, Json]) -> bytes:
    """The document's N-Quads: sorted lines, in the graph that its own address names. Raises Unread."""
    graph = f" <{document['@id']}> .\n"
    lines = [f"{triple}{graph}".encode() for triple in _node(document, "")]
    return b"".join(sorted(lines))


def _node(node: Mapping[str, Json], where: str) -> Iterator[str]:
    yield from _keys(node, _iri(node, where), where)


def _iri(node: Json, where: str) -> str:
    iri = node.get("@id") if isinstance(node, dict) else None
    if not isinstance(iri, str):
        raise Unread("an object has no @id", where=where or "/")
    return f"<{iri}>"


def _keys(node: Mapping[str, Json], subject: str, where: str) -> Iterator[str]:
    for key, value in node.items():
        here = f"{where}/{key}"
        if key == "@type":
            for word in value if isinstance(value, list) else [value]:
                yield f"{subject} {RDF_TYPE} <{_class(word, here)}>"
        elif key not in ("@id", "@context"):
            yield from _values(key, value, subject, here)


def _values(key: str, value: Json, subject: str, where: str) -> Iterator[str]:
    entry = _ENTRIES.get(key)
    if entry is None:
        raise Unread("the context has no such key", where=where)
    if entry == "@nest":
        yield from _keys(value, subject, where)
        return
    if entry.get("@container") == "@language":
        yield from _tagged(f"{subject} <{_full(entry['@id'])}>", value, where)
        return
    for item in value if isinstance(value, list) else [value]:
        yield from _item(entry, item, subject, where)


def _item(entry: Mapping[str, Json], item: Json, subject: str, where: str) -> Iterator[str]:
    kind = entry.get("@type")
    if "@reverse" in entry:
        yield f"{_iri(item, where)} <{_full(entry['@reverse'])}> {subject}"
        yield from _node(item, where)
        return
    begin = f"{subject} <{_full(entry['@id'])}>"
    if isinstance(item, dict) and kind == "@id":
        yield f"{begin} {_iri(item, where)}"
        yield from _node(item, where)
    elif kind == "@vocab":
        if (word := entry["@context"].get(item)) is None:
            raise Unread(f"“{item}” is not a word of its list", where=where)
        yield f"{begin} <{_full(word)}>"
    elif kind == "@id" and isinstance(item, str):
        yield f"{begin} <{item}>"
    elif kind and kind != "@id":
        yield f"{begin} {_quoted(_written(item, where))}^^<{_full(kind)}>"
    elif not kind and isinstance(item, str):
        yield f"{begin} {_quoted(item)}"
    else:
        raise Unread(f"a value of the wrong kind: {type(item).__name__}", where=where)


def _tagged(begin: str, words: Json, where: str) -> Iterator[str]:
    if not isinstance(words, dict):
        raise Unread("prose without a language", where=where)
    for language, value in words.items():
        for text in value if isinstance(value, list) else [value]:
            yield f"{begin} {_quoted(text)}@{language}"


def _written(item: Json, where: str) -> str:
    """Numbers, true and false as JSON writes them; strings as they stand."""
    if isinstance(item, bool):
        return "true" if item else "false"
    if isinstance(item, int | str):
        return str(item)
    raise Unread(f"a value of the wrong kind: {type(item).__name__}", where=where)


def _quoted(text: str) -> str:
    return f'"{_ESCAPE.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    return _ESCAPED.get(found[0]) or f"\\u{ord(found[0]):04X}"


def _class(word: str, where: str) -> str:
    short = _ENTRIES.get(word)
    if not isinstance(short, str) or not word[:1].isupper():
        raise Unread(f"the context has no class “{word}”", where=where)
    return _full(short)


def _full(short: str) -> str:
    prefix, colon, rest = short.partition(":")
    space = _ENTRIES.get(prefix) if colon else None
    return space + rest if isinstance(space, str) else short


_ENTRIES: Mapping[str, Json] = json.loads(
    files("kb.documents").joinpath("data", "context-v1.jsonld").read_text("utf-8")
)["@context"]
