"""The guard: key ratios measured anew, beside those that were kept last."""

from collections.abc import Iterable, Mapping
from statistics import median
from typing import Any

from bench.row import Ratio, Row

# Less than that of what it was: two runs on one machine differ by less.
FELL = 2 / 3


def compare(measured: Iterable[Row], kept: Mapping[str, tuple[Row, dict[str, Any]]]) -> int:
    """Say of each ratio what it was and is. 1 where one fell by more than a third, or was not measured before."""
    worse = 0
    for row in measured:
        before = kept.get(row.key)
        for ratio in row.ratios:
            was = _was(before[0] if before else None, ratio)
            now = median(row.ratio_values(ratio))
            if was is None:
                worse += 1
                print(f"{row.key}: {ratio.name}: {now:.3g}, not measured before: run `make bench`")
                continue
            share = now / was if ratio.bound == "at least" else was / now
            worse += share < FELL
            print(f"{row.key}: {ratio.name}: {was:.3g} → {now:.3g}{'  FELL' if share < FELL else ''}")
    print("No ratio fell by more than a third." if not worse else f"{worse} ratios fell, or were not measured before.")
    return 1 if worse else 0


def _was(row: Row | None, ratio: Ratio) -> float | None:
    for one in row.ratios if row else ():
        if row and one.name == ratio.name:
            return median(row.ratio_values(one))
    return None
