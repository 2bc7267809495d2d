"""By what a search can be narrowed: names and values drawn from one edition. Pure, for `verify` to draw them again.

No private person has a record, so none can be the value of a facet.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kb.errors import Refused
from kb.log.read import Edition
from kb.projections.catalogue.links import Link
from kb.projections.catalogue.rows import published_on
from kb.values.period import read_period

NAMES = ("kind", "verdict", "topic", "agent", "source", "year", "has", "corrected")
# Which roles of a link make its target a value: whoever a claim names, and sources that it quotes.
BY_ROLE = (
    dict.fromkeys(("author", "publisher", "voice", "reply", "concerns", "mentions", "counted_by"), "agent")
    | dict.fromkeys(("appears_in", "said_in", "evidence", "reply_in"), "source")
    | {"topic": "topic"}
)
# What a claim may have, in the order in which a page gives it.
HAS = {
    "reply": "a reply",
    "figure": "figures",
    "verified_quote": "a verified quotation",
    "open_question": "open questions",
    "second_reader": "a second reader",
}
CORRECTED = "yes"
# Of a longer period only its first and its last year are given.
MOST_YEARS = 50


@dataclass(frozen=True, order=True)
class Facet:
    """One value under one name, said of the edition of this number."""

    seq: int
    name: str
    value: str


def facets(edition: Edition, found: Iterable[Link], *, corrected: bool) -> list[Facet]:
    """All of an edition and its links, sorted, none of the foundation.

    `corrected`: this version or one before is a correction.
    """
    if edition.record_kind == "foundation":
        return []
    values = {("kind", edition.record_kind), *_of_links(found)}
    entity: Mapping[str, Any] = edition.document["mainEntity"]
    if verdict := entity.get("assessment", {}).get("verdict"):
        values.add(("verdict", verdict))
    if edition.record_kind == "claim":
        values |= {("has", word) for word in _has(edition.document, entity)}
    values |= {("year", year) for year in years(published_on(entity))}
    if corrected:
        values.add(("corrected", CORRECTED))
    return [Facet(edition.seq, name, value) for name, value in sorted(values)]


def years(edtf: str | None) -> list[str]:
    """The years of an EDTF date or period: all from the first to the last, or the one end that is known."""
    try:
        period = read_period(edtf) if edtf else None
    except Refused:
        return []
    ends = [day.year for day in (period.earliest, period.latest) if day] if period else []
    if not ends:
        return []
    first, last = min(ends), max(ends)
    some = range(first, last + 1) if last - first < MOST_YEARS else (first, last)
    return [str(year) for year in some]


def _of_links(found: Iterable[Link]) -> Iterator[tuple[str, str]]:
    for link in found:
        if name := BY_ROLE.get(link.role):
            yield name, link.target.rpartition("/")[2]


def _has(document: Mapping[str, Any], entity: Mapping[str, Any]) -> Iterator[str]:
    parts = [*entity.get("appearances", ()), *entity.get("evidence", ())]
    if entity.get("replies"):
        yield "reply"
    if entity.get("figures") or any(part.get("figures") for part in entity.get("evidence", ())):
        yield "figure"
    if any(part.get("quoteState") == "verified" for part in parts):
        yield "verified_quote"
    if entity.get("openQuestions"):
        yield "open_question"
    if document["reviewed"]:
        yield "second_reader"
