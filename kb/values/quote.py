"""Quotes: exact words, and the one place where they stand.

The selectors are those of the Web Annotation model (exact, prefix, suffix; start and end in Unicode code
points). Exact or nothing: no normalisation and no likeness. Whatever a quote says of its place must agree
with the text; what it leaves out is found.
"""

from dataclasses import dataclass

from kb.errors import Refused
from kb.values.prose import code_point, shown

WIDTH = 32
PLACES_NAMED = 5


@dataclass(frozen=True)
class Quote:
    """Exact words and what is known of their place; `end` is exclusive, occurrences count from 1."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None
    occurrence: int | None = None
    occurrences: int | None = None
    segment: str | None = None


@dataclass(frozen=True)
class Span:
    """Where the words stand, in code points, end exclusive; and which of how many places it is."""

    start: int
    end: int
    occurrence: int
    occurrences: int


class QuoteNotFound(Refused):
    """The words stand nowhere in the text. `matched` is the length of their longest beginning that does."""

    def __init__(self, what: str, matched: int) -> None:
        super().__init__(what, where="quote", remedy="Copy the words from the text itself.")
        self.matched = matched


class QuoteMisplaced(Refused):
    """The words stand in the text, but not where or in the surroundings that the quote says."""

    def __init__(self, what: str) -> None:
        super().__init__(what, where="quote", remedy="Correct the place, or leave it out and have it found.")


class QuoteAmbiguous(Refused):
    """The words stand in several places, and the quote does not say which is meant."""

    def __init__(self, quote: Quote, starts: list[int]) -> None:
        super().__init__(
            f"“{shown(quote.exact)}” stands in {len(starts)} places, {_named(starts)}.",
            where="quote",
            remedy="Give start and end, the occurrence, or more of the words before and after.",
        )
        self.starts = tuple(starts)


def locate(text: str, quote: Quote) -> Span:
    """The one place of the quote. Raises QuoteNotFound, QuoteMisplaced or QuoteAmbiguous."""
    _check_form(quote)
    starts = _all_places(text, quote.exact)
    if not starts:
        raise QuoteNotFound(*_where_it_stops(text, quote))
    if quote.occurrences is not None and quote.occurrences != len(starts):
        raise QuoteMisplaced(f"The words stand {_times(len(starts))} in the text, not {quote.occurrences}.")
    fit = [place for place in enumerate(starts, 1) if _agrees(text, quote, *place)]
    if not fit:
        raise QuoteMisplaced(_what_disagrees(text, quote, starts))
    if len(fit) > 1:
        raise QuoteAmbiguous(quote, [start for _, start in fit])
    number, start = fit[0]
    return Span(start, start + len(quote.exact), number, len(starts))


def context(text: str, span: Span, width: int = WIDTH) -> tuple[str, str]:
    """Prefix and suffix: up to `width` code points before and after."""
    return text[max(0, span.start - width) : span.start], text[span.end : span.end + width]


def _check_form(quote: Quote) -> None:
    if not quote.exact:
        raise Refused("A quote has at least one character.", where="quote")
    start, end = quote.start, quote.end
    if start is not None and (start < 0 or (end is not None and end - start != len(quote.exact))):
        raise QuoteMisplaced(f"From {start} to {end} is not the place of {len(quote.exact)} characters.")
    if quote.occurrence is not None and not 1 <= quote.occurrence <= (quote.occurrences or quote.occurrence):
        raise QuoteMisplaced(f"There is no occurrence {quote.occurrence} of {quote.occurrences or 'the words'}.")


def _all_places(text: str, exact: str) -> list[int]:
    """Every place, overlapping ones too: “aa” stands twice in “aaa”."""
    starts = []
    at, step, tail = text.find(exact), 0, ""
    while at >= 0:
        starts.append(at)
        if step and text.startswith(tail, at + len(exact)):
            # Words that overlap themselves stand again one period on if one period more of them follows: to compare
            # that alone keeps a hostile text (a long quote made of one letter) from costing length times length.
            at += step
            continue
        before, at = at, text.find(exact, at + 1)
        if not step and before < at < before + len(exact):
            step = _period(exact)
            tail = exact[-step:]
    return starts


def _period(exact: str) -> int:
    """The least shift at which the words overlap themselves (Knuth, Morris and Pratt's table of borders)."""
    borders, border = [0], 0
    for letter in exact[1:]:
        while border and letter != exact[border]:
            border = borders[border - 1]
        border += letter == exact[border]
        borders.append(border)
    return len(exact) - border


def _agrees(text: str, quote: Quote, number: int, start: int) -> bool:
    end = start + len(quote.exact)
    return (
        quote.start in (None, start)
        and quote.end in (None, end)
        and quote.occurrence in (None, number)
        and text.endswith(quote.prefix, 0, start)
        and text.startswith(quote.suffix, end)
    )


def _what_disagrees(text: str, quote: Quote, starts: list[int]) -> str:
    found = f"The words stand {_times(len(starts))} in the text, {_named(starts)}"
    if quote.start not in (None, *starts):
        return f"{found}, not at {quote.start}."
    if quote.end not in (None, *(start + len(quote.exact) for start in starts)):
        return f"{found}, and end nowhere at {quote.end}."
    if quote.occurrence is not None and quote.occurrence > len(starts):
        return f"{found}: there is no occurrence {quote.occurrence}."
    if not any(text.endswith(quote.prefix, 0, start) for start in starts):
        return f"{found}, never after the prefix “{shown(quote.prefix)}”."
    if not any(text.startswith(quote.suffix, start + len(quote.exact)) for start in starts):
        return f"{found}, never before the suffix “{shown(quote.suffix)}”."
    return f"{found}, and none has all of offsets, occurrence, prefix and suffix that are given."


def _where_it_stops(text: str, quote: Quote) -> tuple[str, int]:
    """In words, and the length of the longest beginning of the quote that stands in the text."""
    exact = quote.exact
    # A text that holds a beginning holds every shorter one too, so the length can be found by halving.
    matched, beyond = 0, len(exact)
    while beyond - matched > 1:
        middle = (matched + beyond) // 2
        matched, beyond = (middle, beyond) if exact[:middle] in text else (matched, middle)
    if not matched:
        return f"Not even the first character, {code_point(exact[0])}, stands in the text.", 0
    starts = _all_places(text, exact[:matched])
    start = min(starts, key=lambda at: abs(at - (quote.start or 0)))
    stop = start + matched
    follows = f"{code_point(text[stop])} follows, “{shown(text[stop:])}”" if stop < len(text) else "the text ends"
    last = exact[max(0, matched - 20) : matched]
    what = (
        f"The first {matched} of {len(exact)} characters stand at {start}, up to “{shown(last)}”;"
        f" then {follows}, but the quote goes on with {code_point(exact[matched])}, “{shown(exact[matched:])}”."
    )
    return what, matched


def _named(starts: list[int]) -> str:
    more = ", …" if len(starts) > PLACES_NAMED else ""
    return "at " + ", ".join(map(str, starts[:PLACES_NAMED])) + more


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"
