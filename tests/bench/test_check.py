"""The guard names each ratio that fell by more than a third."""

from dataclasses import replace

import pytest

from bench.check import compare
from bench.row import Ratio, Row, Side


def row(ours: float, peer: float = 10, *, bound: str = "at least") -> Row:
    sides = [Side("ours", "ours", "s", [ours] * 5), Side("peer", "peer", "s", [peer] * 5)]
    one = Ratio("times", "peer", "ours") if bound == "at least" else Ratio("times", "ours", "peer", bound="at most")
    return Row("pair", "Pair", "", sides, [one])


@pytest.mark.parametrize(
    ("now", "fell"),
    [(1, False), (1.49, False), (1.51, True), (0.2, False)],
)
@pytest.mark.parametrize("bound", ["at least", "at most"])
def test_a_third(now: float, fell: bool, bound: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare([row(now, bound=bound)], {"pair": (row(1, bound=bound), {})}) == int(fell)
    said = capsys.readouterr().out
    assert "pair: times" in said
    assert ("FELL" in said) == fell


def test_what_fell_within_the_spread_of_both_is_named_and_is_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    def with_spread(*ours: float) -> Row:
        one = row(1)
        return replace(one, sides=[replace(one.sides[0], values=ours), replace(one.sides[1], values=[10.0] * 3)])

    before = {"pair": (with_spread(0.5, 1, 1.8), {})}
    assert compare([with_spread(1.7, 2, 2.1)], before) == 0
    assert "pair: times: 10 → 5  fell, within the spread of both" in capsys.readouterr().out
    assert compare([with_spread(1.9, 2, 2.1)], before) == 1
    assert "FELL" in capsys.readouterr().out


def test_what_was_never_measured_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert compare([row(1)], {}) == 1
    assert "not measured before: run `make bench`" in capsys.readouterr().out


def test_a_machine_of_half_the_speed_is_no_fall() -> None:
    assert compare([row(2, 20)], {"pair": (row(1, 10), {})}) == 0
