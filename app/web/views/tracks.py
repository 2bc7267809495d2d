"""Marks on a line: where numbers and days stand on a scale, as attributes of SVG; the words say the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal

from kb.findings.spans import Span
from kb.values.decimals import canonical_decimal, grouped

# A scale that does not begin at zero makes small differences large, so it needs numbers that lie closer than this.
CLOSE = Decimal("0.02")
# A mark is drawn where it is at least one part in so many of the scale, or zero itself.
SMALL = 200
# Ends of scales in the leading digits that people read at a glance.
_ROUND = [Decimal(one) for one in ("1", "1.2", "1.5", "2", "2.5", "3", "4", "5", "6", "8", "10")]
_ROOMY = Context(prec=60, rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True)
class Track:
    """Places from 0 to 100; `line` is a span, `arrows` the ends at which it is open, `zero` where the scale has one."""

    dot: str | None
    line: tuple[str, str] | None = None
    arrows: str = ""
    zero: str | None = None


@dataclass(frozen=True)
class Scale:
    """From `low` to `high`, linear; `unit` in words where rows may have others."""

    low: Decimal
    high: Decimal
    unit: str = ""

    def at(self, number: Decimal) -> str:
        """The place in hundredths of the width, to a tenth: a drawing, never a judgement."""
        share = _ROOMY.divide((number - self.low) * 100, self.high - self.low)
        kept = min(max(share, Decimal(0)), Decimal(100)).quantize(Decimal("0.1"), context=_ROOMY)
        return canonical_decimal(kept)

    @property
    def words(self) -> str:
        """“from 0 to 800”."""
        ends = f"from {grouped(canonical_decimal(self.low))} to {grouped(canonical_decimal(self.high))}"
        ends += f" {self.unit}" if self.unit else ""
        return ends if self.low <= 0 <= self.high else f"{ends}, not from zero"

    def shows(self, span: Span) -> bool:
        """False for what is so small that its mark would look like nothing at all."""
        largest = max((abs(end) for end in (span.low, span.high) if end is not None), default=Decimal(0))
        return not largest or largest * SMALL >= max(abs(self.low), abs(self.high))

    def track(self, given: Span) -> Track:
        """A dot where it is one number, and at the only end of an open span; else the line alone."""
        zero = self.at(Decimal(0)) if self.low < 0 < self.high else None
        if given.low is not None and given.low == given.high:
            return Track(self.at(given.low), zero=zero)
        low, high = (None if end is None else self.at(end) for end in (given.low, given.high))
        line = (low or "0", high or "100")
        if low is None or high is None:
            return Track(low or high, line, "left" if low is None else "right", zero)
        return Track(None, line, zero=zero)


def scale_of(spans: Iterable[Span], unit: str = "") -> Scale | None:
    """With rounded ends, from zero unless all numbers lie close together; None where no two of them differ."""
    some = list(spans)
    numbers = sorted({end for span in some for end in (span.low, span.high) if end is not None})
    if not numbers or (len(numbers) == 1 and all(span.low == span.high for span in some)):
        return None
    least, most = numbers[0], numbers[-1]
    apart = most - least
    if least > 0 and 0 < apart < most * CLOSE:
        step = _rounded_up(apart) / 10
        return Scale(_floor(least - step, step), -_floor(-most - step, step), unit)
    # An open end needs room for its arrow.
    room = [end * Decimal("1.1") for span in some if None in (span.low, span.high) and (end := span.low or span.high)]
    above, below = max([most, *room]), min([least, *room])
    low = -_rounded_up(-below) if below < 0 else Decimal(0)
    high = _rounded_up(above) if above > 0 else Decimal(0)
    return Scale(low, high, unit) if low < high else None


def _rounded_up(number: Decimal) -> Decimal:
    """The next round number, at least as large as this one, which is above zero."""
    ten = Decimal(1).scaleb(number.adjusted())
    return next(_ROOMY.multiply(one, ten) for one in _ROUND if one * ten >= number)


def _floor(number: Decimal, step: Decimal) -> Decimal:
    return _ROOMY.multiply(_ROOMY.divide_int(number, step) - (1 if number % step < 0 else 0), step)
