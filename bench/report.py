"""The report's files: a file of raw figures for each row, and the tables that are made from them."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from math import log10
from pathlib import Path
from statistics import median
from typing import Any

from bench.machine import commit, load, machine
from bench.pace import pace
from bench.row import Figure, Ratio, Row, Side, row_from

PAGE = Path("docs/performance.md")
RAW = Path("docs/performance")
# In the folder of raw figures: what a second run has measured.
AGAIN = "again"
# Where a table stands in the page; all words around it are written by hand, and kept.
PLACE = re.compile(r"(<!-- table: (?P<name>[a-z-]+) -->\n)(?P<table>.*?)(<!-- end -->)", re.DOTALL)


def keep(row: Row, command: str, raw: Path = RAW) -> Path:
    """Write a row's raw figures, with what they were measured on."""
    raw.mkdir(parents=True, exist_ok=True)
    facts = {
        "command": command,
        "commit": commit(),
        "at": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "load": load(),
        "pace": pace(),
        "machine": machine(),
    }
    file = raw / f"{row.key}.json"
    file.write_text(json.dumps({**facts, **row.as_json()}, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return file


def kept(raw: Path = RAW) -> dict[str, tuple[Row, dict[str, Any]]]:
    """All rows that were kept, by key, with the facts of their files."""
    written = {file.stem: json.loads(file.read_text("utf-8")) for file in sorted(raw.glob("*.json"))}
    return {key: (row_from(one), one) for key, one in written.items()}


def write_tables(raw: Path = RAW, page: Path = PAGE) -> None:
    """Put the newest figures into the page's tables. A table named `x` holds the rows whose keys begin with `x`."""
    rows = kept(raw)

    def table(place: re.Match[str]) -> str:
        name = place["name"]
        if name == "growth":
            made = growth(row for row, _ in rows.values())
        elif name == AGAIN:
            made = twice(rows, kept(raw / AGAIN))
        elif name == "machine":
            made = measured_on(facts for _, facts in rows.values())
        else:
            made = figures([(row, facts) for key, (row, facts) in rows.items() if key.startswith(name)])
        return f"{place[1]}{made}\n{place[4]}"

    page.write_text(PLACE.sub(table, page.read_text("utf-8")), "utf-8")


def twice(first: Mapping[str, tuple[Row, Any]], second: Mapping[str, tuple[Row, Any]]) -> str:
    """A line for each ratio of the second run: both medians with their spreads, and how far the medians are apart."""
    lines = ["| | first run | second run | apart | |", "|---|---:|---:|---:|---|"]
    for key, (row, _) in second.items():
        for ratio in row.ratios if key in first else ():
            both = first[key][0].ratio_values(ratio), row.ratio_values(ratio)
            middles = [median(values) for values in both]
            spreads = [f"{_short(median(one))}× ({_short(min(one))}–{_short(max(one))})" for one in both]
            apart = abs(middles[1] / middles[0] - 1)
            meet = min(both[0]) <= max(both[1]) and min(both[1]) <= max(both[0])
            said = "" if meet else "spreads do not meet"
            lines.append(f"| {row.title}: {ratio.name} | {spreads[0]} | {spreads[1]} | {apart:.0%} | {said} |")
    return "\n".join(lines)


def figures(rows: Sequence[tuple[Row, dict[str, Any]]]) -> str:
    """For each row a paragraph of what was done, and a line for each side, ratio and figure."""
    return "\n".join(_one(row, facts) for row, facts in rows)


def _one(row: Row, facts: dict[str, Any]) -> str:
    over = ""
    if row.corpus:
        of = row.corpus
        over = f" Over {of.claims:,} {of.profile} claims ({of.editions:,} editions, {of.triples:g} triples a claim)."
    versions = "".join(f" {name} {number}." for name, number in row.versions.items())
    lines = [
        f"\n#### {row.title}\n",
        f"{row.method}{over}{versions} `{facts['command']}` · [raw](performance/{row.key}.json)\n",
        "| | median | spread | aim |",
        "|---|---:|---:|---|",
    ]
    lines += [f"| {side.name} | {shown(side.middle, side.unit)} | {_spread(side)} | |" for side in row.sides]
    lines += [_ratio(row, ratio) for ratio in row.ratios]
    lines += [_figure(figure) for figure in row.figures]
    return "\n".join([*lines, "", *(f"*{remark}*\n" for remark in row.remarks)])


def _ratio(row: Row, ratio: Ratio) -> str:
    values = row.ratio_values(ratio)
    middle = median(values)
    aim = ""
    if ratio.aim is not None:
        held = middle >= ratio.aim if ratio.bound == "at least" else middle <= ratio.aim
        aim = f"{ratio.bound} {ratio.aim:g}: {'held' if held else '**missed**'}"
    return f"| **{ratio.name}** | **{_short(middle)}×** | {_short(min(values))}–{_short(max(values))} | {aim} |"


def _figure(figure: Figure) -> str:
    aim = ""
    if figure.aim is not None:
        aim = f"at most {figure.aim:g}: {'held' if figure.value <= figure.aim else '**missed**'}"
    return f"| {figure.name} | {shown(figure.value, figure.unit)} | | {aim} |"


def _spread(side: Side) -> str:
    return f"{shown(min(side.values), '')}–{shown(max(side.values), side.unit)}"


def shown(value: float, unit: str) -> str:
    """A figure with its unit; seconds below one as milliseconds."""
    return f"{_short(value)} {unit}".strip()


def _short(value: float) -> str:
    """Three digits that count."""
    if value == 0:
        return "0"
    places = max(0, 2 - int(log10(abs(value)) // 1))
    return f"{value:,.{places}f}"


def slope(points: Sequence[tuple[int, float]]) -> float:
    """The exponent of growth: the least-squares line through the logarithms. 1 is linear, 0 is flat."""
    across, up = [log10(n) for n, _ in points], [log10(y) for _, y in points]
    middle, height = sum(across) / len(across), sum(up) / len(up)
    spread = sum((x - middle) ** 2 for x in across)
    return sum((x - middle) * (y - height) for x, y in zip(across, up, strict=True)) / spread


def by_measure(rows: Iterable[Row]) -> dict[str, dict[int, Side]]:
    """What grows: by measure and number of claims, the side that is looked at."""
    found: dict[str, dict[int, Side]] = {}
    for row in rows:
        if row.measure and row.corpus:
            found.setdefault(row.measure, {})[row.corpus.claims] = row.side(row.grows)
    return {name: dict(sorted(points.items())) for name, points in sorted(found.items()) if len(points) > 1}


def growth(rows: Iterable[Row]) -> str:
    """A line for each measure: its medians by number of claims, and the exponent."""
    measures = by_measure(rows)
    sizes = sorted({n for points in measures.values() for n in points})
    lines = [
        "| | " + " | ".join(f"{n:,}" for n in sizes) + " | exponent |",
        "|---|" + "---:|" * (len(sizes) + 1),
    ]
    for name, points in measures.items():
        cells = [shown(points[n].middle, points[n].unit) if n in points else "" for n in sizes]
        exponent = slope([(n, side.middle) for n, side in points.items()])
        lines.append(f"| {name} | " + " | ".join(cells) + f" | {exponent:.2f} |")
    return "\n".join(lines)


def measured_on(facts: Iterable[dict[str, Any]]) -> str:
    """Machine and versions, once for all rows that share them, and how evenly it worked after each row."""
    known: dict[str, list[str]] = {}
    paces = []
    for one in facts:
        paces += [one["pace"]] if "pace" in one else []
        known.setdefault(json.dumps(one["machine"]), []).append(one["key"])
    lines = [
        "- "
        + ", ".join(f"{name} {value}" for name, value in json.loads(kind).items())
        + (f" (rows {', '.join(keys)})" if len(known) > 1 else "")
        for kind, keys in known.items()
    ]
    return "\n".join([*lines, *([_paced(paces)] if paces else [])])


def _paced(paces: Sequence[dict[str, float]]) -> str:
    fastest = min(one["fastest"] for one in paces)
    middles = [one["middle"] / fastest for one in paces]
    return (
        f"- pace (`bench/pace.py`, after each of {len(paces)} rows): the median of twenty turns of one loop was "
        f"{min(middles):.2f} to {max(middles):.2f} times the fastest turn of all, "
        f"half of them up to {median(middles):.2f}"
    )
