"""What happened when, as far as a claim's document dates it: one line for each date, the earliest first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.web.views.cited import Cited, anchor
from app.web.views.evidence import Point
from app.web.views.figures import FigureGroup, FigureRow
from app.web.views.tracks import Scale, Track
from app.web.words import DONE_BY
from kb.errors import Refused
from kb.values.edtf import Day
from kb.values.period import OPEN, Period, read_period

Node = Mapping[str, Any]
Words = Mapping[str, str]
# A page has room for so many lines; beyond it the dates of evidence stand with the items alone.
MOST = 14
CARRIER = "carrier"
# A span that is narrower than this share of the scale is a dot.
NARROW = Decimal("1.5")


@dataclass(frozen=True)
class Event:
    """Something of that date: some words of ours, then a name or a quotation, and where on the page it stands.

    `points`: items of evidence that say it.
    """

    what: str
    name: Words
    anchor: str
    quoted: bool = False
    note: str = ""
    points: tuple[Point, ...] = ()


@dataclass(frozen=True)
class Line:
    """One date with all that is of it. `doubt`: “a” for about, “u” for uncertain, both, or neither."""

    edtf: str
    events: tuple[Event, ...]
    track: Track | None
    doubt: str


@dataclass(frozen=True)
class Timeline:
    """`first` and `last` are the days at the ends of the tracks; `cut` says that dates of evidence are left out."""

    lines: tuple[Line, ...]
    first: str
    last: str
    cut: bool


def timeline(entity: Node, points: Sequence[Point], groups: Sequence[FigureGroup], cited: Cited) -> Timeline | None:
    """None where fewer than two dates are known."""
    dates: dict[str, list[Event]] = {}
    for edtf, event in (*_said(entity), *_counted(groups), *_answered(entity)):
        some = dates.setdefault(edtf, [])
        if event not in some:
            some.append(event)
    evidence = _read(points, cited)
    cut = len({*dates, *evidence}) > MOST
    for edtf, some_points in ({} if cut else evidence).items():
        dates.setdefault(edtf, []).append(Event("evidence", {}, "", points=tuple(some_points)))
    known = {edtf: period for edtf in dates if (period := _period(edtf))}
    days = [_place(day) for period in known.values() for day in (period.earliest, period.latest) if day]
    if len(known) < 2 or not days or min(days) == max(days):
        return None
    ends = [day for period in known.values() for day in (period.earliest, period.latest) if day]
    scale = Scale(min(days), max(days))
    order = sorted(known, key=lambda edtf: _order(known[edtf]))
    lines = [Line(edtf, tuple(dates[edtf]), _track(scale, known[edtf]), _doubt(edtf)) for edtf in order]
    if judged := entity.get("assessment"):
        lines.append(Line(judged["assessedOn"], (Event("evidence weighed here", {}, "assessment-1"),), None, ""))
    return Timeline(tuple(lines), _written(min(ends)), _written(max(ends)), cut)


def _said(entity: Node) -> Iterable[tuple[str, Event]]:
    for node in entity.get("appearances", ()):
        for link in sorted(node["chain"], key=lambda one: -one["position"]):
            if "statedOn" in link:
                done = "carried by" if link["role"] == CARRIER else DONE_BY[link["attitude"]].lower()
                yield link["statedOn"], Event(done, link["name"], anchor(node["@id"]))


def _counted(groups: Sequence[FigureGroup]) -> Iterable[tuple[str, Event]]:
    for group in groups:
        for row in group.rows:
            if "period" in row.node:
                yield row.node["period"]["edtf"], _figure(row)


def _figure(row: FigureRow) -> Event:
    what = "given by the claim as" if row.is_date else "time that the claim gives for"
    if row.whose != "claim":
        what = "date of" if row.is_date else "time of"
    return Event(what, row.node["asPrinted"], row.bearers[0].anchor, quoted=True)


def _answered(entity: Node) -> Iterable[tuple[str, Event]]:
    for reply in entity.get("replies", ()):
        if "statedOn" in reply:
            yield reply["statedOn"], Event("", reply["short"], anchor(reply["@id"]))


def _read(points: Sequence[Point], cited: Cited) -> dict[str, list[Point]]:
    """Items of evidence that count, by the date of their source."""
    found: dict[str, list[Point]] = {}
    for point in points:
        date = cited.of(point.node["target"]["source"]).get("citedDate")
        if date and point.counted and not point.page:
            found.setdefault(date, []).append(point)
    return found


def _period(edtf: str) -> Period | None:
    """None where it cannot be read, or no day of it is known."""
    try:
        read = read_period(edtf)
    except Refused:
        return None
    return read if read.earliest or read.latest else None


def _order(period: Period) -> tuple[Decimal, Decimal]:
    """By the first day; what has none begins before everything."""
    last = _place(period.latest) if period.latest else Decimal("Infinity")
    return (_place(period.earliest) if period.earliest else Decimal("-Infinity")), last


def _track(scale: Scale, period: Period) -> Track:
    low, high = (scale.at(_place(day)) if day else None for day in (period.earliest, period.latest))
    if low and high:
        narrow = Decimal(high) - Decimal(low) < NARROW
        return Track(low if narrow else None, None if narrow else (low, high))
    start, _, end = period.edtf.partition("/")
    # An open end goes on; of one that is not known nothing is drawn.
    arrow = "right" if end == OPEN else "left" if start == OPEN else ""
    return Track(low or high, (low or "0", high or "100") if arrow else None, arrow)


def _doubt(edtf: str) -> str:
    both = "%" in edtf
    return " ".join(letter for letter, sign in (("a", "~"), ("u", "?")) if both or sign in edtf)


def _place(day: Day) -> Decimal:
    """A number for the drawing: months of 31 days."""
    return Decimal(day.year * 372 + day.month * 31 + day.day)


def _written(day: Day) -> str:
    return day.iso or f"{day.year:05}"
