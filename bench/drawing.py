"""Draws with matplotlib what standard input tells; run in the environment of the plots, which has nothing of ours."""

import json
import sys
from pathlib import Path
from statistics import median
from typing import Any

import matplotlib as mpl

mpl.use("svg")
mpl.rcParams["svg.hashsalt"] = "claimbase"  # The same figures give the same file.
mpl.rcParams["svg.fonttype"] = "none"

from matplotlib import pyplot as plt  # noqa: E402
from matplotlib.ticker import FuncFormatter  # noqa: E402


def growth(measures: dict[str, list[dict[str, Any]]], into: Path) -> None:
    """A panel for each measure, bars from the lowest to the highest figure.

    Both axes are logarithmic and span as many decades: what is linear goes up as the diagonal does, what is not, less.
    """
    across = 3
    down = -(-len(measures) // across)
    figure, panels = plt.subplots(down, across, figsize=(11, 2.7 * down), squeeze=False)
    for panel in panels.flat[len(measures) :]:
        panel.set_axis_off()
    for panel, (name, points) in zip(panels.flat, measures.items(), strict=False):
        sizes, middles = [one["claims"] for one in points], [median(one["values"]) for one in points]
        below = [middle - min(one["values"]) for middle, one in zip(middles, points, strict=True)]
        above = [max(one["values"]) - middle for middle, one in zip(middles, points, strict=True)]
        panel.errorbar(sizes, middles, yerr=[below, above], marker="o", color="#1f4e79", capsize=3)
        every = [value for one in points for value in one["values"]]
        span = 2 * max(max(every) / min(every), sizes[-1] / sizes[0])
        centre = (max(every) * min(every)) ** 0.5
        panel.set(xscale="log", yscale="log", xlabel="claims", ylabel=points[0]["unit"])
        panel.set_ylim(centre / span**0.5, centre * span**0.5)
        panel.set_xticks(sizes, [f"{size:,}" for size in sizes])
        panel.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}"))
        panel.minorticks_off()
        panel.set_title(name, fontsize=9)
        panel.grid(visible=True, which="major", alpha=0.3)
    figure.tight_layout()
    figure.savefig(into / "growth.svg", metadata={"Date": None})


def ratios(told: list[dict[str, Any]], into: Path) -> None:
    """A line for each ratio, as a multiple of its aim: to the right of 1 it was held."""
    figure, axis = plt.subplots(figsize=(11, 0.32 * len(told) + 1.2))
    for place, one in enumerate(reversed(told)):
        held = sorted(
            value / one["aim"] if one["bound"] == "at least" else one["aim"] / value for value in one["values"]
        )
        colour = "#1f4e79" if median(held) >= 1 else "#b03a2e"
        axis.plot([held[0], held[-1]], [place, place], color=colour, linewidth=2)
        axis.plot([median(held)], [place], "o", color=colour)
    axis.axvline(1, color="black", linewidth=0.8)
    axis.set_yticks(range(len(told)), [one["name"] for one in reversed(told)], fontsize=8)
    axis.set(xscale="log", xlabel="times its aim (to the right of 1: held)")
    axis.grid(visible=True, axis="x", which="both", alpha=0.25)
    figure.tight_layout()
    figure.savefig(into / "aims.svg", metadata={"Date": None})


def main() -> None:
    """Two plots, each where there is something to draw."""
    told = json.load(sys.stdin)
    into = Path(told["into"])
    if told["growth"]:
        growth(told["growth"], into)
    if told["ratios"]:
        ratios(told["ratios"], into)


if __name__ == "__main__":
    main()
