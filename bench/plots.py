"""Plots of what was kept, as SVG: how each measure grows, and how far ratios are from their aims."""

import json
import subprocess

from bench.peers import peer
from bench.report import RAW, by_measure, kept


def draw() -> None:
    """Draw all plots in an environment of their own, which has the library for it."""
    rows = [row for row, _ in kept().values()]
    points = {
        name: [{"claims": n, "unit": side.unit, "values": list(side.values)} for n, side in sizes.items()]
        for name, sizes in by_measure(rows).items()
    }
    ratios = [
        {
            "name": f"{row.title}: {ratio.name}",
            "values": row.ratio_values(ratio),
            "aim": ratio.aim,
            "bound": ratio.bound,
        }
        for row in rows
        for ratio in row.ratios
        if ratio.aim is not None
    ]
    told = json.dumps({"growth": points, "ratios": ratios, "into": str(RAW)})
    subprocess.run([peer("plots") / "python", "bench/drawing.py"], input=told, text=True, check=True)
