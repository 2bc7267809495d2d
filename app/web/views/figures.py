"""Figures of a claim and of its evidence: rows of one table for each measure, and what comes of them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.web.views.cited import anchor
from app.web.views.evidence import Point
from app.web.views.tracks import Scale, Track, scale_of
from kb.findings.figures import beside
from kb.findings.sides import Numbers, is_date, side_of, unit_of
from kb.findings.spans import Span
from kb.findings.words import in_words

Node = Mapping[str, Any]
# What may differ where several pieces of evidence give one figure.
OWN = frozenset({"@id", "note", "periodNote", "period", "aspect", "anchor", "externalIds"})


@dataclass(frozen=True)
class Bearer:
    """A figure and where it stands: `point` is None for one of the claim itself."""

    node: Node
    anchor: str
    point: Point | None


@dataclass(frozen=True)
class FigureRow:
    """One figure, or several of the evidence that say the same of the same; `track` is None where there is no number.

    `hollow`: not counted, or of another unit than the scale.
    """

    bearers: tuple[Bearer, ...]
    track: Track | None = None
    hollow: bool = False

    @property
    def node(self) -> Node:
        return self.bearers[0].node

    @property
    def whose(self) -> str:
        """“claim”, “item” or “apart”: whether it counts for anything."""
        point = self.bearers[0].point
        if point is None:
            return "claim"
        return "item" if point.counted else "apart"

    @property
    def mark(self) -> str:
        """The shape on its track: “diamond”, “dot” or “ring”."""
        return "diamond" if self.whose == "claim" else "ring" if self.hollow else "dot"

    @property
    def is_date(self) -> bool:
        """Whether the time is what it says."""
        return is_date(self.node)

    @property
    def points(self) -> list[Point]:
        return [one.point for one in self.bearers if one.point]

    def notes(self, key: str) -> list[tuple[Mapping[str, str], str]]:
        """The notes of its bearers, each once, with the numbers of the items it stands at where not all have it."""
        found: list[tuple[Mapping[str, str], list[int]]] = []
        for one in self.bearers:
            if words := one.node.get(key):
                at = next((numbers for said, numbers in found if said == words), None)
                if at is None:
                    at = []
                    found.append((words, at))
                at += [one.point.number] if one.point else []
        return [
            (words, "" if len(numbers) in (0, len(self.bearers)) else ", ".join(map(str, numbers)))
            for words, numbers in found
        ]


@dataclass(frozen=True)
class Held:
    """Rows held against one of the claim's own: `lines` are what came of it, each with the rows that it is said of."""

    row: FigureRow
    lines: tuple[tuple[str, tuple[FigureRow, ...]], ...]
    # Whether one fits that is not comparable, which shows nothing by itself.
    some_fit: bool


@dataclass(frozen=True)
class FigureGroup:
    """Figures of one measure; `measure` is its IRI, None for those of which it is not said what they count."""

    measure: str | None
    rows: tuple[FigureRow, ...]
    scale: Scale | None
    held: tuple[Held, ...]

    @property
    def legend(self) -> str:
        """What the marks mean that it has; the scale in words."""
        drawn = [row for row in self.rows if row.track]
        marks = (
            ("diamond: the claim’s own", any(row.whose == "claim" for row in drawn)),
            ("dot: counted", any(row.whose == "item" and not row.hollow for row in drawn)),
            ("ring: not counted, or of another unit", any(row.whose != "claim" and row.hollow for row in drawn)),
        )
        return "; ".join(words for words, is_there in marks if is_there).capitalize()


def figures(entity: Node, points: Sequence[Point]) -> list[FigureGroup]:
    """By measure, as they first occur; the claim's own first, then those of the evidence in order."""
    groups: dict[str | None, list[FigureRow]] = {}
    for row in merged(_bearers(entity, points)):
        groups.setdefault(row.node.get("measure"), []).append(row)
    return [_group(measure, rows) for measure, rows in groups.items()]


def on_one_scale(
    nodes: Sequence[Node], first: str | None = None
) -> tuple[Scale | None, list[Track | None], list[bool]]:
    """The scale of the unit `first`, else of the commonest, with a track for each; True where one is of another thing.

    Things that are counted share a scale; what is measured stands on it only in units that are its own by definition.
    None where there are fewer than two numbers of that unit.
    """
    spans: list[Span | None] = [None if is_date(node) else side_of(node).given for node in nodes]
    units = [unit_of(node) for node in nodes]
    given = [unit for unit, span in zip(units, spans, strict=True) if span]
    if first is None or all(unit.base != first for unit in given):
        first = Counter(unit.base for unit in given).most_common(1)[0][0] if given else ""
    plain = any(unit.plain for unit in given if unit.base == first)
    on_it = [
        span if unit.base == first or (plain and unit.plain) else None for unit, span in zip(units, spans, strict=True)
    ]
    own = [span for unit, span in zip(units, on_it, strict=True) if span and unit.base == first]
    scale = scale_of((span for span in on_it if span), "" if plain else first) if len(own) > 1 else None
    tracks = [scale.track(span) if scale and span and scale.shows(span) else None for span in on_it]
    return scale, tracks, [unit.base != first for unit in units]


def drawn(rows: Sequence[FigureRow]) -> tuple[Scale | None, list[FigureRow]]:
    """The rows with their tracks on one scale, which is that of the claim's own figure where it has a number."""
    first = next((unit_of(row.node).base for row in rows if row.whose == "claim" and side_of(row.node).given), None)
    scale, tracks, other = on_one_scale([row.node for row in rows], first)
    found = [
        FigureRow(row.bearers, track, hollow=row.whose == "apart" or another)
        for row, track, another in zip(rows, tracks, other, strict=True)
    ]
    return scale, found


def _group(measure: str | None, rows: Sequence[FigureRow]) -> FigureGroup:
    scale, found = drawn(rows)
    return FigureGroup(measure, tuple(found), scale, tuple(_held(found)))


def _held(rows: Sequence[FigureRow]) -> Iterable[Held]:
    others = [row for row in rows if row.whose != "claim"]
    for row in rows:
        if row.whose == "claim" and others:
            made = beside(row.node, [other.node for other in others])
            lines = [
                (
                    in_words(one, dates=row.is_date and is_date(others[places[0]].node)),
                    tuple(others[at] for at in places),
                )
                for one, places in made
            ]
            yield Held(row, tuple(lines), any(one.reasons and one.numbers is Numbers.AGREE for one, _ in made))


def merged(bearers: Iterable[Bearer]) -> list[FigureRow]:
    """Those of one claim's evidence that say the same stand in one row; its own figures each in their own."""
    found: dict[str, list[Bearer]] = {}
    for one in bearers:
        whose = one.anchor if one.point is None else one.point.counted
        said = {key: value for key, value in one.node.items() if key not in OWN}
        key = repr((whose, sorted(said.items()), one.node.get("period", {}).get("edtf")))
        found.setdefault(key, []).append(one)
    return [FigureRow(tuple(some)) for some in found.values()]


def _bearers(entity: Node, points: Sequence[Point]) -> Iterable[Bearer]:
    for node in entity.get("figures", ()):
        yield Bearer(node, anchor(node["@id"]), None)
    for point in points:
        for node in point.node.get("figures", ()):
            yield Bearer(node, anchor(node["@id"]), point)
