"""The quotations from one source, in the order in which they stand in it, each with all that claims make of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.web.views.passages import Taken
from app.web.views.quote import Quote
from app.web.views.text import Mark, place_anchor
from kb.projections.catalogue.rows import Listed

IN_TEXT, ELSEWHERE, NOWHERE, UNREAD = range(4)


@dataclass(frozen=True)
class Use:
    """One claim, and what the passage is in it."""

    row: Listed
    taken: tuple[Taken, ...]


@dataclass(frozen=True)
class Place:
    """One passage. `rank` says how its place is known; `number` counts over the whole list, from 1."""

    quote: Quote
    rank: int
    uses: list[Use] = field(default_factory=list)
    number: int = 0
    # The id of its item of the list; None where the text itself carries it, or where it has no place.
    anchor: str | None = None

    @property
    def in_text(self) -> bool:
        """True where it stands in the text that places are told of."""
        return self.rank == IN_TEXT

    @property
    def in_another_state(self) -> bool:
        """True where its place was told in another state of the text."""
        return self.rank == ELSEWHERE

    @property
    def mark(self) -> Mark:
        """Its stretch, to be marked in the text."""
        return Mark(self.number, self.quote.start or 0, self.quote.end or 0)


def places(taken: Mapping[str, Iterable[Taken]], rows: Iterable[Listed], text_sha256: str | None) -> list[Place]:
    """By their place in the text of this hash; then those of other states of it, those without a place, the unread.

    `taken` has what each claim quotes, by its id, and `rows` the claims in their order.
    """
    found: dict[tuple[Any, ...], Place] = {}
    for row in rows:
        by_quote: dict[tuple[Any, ...], list[Taken]] = {}
        for one in taken.get(row.record, ()):
            by_quote.setdefault(_same(one.quote), []).append(one)
        for key, some in by_quote.items():
            first = some[0].quote
            place = found.setdefault(key, Place(first, _rank(first, text_sha256)))
            place.uses.append(Use(row, tuple(some)))
    ordered = sorted(found.values(), key=lambda one: (one.rank, one.quote.start or 0, one.quote.end or 0))
    return [replace(place, number=number) for number, place in enumerate(ordered, 1)]


def anchored(some: Iterable[Place], in_the_text: Iterable[str]) -> list[Place]:
    """Give each place its anchor in the list, once, unless the text on the page already has it."""
    given = set(in_the_text)
    found = []
    for place in some:
        anchor = _anchor(place.quote)
        found.append(replace(place, anchor=anchor if anchor and anchor not in given else None))
        given |= {anchor} if anchor else set()
    return found


def _same(quote: Quote) -> tuple[Any, ...]:
    """Two quotations are one passage where words, place, text and state agree; its translation may differ."""
    return (quote.exact, quote.lang, quote.start, quote.end, quote.text_sha256, quote.state)


def _rank(quote: Quote, text_sha256: str | None) -> int:
    if quote.exact is None:
        return UNREAD
    if quote.start is None:
        return NOWHERE
    return IN_TEXT if text_sha256 is None or quote.text_sha256 == text_sha256 else ELSEWHERE


def _anchor(quote: Quote) -> str | None:
    return place_anchor(quote.start, quote.end) if quote.start is not None and quote.end is not None else None
