"""Shapes of JSON that every compiler makes: words in a language, and objects without what is absent."""

from collections.abc import Iterable, Mapping
from typing import Any

from kb.values.period import PeriodInvalid, read_period

Node = dict[str, Any]


def present(fields: Mapping[str, Any]) -> Node:
    """Without what is absent or empty: a document holds no null and no empty list."""
    return {key: value for key, value in fields.items() if value is not None and value != [] and value != {}}


def prose(text: str | None, language: str) -> dict[str, str] | None:
    """A language map of one text."""
    return None if text is None else {language: text}


def words(rows: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Lists of words by their language, each in the order given, from (language, word)."""
    made: dict[str, list[str]] = {}
    for language, word in rows:
        made.setdefault(language, []).append(word)
    return made


def period(iri: str, edtf: str) -> Node:
    """A time with the bounds that its words have."""
    start, end = _bounds(edtf)
    return present({"@id": iri, "@type": "Period", "edtf": edtf, "startDate": start, "endDate": end})


def day_of(edtf: str | None) -> str | None:
    """The day that a period means, where it means exactly one."""
    if edtf is None:
        return None
    start, end = _bounds(edtf)
    return edtf if edtf == start == end else None


def _bounds(edtf: str) -> tuple[str | None, str | None]:
    try:
        read = read_period(edtf)
    except PeriodInvalid:
        # A draft is compiled as it stands; the gate says what is wrong with it.
        return None, None
    return read.start_date, read.end_date
