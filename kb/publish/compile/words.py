"""Small pieces of documents: prose with its language, periods, and objects without what is absent."""

from collections.abc import Iterable
from typing import Any

from kb.values.period import read_period

Node = dict[str, Any]


def said(text: str | None, language: str | None) -> dict[str, str] | None:
    """A language map of one text."""
    return None if text is None else {language or "und": text}


def listed(words: Iterable[tuple[str, str]]) -> dict[str, list[str]] | None:
    """A language map of several words, from (text, language)."""
    by_language: dict[str, list[str]] = {}
    for text, language in words:
        by_language.setdefault(language, []).append(text)
    return by_language or None


def period(iri: str, edtf: str | None) -> Node | None:
    """A time with its bounds as days, for SPARQL cannot compare EDTF."""
    if edtf is None:
        return None
    read = read_period(edtf)
    return whole({"@id": iri, "@type": "Period", "edtf": edtf, "startDate": read.start_date, "endDate": read.end_date})


def day_of(edtf: str) -> str | None:
    """The day, where the time is known to the day."""
    read = read_period(edtf)
    return edtf if read.start_date == edtf == read.end_date else None


def whole(node: Node) -> Node:
    """Without what is absent: a document knows neither null nor an empty list."""
    return {key: value for key, value in node.items() if value is not None and value != [] and value != {}}
