"""Measuring in turn, and whole commands."""

import sys
from pathlib import Path

import pytest

from bench.rounds import CommandFailed, in_turn, run


def test_sides_take_turns_and_the_warm_round_does_not_count() -> None:
    order: list[str] = []
    figures = iter(range(100))

    def side(name: str) -> float:
        order.append(name)
        return next(figures)

    found = in_turn({"a": lambda: side("a"), "b": lambda: side("b")}, 3)
    assert order == ["b", "a", "a", "b", "b", "a", "a", "b"]
    assert found == {"a": [2, 5, 6], "b": [3, 4, 7]}


def test_a_command_is_accounted_for() -> None:
    held = run([sys.executable, "-c", "x = bytearray(100_000_000)"])
    bare = run([sys.executable, "-c", "pass"])
    assert held.peak - bare.peak == pytest.approx(100_000_000 / 2**20, rel=0.1)
    assert held.wall >= 0
    assert held.cpu > 0


def test_output_goes_where_it_is_wanted(tmp_path: Path) -> None:
    run([sys.executable, "-c", "print('kept')"], out=tmp_path / "out")
    assert (tmp_path / "out").read_text() == "kept\n"


def test_a_command_that_fails_gives_no_figure() -> None:
    with pytest.raises(CommandFailed, match=r"ended with 3: (.|\n)*because"):
        run([sys.executable, "-c", "import sys; print('because', file=sys.stderr); sys.exit(3)"])
