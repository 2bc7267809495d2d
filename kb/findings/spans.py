"""The numbers that the words of a figure leave open, as spans of exact decimals; no bound is ever added."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kb.findings.units import EXACT

Node = Mapping[str, Any]


@dataclass(frozen=True)
class Span:
    """From `low` to `high`; None where no end is given. `low_in`, `high_in`: whether the end belongs to it."""

    low: Decimal | None
    high: Decimal | None
    low_in: bool = True
    high_in: bool = True

    def meets(self, other: "Span") -> bool:
        """True where a number may lie in both."""
        return _not_above(self, other) and _not_above(other, self)

    def wider(self, by: Decimal) -> "Span":
        """With each end that is given moved outwards by as much; ends then belong to it."""
        low = None if self.low is None else EXACT.subtract(self.low, by)
        high = None if self.high is None else EXACT.add(self.high, by)
        return Span(low, high)


def stated(figure: Node, factor: Decimal) -> Span | None:
    """As its words bound it, in base units; None where they give no bound."""
    low, high = (_times(figure.get(key), factor) for key in ("low", "high"))
    if low is None and high is None:
        return None
    return Span(low, high, figure.get("lowInclusive", True), figure.get("highInclusive", True))


def point(figure: Node, factor: Decimal) -> Span | None:
    """Its value alone, which “about” gives without a bound; None where there is none."""
    value = _times(figure.get("value"), factor)
    return None if value is None else Span(value, value)


def rounded(figure: Node, factor: Decimal) -> Span | None:
    """What rounding to the step that an editor noted may hide: a reading, not a statement; None without a step."""
    step = _times(figure.get("roundingStep"), factor)
    given = stated(figure, factor) or point(figure, factor)
    return None if step is None or given is None else given.wider(EXACT.multiply(step, Decimal("0.5")))


def _times(number: str | None, factor: Decimal) -> Decimal | None:
    return None if number is None else EXACT.multiply(Decimal(number), factor)


def _not_above(one: Span, other: Span) -> bool:
    """False where all of `one` lies above all of `other`."""
    if one.low is None or other.high is None:
        return True
    return one.low < other.high or (one.low == other.high and one.low_in and other.high_in)
