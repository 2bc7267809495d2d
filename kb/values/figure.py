"""Figures: a number as its words give it, whole, with no bound invented.

Numbers are canonical strings. A date or a year is a figure too: the time stands in `period`, and value and
bounds are empty. What each comparator asks of the bounds is the table `_BOUNDS`; the shapes of RDF say the same.
"""

from dataclasses import dataclass
from decimal import Decimal

from kb.errors import Refused
from kb.values.decimals import NumberInvalid, canonical_decimal, decimal_of_json, grouped
from kb.values.period import in_words as period_in_words
from kb.values.period import read_period
from kb.values.vocabulary import COMPARATOR

__all__ = ["Figure", "FigureNotWhole", "canonical_decimal", "check_figure", "decimal_of_json", "in_words"]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """`raw` as printed; numbers canonical; a bound is None where the words give none; `period` in EDTF."""

    raw: str
    comparator: str
    unit: str
    value: str | None = None
    low: str | None = None
    high: str | None = None
    low_inclusive: bool | None = None
    high_inclusive: bool | None = None
    rounding_step: str | None = None
    period: str | None = None


class FigureNotWhole(Refused):
    """Words, numbers and bounds of a figure do not go together."""


# For each comparator: low, high. "in" and "out": needed, inclusive or exclusive; "any": needed; "may"; "no".
_BOUNDS = {
    "exact": ("may", "may"),
    "over": ("out", "no"),
    "at_least": ("in", "no"),
    "under": ("no", "out"),
    "at_most": ("no", "in"),
    "about": ("no", "no"),
    "between": ("any", "any"),
    "almost_all": ("no", "may"),
    "many": ("no", "no"),
    "much": ("no", "no"),
}


def check_figure(figure: Figure, *, where: str = "figure") -> Figure:
    """The same figure. Raises FigureNotWhole, NumberInvalid or PeriodInvalid."""
    if figure.comparator not in COMPARATOR:
        raise FigureNotWhole(
            "The comparator is not on the list.", where=where, remedy=f"Choose of {', '.join(COMPARATOR)}."
        )
    if not figure.raw.strip() or not figure.unit.strip():
        raise FigureNotWhole("A figure has its words as printed, and a unit.", where=where)
    for name in ("value", "low", "high", "rounding_step"):
        _check_number(getattr(figure, name), f"{where} {name}")
    if figure.rounding_step is not None and Decimal(figure.rounding_step) <= 0:
        raise FigureNotWhole("A step of rounding is above zero.", where=where)
    if figure.period is not None:
        read_period(figure.period)
    low, high = _BOUNDS[figure.comparator]
    _check_bound("low", low, figure.low, figure.low_inclusive, figure.comparator, where)
    _check_bound("high", high, figure.high, figure.high_inclusive, figure.comparator, where)
    _check_order(figure, where)
    _check_value(figure, where)
    return figure


def in_words(figure: Figure) -> str:
    """As read: “more than 600, no upper limit”; for a figure that check_figure takes."""
    low, high = _shown(figure.low), _shown(figure.high)
    value = _shown(figure.value) or low
    match figure.comparator:
        case "exact" if figure.low is not None:
            return f"exactly {value}"
        case "exact" if figure.value is None and figure.period is not None:
            return period_in_words(read_period(figure.period))
        case "exact":
            return f"{value}, no bounds given"
        case "about":
            return f"about {value}, no bounds given"
        case "over":
            return f"more than {low}, no upper limit"
        case "at_least":
            return f"{low} or more, no upper limit"
        case "under":
            return f"less than {high}, no lower limit"
        case "at_most":
            return f"{high} or less, no lower limit"
        case "between":
            return _range_in_words(figure, low, high)
        case "almost_all":
            upper = "" if figure.high is None else f"{'at most' if figure.high_inclusive else 'less than'} {high}, "
            return f"almost all, {upper}no lower limit given"
        case _:
            return "no bounds given"


def _shown(number: str | None) -> str:
    return "" if number is None else grouped(number)


def _range_in_words(figure: Figure, low: str, high: str) -> str:
    if figure.low_inclusive and figure.high_inclusive:
        ends = f"from {low} to {high}"
    else:
        ends = f"{'at least' if figure.low_inclusive else 'more than'} {low}"
        ends += f" and {'at most' if figure.high_inclusive else 'less than'} {high}"
    return ends if figure.value is None else f"{_shown(figure.value)}, {ends}"


def _check_number(number: str | None, where: str) -> None:
    if number is not None and (proper := canonical_decimal(number, where=where)) != number:
        raise NumberInvalid(f"“{number}” is not in canonical form.", where, f"Write {proper}.")


def _check_bound(name: str, rule: str, bound: str | None, inclusive: bool | None, comparator: str, where: str) -> None:
    if (bound is None) != (inclusive is None):
        raise FigureNotWhole(f"The {name} bound and its inclusivity go together.", where=where)
    if rule == "no" and bound is not None:
        raise FigureNotWhole(f"“{comparator}” gives no {name} bound, so none may stand here.", where=where)
    if rule in ("in", "out", "any") and bound is None:
        raise FigureNotWhole(f"“{comparator}” needs a {name} bound.", where=where)
    if rule in ("in", "out") and inclusive is not (rule == "in"):
        proper = "inclusive" if rule == "in" else "exclusive"
        raise FigureNotWhole(f"The {name} bound of “{comparator}” is {proper}.", where=where)


def _check_order(figure: Figure, where: str) -> None:
    if figure.comparator == "exact" and figure.low != figure.high:
        raise FigureNotWhole("Low and high of an exact figure are the same number, or both left out.", where=where)
    if figure.low is None or figure.high is None:
        return
    low, high = Decimal(figure.low), Decimal(figure.high)
    if low > high:
        raise FigureNotWhole("The low bound is above the high one.", where=where)
    if low == high and not (figure.low_inclusive and figure.high_inclusive):
        raise FigureNotWhole("Equal bounds are both inclusive, or no number is left between them.", where=where)


def _check_value(figure: Figure, where: str) -> None:
    if figure.value is None:
        if figure.comparator == "about" or (figure.comparator == "exact" and figure.low is None and not figure.period):
            raise FigureNotWhole(f"“{figure.comparator}” needs a value; a date or year needs a period.", where=where)
        return
    if figure.comparator in ("many", "much"):
        raise FigureNotWhole(f"“{figure.comparator}” gives no number, so no value may stand here.", where=where)
    value = Decimal(figure.value)
    above = figure.low is None or value > Decimal(figure.low) or (figure.low_inclusive and figure.low == figure.value)
    below = (
        figure.high is None or value < Decimal(figure.high) or (figure.high_inclusive and figure.high == figure.value)
    )
    if not (above and below):
        raise FigureNotWhole("The value lies outside the bounds.", where=where)
