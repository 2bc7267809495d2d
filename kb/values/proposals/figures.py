"""Figures proposed from a quote: a number, what it is compared by, its unit and what is counted.

The rule is small and rather leaves a number out: years and dates are none, nor are labels such as “Mission 1”,
shares such as “two thirds”, or “the two” that were counted before.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from kb.values.proposals.amounts import amount_at
from kb.values.proposals.comparators import Meant, behind_a_number, without_a_number
from kb.values.proposals.counted import Counted, measure_at, nouns_at, whole_at
from kb.values.proposals.dates import ProposedDate, dates
from kb.values.proposals.numbers import Number, number_at
from kb.values.proposals.tokens import Words

# More of a quote is not looked at, and more figures nobody would go through.
LIMIT = 100_000
MOST = 100

_LABELS = (
    "article articles section sections chapter no nos number numbers page pp figure table version phase step part room"
    " flight route channel grade level type group resolution rule volume issue episode apollo formula covid class"
    " paragraph line item mission bus unit district"
)
_LABELLING = frozenset(_LABELS.split())
_ABBREVIATED = {"no", "nos", "p", "pp", "art", "vol", "ch", "fig", "sec", "par", "st"}
_SPOKEN_OF = "the these those both its their his her same other last next first previous all every"
_COUNTED_BEFORE = frozenset(_SPOKEN_OF.split())
_PARTS = {"half", "halves", "third", "thirds", "quarter", "quarters", "fourths", "fifth", "fifths", "tenth", "tenths"}
_CLOCK = {"am", "pm", "a.m", "p.m", "o'clock", "hrs"}
_ENDS = (".", "!", "?", "“", '"', ":", "")


@dataclass(frozen=True)
class ProposedFigure:
    """`start` and `end` are code points within the quote; numbers canonical; a bound is None where none is given."""

    raw: str
    start: int
    end: int
    value: str | None
    low: str | None
    low_inclusive: bool | None
    high: str | None
    high_inclusive: bool | None
    comparator: str
    unit: str | None
    counted: str | None


def propose(quote: str, language: str = "en") -> list[ProposedFigure]:
    """In the order of the quote. Of another language than English nothing is known, and nothing proposed."""
    if language.partition("-")[0] != "en":
        return []
    words, found, at = Words(quote[:LIMIT]), list[ProposedFigure](), 0
    inside = _inside(words, dates(words.quote))
    while at < len(words) and len(found) < MOST:
        figure, at = _figure_at(words, at, inside)
        found += [figure] if figure else []
    return found


def propose_dates(quote: str, language: str = "en") -> list[ProposedDate]:
    """Dates and years whose year is told, in the order of the quote, but for numbers that look like a year."""
    if language.partition("-")[0] != "en":
        return []
    taken = [(one.start, one.end) for one in propose(quote, language)]
    told = [one for one in dates(quote[:LIMIT]) if one.period]
    return [one for one in told if not any(start <= one.start < end for start, end in taken)][:MOST]


def _inside(words: Words, dated: Iterable[ProposedDate]) -> dict[int, str]:
    """Each token that stands in a date → the date's unit."""
    units = {place: one.unit for one in dated for place in range(one.start, one.end)}
    return {at: units[token.start] for at, token in enumerate(words.tokens) if token.start in units}


def _figure_at(words: Words, at: int, dated: dict[int, str]) -> tuple[ProposedFigure | None, int]:
    """What begins at this token, if anything, and where to go on."""
    vague = without_a_number(words, at)
    if vague is not None:
        return _vague(words, at, vague), at + vague.length
    number, beyond = number_at(words, at)
    if number is None:
        return None, beyond
    ratio = _ratio_behind(words, number)
    if ratio is not None:
        return None, ratio
    measure, number = _measured(words, number)
    nouns = None if measure or number.money else nouns_at(words, number.beyond)
    fits = not _is_dated(number, measure, nouns, dated) and not _is_else(words, number, measure, nouns)
    return _proposed(words, number, measure, nouns) if fits else None, number.beyond


def _measured(words: Words, number: Number) -> tuple[Counted | None, Number]:
    """A unit of measuring belongs to the words of the figure, and so does “or more” behind it."""
    measure = None if number.money else measure_at(words, number.beyond)
    if measure is None:
        return None, number
    behind = None if number.meant or number.high else behind_a_number(words, measure.beyond)
    beyond = measure.beyond + (behind.length if behind else 0)
    return measure, replace(number, meant=behind or number.meant, beyond=beyond)


def _is_dated(number: Number, measure: Counted | None, nouns: Counted | None, dated: dict[int, str]) -> bool:
    """A year is a number only where its words leave nothing else: “more than 2000 people”, “2000 metres”."""
    units = {dated[at] for at in range(number.first, number.beyond) if at in dated}
    if units == {"year"} and number.high is None:
        return not (measure or (nouns and number.meant and number.meant.sure))
    return bool(units)


def _is_else(words: Words, number: Number, measure: Counted | None, nouns: Counted | None) -> bool:
    """A label, a time of day, a share, a ratio, part of another word, or what was counted before."""
    last = number.high or number.low
    follows, known = words[last.beyond], measure or nouns or number.money or number.meant
    if last.in_digits and follows.kind == "word" and follows.start == words[last.beyond - 1].end and not measure:
        return True
    # “5m people” are millions, and nobody said so.
    if follows.text == "m" and nouns_at(words, number.beyond):
        return True
    if follows.text in _PARTS or follows.text in _CLOCK:
        return True
    if number.low.in_digits:
        return _is_label(words, number, known=bool(known)) or _is_margin(words, number.first)
    if number.high:
        return False
    before = words[number.low.first - 1].text
    small = not number.low.scaled and Decimal(number.low.value) < 13
    return small and not number.meant and (before in _COUNTED_BEFORE or number.low.value == "1" or not known)


def _ratio_behind(words: Words, number: Number) -> int | None:
    """Where “one in five” or “9 out of 10” ends; None where it is none."""
    at = number.beyond
    behind = at + 1 if words[at].text == "in" else at + 2 if words.stand_at(at, ("out", "of")) else at
    other = amount_at(words, behind) if behind > at else None
    if other is None or measure_at(words, other.beyond) or (other.in_digits and len(other.value) == 4):
        return None
    return other.beyond


def _is_label(words: Words, number: Number, *, known: bool) -> bool:
    before = words[number.first - 1]
    if before.text == "(" and words[number.beyond].text == ")":
        return True
    if before.text in _LABELLING or (before.text == "." and words[number.first - 2].text in _ABBREVIATED):
        return not number.meant
    in_a_sentence = words[number.first - 2].text not in _ENDS
    return before.kind == "word" and in_a_sentence and not known and words.quote[before.start].isupper()


def _is_margin(words: Words, at: int) -> bool:
    """“give or take 21 centimetres”, “± 2”: it says how exact another number is."""
    return words[at - 1].text == "±" or words.stand_at(at - 3, ("give", "or", "take")) or words[at - 1].text == "minus"


def _proposed(words: Words, number: Number, measure: Counted | None, nouns: Counted | None) -> ProposedFigure:
    known = measure or nouns
    counted = nouns.counted if nouns else whole_at(words, number.beyond)
    value, low, low_in, high, high_in = _bounds(number, counts=nouns is not None)
    return ProposedFigure(
        raw=words.between(number.first, number.beyond),
        start=words[number.first].start,
        end=words[number.beyond - 1].end,
        value=value,
        low=low,
        low_inclusive=low_in,
        high=high,
        high_inclusive=high_in,
        comparator=number.comparator,
        unit=number.money or (known.unit if known else None),
        counted=counted,
    )


def _bounds(number: Number, *, counts: bool) -> tuple[str | None, str | None, bool | None, str | None, bool | None]:
    """Value, low and high with what is included. Only the words give a bound; a count that is not round is exact."""
    value = number.low.value
    match number.comparator:
        case "over" | "at_least" as comparator:
            return None, value, comparator == "at_least", None, None
        case "under" | "at_most" as comparator:
            return None, None, None, value, comparator == "at_most"
        case "between" if number.high:
            return None, value, True, number.high.value, True
        case "exact" if number.meant or (counts and _is_exact_count(value)):
            return value, value, True, value, True
    return value, None, None, None, None


def _is_exact_count(value: str) -> bool:
    return "." not in value and not value.endswith("00")


def _vague(words: Words, at: int, meant: Meant) -> ProposedFigure | None:
    """An amount without a number: “many” of something, “much of its funding”."""
    beyond = at + meant.length
    nouns = nouns_at(words, beyond + (words[beyond].text == "of"))
    if meant.comparator == "many" and nouns is None:
        return None
    return ProposedFigure(
        raw=words.between(at, beyond),
        start=words[at].start,
        end=words[beyond - 1].end,
        value=None,
        low=None,
        low_inclusive=None,
        high=None,
        high_inclusive=None,
        comparator=meant.comparator,
        unit=nouns.unit if nouns and meant.comparator == "many" else "share",
        counted=nouns.counted if nouns else None,
    )
