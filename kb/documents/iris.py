"""Every IRI of a document in its place: parts under the page of their record, records under the base."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kb.documents.addresses import SLUG
from kb.documents.context import TERMS, Kind
from kb.documents.faults import NotADocument, fault

# Keys whose IRIs lead out of the knowledge base, or are not under it; their models check the form.
_OUTSIDE = frozenset(
    {
        "baseAddress",
        "citedUrl",
        "license",
        "listNamespace",
        "retrievedFrom",
        "sameAs",
        "statusNotice",
        "termNamespace",
        "url",
    }
)
_INSIDE = frozenset(key for key, term in TERMS.items() if term.kind in {Kind.NODE, Kind.REVERSE}) - _OUTSIDE
_LANGUAGE_MAPS = frozenset(key for key, term in TERMS.items() if term.kind is Kind.LANGUAGE)
_PART = re.compile("#[a-z]+(?:-[a-z0-9]+)*")
_IN_BASE = re.compile(rf"(?:[a-z]+/)?{SLUG}(?:#[a-z]+(?:-[a-z0-9]+)*|/v[1-9][0-9]*)")

_NOT_INSIDE = "The IRI is not one of this knowledge base."


class Places:
    """A walk over a main entity or an edition that has one page and one base."""

    def __init__(self, page: str, base: str) -> None:
        self._page = page
        self._base = base
        self._seen: set[str] = set()

    def faults(self, node: Mapping[str, Any], *place: str | int) -> Iterator[NotADocument]:
        """Subjects not under the page or named twice, records not under the base, values said twice in a set."""
        for key, value in node.items():
            if isinstance(value, str):
                if key == "@id":
                    yield from self._subject(value, *place, key)
                elif key in _INSIDE and not self._is_inside(value):
                    yield fault(_NOT_INSIDE, *place, key)
            elif isinstance(value, list):
                yield from self._in_list(key, value, *place, key)
            elif key in _LANGUAGE_MAPS:
                yield from self._in_words(value, *place, key)
            elif isinstance(value, dict):
                yield from self.faults(value, *place, key)

    def _in_words(self, words: Mapping[str, Any], *place: str | int) -> Iterator[NotADocument]:
        for language, value in words.items():
            if isinstance(value, list):
                yield from self._in_list("", value, *place, language)

    def _in_list(self, key: str, values: list[Any], *place: str | int) -> Iterator[NotADocument]:
        words = [value for value in values if isinstance(value, str)]
        if len(set(words)) != len(words):
            yield fault("One value stands twice in a set.", *place)
        for number, value in enumerate(values):
            if isinstance(value, dict):
                yield from self.faults(value, *place, number)
            elif key in _INSIDE and not self._is_inside(value):
                yield fault(_NOT_INSIDE, *place, number)

    def _subject(self, iri: str, *place: str | int) -> list[NotADocument]:
        found = []
        if not iri.startswith(self._page) or not _PART.fullmatch(iri, len(self._page)):
            what = "A document describes its own subjects only: the IRI is not a part of this page."
            found.append(fault(what, *place))
        if iri in self._seen:
            found.append(fault("Two objects have one IRI.", *place))
        self._seen.add(iri)
        return found

    def _is_inside(self, iri: str) -> bool:
        return iri.startswith(self._base) and _IN_BASE.fullmatch(iri, len(self._base)) is not None
