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
    """Something of that date: some words of ours, then a name or a quotation, and where on the page it stands."""

    what: str
    name: Words
    anchor: str
    quoted: bool = False


@dataclass(frozen=True)
class Line:
    """One date with all that is of it. `doubt`: “a” for about, “u” for uncertain, both, or neither.

    `events` are grouped by what is said of them; `points` are the items of evidence of that date.
    """

    edtf: str
    answers: tuple[Event, ...]
    events: tuple[tuple[str, tuple[Event, ...]], ...]
    points: tuple[Point, ...]
    track: Track
    doubt: str


@dataclass(frozen=True)
class Timeline:
    """`first` and `last` are the days at the ends of the tracks; `cut` says that dates of evidence are left out.

    `weighed` is the day of the assessment, which would make the scale too long.
    """

    lines: tuple[Line, ...]
    first: str
    last: str
    cut: bool
    weighed: str | None

    @property
    def legend(self) -> str:
        """What the looks of the lines mean that there are."""
        looks = (("a", "faded: about that time"), ("u", "broken: uncertain"))
        said = "; ".join(words for letter, words in looks if any(letter in line.doubt for line in self.lines))
        return f"{said[:1].upper()}{said[1:]}. " if said else ""


def timeline(entity: Node, points: Sequence[Point], groups: Sequence[FigureGroup], cited: Cited) -> Timeline | None:
    """None where fewer than two dates are known."""
    dates: dict[str, list[Event]] = {}
    for edtf, event in (*_answered(entity), *_said(entity), *_counted(groups)):
        dates.setdefault(edtf, []).append(event)
    evidence = _read(points, cited)
    cut = len({*dates, *evidence}) > MOST
    if cut:
        evidence = {}
    known = {edtf: period for edtf in (*dates, *evidence) if (period := _period(edtf))}
    days = [day for period in known.values() for day in (period.earliest, period.latest) if day]
    if len(known) < 2 or min(days) == max(days):
        return None
    scale = Scale(_place(min(days)), _place(max(days)))
    order = sorted(known, key=lambda edtf: _order(known[edtf]))
    lines = [_line(edtf, dates.get(edtf, ()), evidence.get(edtf, ()), _track(scale, known[edtf])) for edtf in order]
    weighed = entity.get("assessment", {}).get("assessedOn")
    return Timeline(tuple(lines), _written(min(days)), _written(max(days)), cut, weighed)


def _line(edtf: str, events: Sequence[Event], points: Sequence[Point], track: Track) -> Line:
    """Each name once for what is said of it, so that figures of two rows that read alike do not stand twice."""
    by_what: dict[str, dict[str, Event]] = {}
    for event in events:
        by_what.setdefault(event.what, {}).setdefault(repr(event.name), event)
    answers = tuple(by_what.pop("", {}).values())
    said = tuple((what, tuple(some.values())) for what, some in by_what.items())
    return Line(edtf, answers, said, tuple(points), track, _doubt(edtf))


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
