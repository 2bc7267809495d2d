"""What the page of a version must say: drawn from its document by a walk, so that no new field can be forgotten."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.verify.exceptions import CALLED, INSTEAD, LISTED, NOT_NAMED, NOT_SHOWN, ONCE_WITH_THE_NAME
from app.verify.prose import blocks
from kb.documents.addresses import kind_of, record_of
from kb.documents.context import TERMS, Kind
from kb.documents.label import main_verdicts, replies_in_view
from kb.values.grades import two_places
from kb.values.label import verdict_words
from kb.values.vocabulary import BAND

Node = Mapping[str, Any]

FOUNDATION = ("baseAddress", "termNamespace", "listNamespace")
_CAPITAL = re.compile("([A-Z])")
_INNER = re.compile("-(?:quote|position|target|state)$")


@dataclass(frozen=True)
class Demand:
    """Words that must stand on a page. `lang`: marked as being in that language; `loose`: capitals do not matter."""

    what: str
    part: str
    text: str
    lang: str = ""
    loose: bool = False

    @property
    def called(self) -> str:
        """“the quote “4,807 metres” of evidence-3”."""
        shown = self.text if len(self.text) <= 60 else f"{self.text[:59]}…"
        return f"the {self.what} “{shown}”{f' of {self.part}' if self.part else ''}"


def demanded(document: Node, digest: str) -> Iterator[Demand]:
    """All that the page of this version must say as text, its digest too; words in every language that they are in."""
    entity = document["mainEntity"]
    yield Demand("version", "", f"version {document['version']}", loose=True)
    yield Demand("digest", "", digest)
    if not document["reviewed"]:
        yield from _words("reason for no second reader", "", document["unreviewedReason"])
    yield from _Walk(document).over(entity)
    kind = kind_of(record_of(document["editionOf"]))
    if kind == "claim":
        yield from _label(entity)
    elif kind == "page":
        for body in entity["body"].values():
            yield from (Demand("text", "", block) for block in blocks(body))
    elif kind == "foundation":
        yield from (Demand(_called(key), "", entity[key]) for key in FOUNDATION)


class _Walk:
    """Over a main entity and all its parts; what is cited goes by the words that the edition has for it."""

    def __init__(self, document: Node) -> None:
        self._cited: dict[str, Node] = {one["record"]: one for one in document.get("cited", ())}

    def over(self, node: Node, part: str = "") -> Iterator[Demand]:
        part = _part(node, part)
        for key, value in node.items():
            name = f"{_class(node)}.{key}"
            if name not in NOT_SHOWN and INSTEAD.get(name) not in node:
                yield from self._said(node, name, key, value, part)

    def _said(self, node: Node, name: str, key: str, value: Any, part: str) -> Iterator[Demand]:
        kind = TERMS[key].kind if key in TERMS else None
        if kind is Kind.LANGUAGE:
            yield from _words(_called(key), part, value, marked=name not in ONCE_WITH_THE_NAME)
        elif key == "exact":
            yield Demand("quote", part, value, _foreign(node["language"]))
        elif key == "confidence":
            yield Demand("confidence", part, _confidence(node), loose=True)
        elif name in LISTED:
            yield Demand(_called(key), part, LISTED[name].label(value), loose=True)
        else:
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict):
                    yield from self.over(one, part)
                elif kind is Kind.NODE and one in self._cited and name not in NOT_NAMED:
                    yield from self._named(name, key, self._cited[one], part)

    def _named(self, name: str, key: str, cited: Node, part: str) -> Iterator[Demand]:
        what = f"name of its {_called(key)}"
        yield from _words(what, part, cited.get("citedAs") or cited["citedTitle"])
        # Evidence gives the title, whatever else the source is called, and says who published and wrote it.
        if name == "SpecificResource.source" and part.startswith("evidence-"):
            for kind in ("title", "publisher", "author"):
                yield from _words(f"{kind} of its source", part, cited.get(f"cited{kind.capitalize()}", {}))


def _confidence(node: Node) -> str:
    """“High 0.90” of an aspect; the claim's own goes by the name that it always has (DESIGN 2)."""
    band = BAND.label(node["band"])
    if node["@type"] == "AspectVerdict":
        return f"{band} {two_places(node['confidence'])}"
    return f"confidence in this assessment: {band}"


def _label(entity: Node) -> Iterator[Demand]:
    """The verdict with each aspect that fails, and what every speaker answers in short (INTERFACES, “Label rule”)."""
    if "assessment" in entity:
        yield Demand("confidence", "", f"({two_places(entity['assessment']['confidence'])})")
        for piece in verdict_words(entity["assessment"]["verdict"], main_verdicts(entity)).split("; "):
            yield Demand("verdict", "", piece, loose=True)
    for short in replies_in_view(entity):
        yield Demand("reply in short", "", short)


def _words(what: str, part: str, words: Node, *, marked: bool = True) -> Iterator[Demand]:
    for lang, value in words.items():
        for text in value if isinstance(value, list) else [value]:
            yield Demand(what, part, text, _foreign(lang) if marked else "")


def _class(node: Node) -> str:
    """A part's own class; of an agent or a source that of its record, since its other class varies."""
    types = node.get("@type", "")
    names = [types] if isinstance(types, str) else types
    return next((name for name in ("Agent", "Source", "Topic") if name in names), names[0])


def _part(node: Node, outer: str) -> str:
    """`evidence-3`, for its passage too; "" for the record itself."""
    fragment = str(node.get("@id", "")).rpartition("#")[2]
    return _INNER.sub("", fragment) if fragment not in ("", "it") else outer


def _called(key: str) -> str:
    return CALLED.get(key) or _CAPITAL.sub(r" \1", key).lower()


def _foreign(lang: str) -> str:
    """A page is in English: only other languages are marked."""
    return "" if lang == "en" else lang
