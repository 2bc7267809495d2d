"""A figure as one side of a comparison: its number or date as spans, and how two of them stand to each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from kb.documents.label import in_english
from kb.errors import Refused
from kb.findings.spans import Span, point, rounded, stated
from kb.findings.units import Unit, read_unit
from kb.values.period import Day, Period, read_period

Node = Mapping[str, Any]


class Numbers(StrEnum):
    """How two numbers stand to each other, whatever they count."""

    AGREE = "agree"
    ROUNDING = "rounding"
    APART = "apart"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Side:
    """`given`: bounds, or the value alone; None where the words give no number. `firm`: whether they may be held to it.

    `reading`: what rounding may hide; the same as `given` where no step is noted.
    """

    given: Span | None
    reading: Span | None
    firm: bool


def is_date(figure: Node) -> bool:
    """True where its words are a date or year, so that the time itself is what it says."""
    return figure["comparator"] == "exact" and not {"value", "low", "high"} & figure.keys()


def unit_of(figure: Node) -> Unit:
    return read_unit(in_english(figure["unit"]))


def side_of(figure: Node) -> Side:
    """In base units; a date as days that sort as they follow each other."""
    if is_date(figure):
        span = _of_days(figure.get("period", {}).get("edtf"))
        return Side(span, span, firm=True)
    factor = unit_of(figure).factor
    bounds, reading = stated(figure, factor), rounded(figure, factor)
    given = bounds or point(figure, factor)
    return Side(given, reading or given, firm=bool(bounds or reading))


def judge(one: Side, other: Side) -> Numbers:
    """By the stated bounds first, then by what rounding may hide. “About” without a step can be held to nothing."""
    if one.given is None or other.given is None or one.reading is None or other.reading is None:
        return Numbers.UNKNOWN
    if one.given.meets(other.given):
        return Numbers.AGREE
    if one.reading.meets(other.reading):
        return Numbers.ROUNDING
    return Numbers.APART if one.firm and other.firm else Numbers.UNKNOWN


def period_of(edtf: str | None) -> Period | None:
    """None where there is none, or where it cannot be read."""
    try:
        return read_period(edtf) if edtf else None
    except Refused:
        return None


def _of_days(edtf: str | None) -> Span | None:
    period = period_of(edtf)
    if period is None or not (period.earliest or period.latest):
        return None
    return Span(_number(period.earliest), _number(period.latest))


def _number(day: Day | None) -> Decimal | None:
    return None if day is None else Decimal(day.number)
