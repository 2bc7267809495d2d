"""The packaged context, read once into a table: what each key of a document means in RDF.

The table serves the graph, the walker of `verify` and whoever needs a term's name. RDF.md 3 says what triple each
kind of entry gives.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from importlib.resources import files
from types import MappingProxyType
from typing import Any

CONTEXT_FILE = "context-v1.jsonld"
SHAPES_FILE = "shapes-v1.ttl"
TERMS_FILE = "terms.ttl"
HISTORY_FILE = "history.jsonl"
NEST = "@nest"


class Kind(Enum):
    """What a key's value is, and with that the triple it gives."""

    NODE = "node"  # an IRI, or an object that has one
    REVERSE = "reverse"  # the same, but the triple points from it to the subject
    WORD = "word"  # a word of a closed list, which stands for an IRI
    TYPED = "typed"  # a literal of `datatype`
    LANGUAGE = "language"  # a language map: a tagged literal for each string
    PLAIN = "plain"  # a plain string
    NEST = "nest"  # no triple: its keys belong to the same subject


@dataclass(frozen=True)
class Term:
    """One key: its property, what its values are, whether they come as an array."""

    key: str
    kind: Kind
    property: str = ""
    datatype: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    is_set: bool = False


def read_data(name: str) -> bytes:
    """The bytes of a packaged file, as they are served under `/ns/`."""
    return files("kb.documents").joinpath("data", name).read_bytes()


def _read_context() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(read_data(CONTEXT_FILE))["@context"]
    return found


def _expand(short: str, prefixes: Mapping[str, str]) -> str:
    """`cb:verdict` in full; what has no known prefix is taken as it stands."""
    prefix, colon, rest = short.partition(":")
    return prefixes[prefix] + rest if colon and prefix in prefixes else short


def _term(key: str, entry: Any, prefixes: Mapping[str, str]) -> Term:
    if entry == NEST:
        return Term(key, Kind.NEST)
    name = _expand(entry.get("@reverse") or entry["@id"], prefixes)
    kind, of, container = Kind.PLAIN, entry.get("@type"), entry.get("@container")
    if "@reverse" in entry:
        kind = Kind.REVERSE
    elif container == "@language":
        kind = Kind.LANGUAGE
    elif of == "@id":
        kind = Kind.NODE
    elif of == "@vocab":
        kind = Kind.WORD
    elif of is not None:
        kind = Kind.TYPED
    words = {word: _expand(short, prefixes) for word, short in entry.get("@context", {}).items()}
    datatype = _expand(of, prefixes) if kind is Kind.TYPED else ""
    return Term(key, kind, name, datatype, MappingProxyType(words), container == "@set")


_CONTEXT = _read_context()
PREFIXES: Mapping[str, str] = MappingProxyType(
    {key: value for key, value in _CONTEXT.items() if isinstance(value, str) and value.endswith(("#", "/"))}
)
CLASSES: Mapping[str, str] = MappingProxyType(
    {key: _expand(value, PREFIXES) for key, value in _CONTEXT.items() if key[0].isupper()}
)
TERMS: Mapping[str, Term] = MappingProxyType(
    {
        key: _term(key, value, PREFIXES)
        for key, value in _CONTEXT.items()
        if key not in PREFIXES and key not in CLASSES and not key.startswith("@")
    }
)
