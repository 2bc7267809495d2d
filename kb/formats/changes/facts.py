"""A document as a list of facts in words, in the order of its page, each under a name that stays over all versions.

A part that keeps its number (`#evidence-7`) holds its facts; whatever has no life of its own (a passage, a period)
lies open in the part that it belongs to.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from kb.documents.context import TERMS, Kind
from kb.documents.label import in_english
from kb.formats.changes import told
from kb.formats.changes.labels import LABELS, ORDER, PARTS, capital, in_words, label
from kb.formats.changes.told import Names, Node
from kb.values.vocabulary import RELATION

# Consequences, said only where what they follow from did not change itself: of the key beside them, or (None) of
# anything at all.
FOLLOWS: Mapping[str, str | None] = {
    "@id": None,
    "@type": None,
    "band": "confidence",
    "bestRating": None,
    "claimReviewed": None,
    "computedVerdict": "verdict",
    "endDate": "edtf",
    "failing": None,
    "ratingLabel": None,
    "ratingValue": None,
    "startDate": "edtf",
    "worstRating": None,
}
# Of no interest where a whole part came or went.
_QUIET = frozenset(
    {"@type", "end", "externalIds", "language", "motivation", "position", "start", "textSha256", "unnamed", *FOLLOWS}
)
# The envelope's own: addresses, numbers and hashes that every version has another of, and what is compared apart.
_NOT_COMPARED = frozenset(
    {
        "@context",
        "@id",
        "@type",
        "cited",
        "editionOf",
        "format",
        "issued",
        "mainEntity",
        "nonce",
        "previousDigest",
        "previousVersion",
        "recordId",
        "version",
    }
)
_QUOTED = frozenset({"exact", "prefix", "suffix"})
_NUMBER = re.compile("[0-9]+$")


@dataclass(frozen=True)
class Fact:
    """One value. `stem` is its key without the language; `in_part` its label where the part is named already."""

    key: str
    stem: str
    label: str
    in_part: str
    value: Any
    text: str
    language: str | None = None
    quiet: bool = False
    # The key of the fact of which this is the consequence, "" for any fact, None for none.
    follows: str | None = None


@dataclass(frozen=True)
class Order:
    """In which order the members of a list stand, by their keys, with their names."""

    key: str
    label: str
    names: Mapping[str, str]


@dataclass(frozen=True)
class Part:
    """A part with a number of its own. `node` is its piece of the document; it is told only where somebody asks."""

    key: str
    label: str
    node: Node
    tell: Callable[[], Iterator["Fact | Order | Part"]] = field(repr=False)

    @cached_property
    def content(self) -> tuple["Fact | Order | Part", ...]:
        return tuple(self.tell())


Told = Fact | Order | Part


@dataclass(frozen=True)
class _Place:
    """Where a walk is: `path` of keys, `place` the key that holds the node, `of` the part it is in.

    `lang` is the language of the words that are quoted in it.
    """

    path: str
    place: str
    of: str
    lang: str | None = None

    def key(self, name: str) -> str:
        return f"{self.path}/{name}" if self.path else name


def facts(document: Node) -> list[Told]:
    """All that a document says, then the words of what it cites, then its envelope."""
    names = Names(document)
    entity = document["mainEntity"]
    walk = _Walk(names, entity)
    walk.name(entity, "")
    found = list(walk.node(entity, _Place("", "", "")))
    found += [walk.cited(one) for one in document.get("cited", ())]
    envelope = {key: value for key, value in document.items() if key not in _NOT_COMPARED}
    found += walk.node(envelope, _Place("edition", "edition", ""))
    return found


class _Walk:
    def __init__(self, names: Names, entity: Node) -> None:
        self._names = names
        self._entity = entity

    def name(self, node: Node, of: str) -> None:
        """Gives every part its name, before anything that refers to it is told."""
        for key, value in node.items():
            if isinstance(value, Mapping) and not _is_words(key):
                self.name(value, of)
            elif isinstance(value, list):
                for place, one in enumerate(value, 1):
                    if isinstance(one, Mapping):
                        called = self._called(key, one, place, of)
                        if key in PARTS and isinstance(one.get("@id"), str):
                            self._names.call(one["@id"], called)
                        self.name(one, called)

    def node(self, node: Node, at: _Place) -> Iterator[Told]:
        for key in sorted(node, key=lambda one: (ORDER.get(one, len(ORDER)), one)):
            value = node[key]
            if _is_words(key) and isinstance(value, Mapping):
                yield from self._prose(key, value, at)
            elif isinstance(value, Mapping):
                yield from self.node(value, _Place(at.key(key), key, at.of))
            elif isinstance(value, list):
                yield from self._list(key, value, at)
            else:
                yield self._fact(key, value, at)

    def cited(self, cited: Node) -> Part:
        """The words of another record: “Title of source “…” as cited”."""
        of = f"{told.kind(cited['record'])} “{told.cited_name(cited)}” as cited"
        rest = {key: value for key, value in cited.items() if key not in ("@id", "@type", "record")}
        at = _Place(f"cited/{cited['record']}", "cited", of)
        return Part(f"cited {cited['record']}", "", rest, lambda: self.node(rest, at))

    def _fact(self, key: str, value: Any, at: _Place, *, item: bool = False) -> Fact:
        text = told.value(key, value, self._names)
        if key == "verdict" and at.place == "assessment":
            # Compared with what fails: the same word beside another aspect is another verdict.
            value = text = told.headline(self._entity, value)
        stem = at.key(key)
        return Fact(
            f"{stem}/{value}" if item else stem,
            stem,
            self._label(key, at),
            _short(key),
            value,
            text,
            at.lang if key in _QUOTED else None,
            quiet=key in _QUIET,
            follows=_follows(key, at),
        )

    def _label(self, key: str, at: _Place) -> str:
        if at.place == "relations":
            return told.known(RELATION, key) if key in RELATION else in_words(key)
        return label(at.place, key, at.of)

    def _prose(self, key: str, words: Node, at: _Place) -> Iterator[Told]:
        for tag, value in words.items():
            stem, named = at.key(key), self._label(key, at)
            values = value if isinstance(value, list) else [value]
            for text in values:
                found = f"{stem}@{tag}" + (f"/{text}" if isinstance(value, list) else "")
                yield Fact(found, stem, named, _short(key), text, str(text), tag, key in _QUIET, _follows(key, at))
            if isinstance(value, list):
                yield Order(f"{stem}@{tag}/order", f"Order: {named}", {str(text): str(text) for text in values})

    def _list(self, key: str, values: list[Any], at: _Place) -> Iterator[Told]:
        if key == "@type" or not values:
            text = ", ".join(told.value(key, one, self._names) for one in values)
            # The class of a source is chosen; that of any other record follows from its kind.
            follows = None if "Source" in values or key != "@type" else ""
            yield Fact(at.key(key), at.key(key), self._label(key, at), _short(key), values, text, None, True, follows)
            return
        order: dict[str, str] = {}
        for place, one in enumerate(values, 1):
            if isinstance(one, Mapping) and key in PARTS:
                part = self._part(key, one, place, at)
                order[part.key] = part.label
                yield part
            elif isinstance(one, Mapping):
                yield from self.node(one, _Place(at.key(f"{key}/{_type(one)}"), key, at.of, _lang(one)))
            else:
                fact = self._fact(key, one, at, item=True)
                order[fact.key] = fact.text
                yield fact
        yield Order(f"{at.key(key)}/order", f"Order: {self._label(key, at)}", order)

    def _part(self, key: str, node: Node, place: int, at: _Place) -> Part:
        called = self._called(key, node, place, at.of)
        own = _own_key(key, node, place)
        of = self._judged(node) if key == "aspectVerdicts" else called
        path = f"{at.path}/{own}" if key in ("chain", "segments", "otherPlaces") else own
        return Part(path, capital(called), node, lambda: self.node(node, _Place(path, key, of)))

    def _called(self, key: str, node: Node, place: int, of: str) -> str:
        """“evidence 7”, “the part “the year””: a part in the midst of a sentence."""
        if key not in PARTS:
            return of
        number = _NUMBER.search(str(node.get("@id", "")))
        if key == "aspects":
            name = f"“{in_english(node['label']) if node.get('label') else node.get('code')}”"
        elif key == "segments":
            name = f"“{node.get('code')}”"
        else:
            name = self._judged(node) if key == "aspectVerdicts" else ""
        shown = node.get("position", place) if key == "chain" else number[0] if number else place
        return PARTS[key].format(n=shown, of=of, name=name)

    def _judged(self, verdict: Node) -> str:
        """The aspect that a verdict is on, in quotes."""
        return self._names.of(str(verdict.get("aspect", ""))).removeprefix("part ")


def _follows(key: str, at: _Place) -> str | None:
    if at.place == "assessment" and key == "url":
        return ""
    beside = FOLLOWS.get(key)
    return at.key(beside) if beside else "" if key in FOLLOWS else None


def _own_key(key: str, node: Node, place: int) -> str:
    """What names a part over all versions: its number; of a voice its place, of a verdict its aspect."""
    if key == "chain":
        return f"voice-{node.get('position', place)}"
    if key == "aspectVerdicts":
        return f"verdict-on-{str(node.get('aspect', place)).rpartition('#')[2]}"
    return str(node.get("@id", f"{key}-{place}")).rpartition("#")[2]


def _is_words(key: str) -> bool:
    term = TERMS.get(key)
    return term is not None and term.kind is Kind.LANGUAGE


def _lang(node: Node) -> str | None:
    lang = node.get("language")
    return lang if isinstance(lang, str) else None


def _type(node: Node) -> str:
    return str(node.get("@type", ""))


def _short(key: str) -> str:
    return LABELS.get(key) or in_words(key)
