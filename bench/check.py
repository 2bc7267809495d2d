"""The guard: key ratios measured anew, beside those that were kept last."""

from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import Any

from bench.row import Ratio, Row

# Less than that of what it was: two runs on one machine differ by less.
FELL = 2 / 3
FALLEN, WITHIN = "  FELL", "  fell, within the spread of both"


def compare(measured: Iterable[Row], kept: Mapping[str, tuple[Row, dict[str, Any]]]) -> int:
    """Say of each ratio what it was and is, and whether it fell by more than a third.

    1 where one was not measured before, or fell out of its spread: a percentile of half a millisecond halves and
    doubles from run to run, which its spread tells.
    """
    worse = 0
    for row in measured:
        before = kept.get(row.key)
        for ratio in row.ratios:
            was, now = _values(before[0] if before else None, ratio), row.ratio_values(ratio)
            if was is None:
                worse += 1
                print(f"{row.key}: {ratio.name}: {median(now):.3g}, not measured before: run `make bench`")
                continue
            said = _said(was, now, ratio)
            worse += said == FALLEN
            print(f"{row.key}: {ratio.name}: {median(was):.3g} → {median(now):.3g}{said}")
    fell = f"{worse} ratios fell out of their spread, or were not measured before."
    print(fell if worse else "No ratio fell by more than a third and out of its spread.")
    return 1 if worse else 0


def _said(was: Sequence[float], now: Sequence[float], ratio: Ratio) -> str:
    share = median(now) / median(was)
    if (share if ratio.bound == "at least" else 1 / share) >= FELL:
        return ""
    meets = min(was) <= max(now) and min(now) <= max(was)
    return WITHIN if meets else FALLEN


def _values(row: Row | None, ratio: Ratio) -> list[float] | None:
    for one in row.ratios if row else ():
        if row and one.name == ratio.name:
            return row.ratio_values(one)
    return None
