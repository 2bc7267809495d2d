"""Figures of a claim and of its evidence as rows of one table, those of one measure together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.web.views.cited import anchor
from app.web.views.evidence import Point

Node = Mapping[str, Any]


@dataclass(frozen=True)
class FigureRow:
    """A figure and where it stands: `point` is None for one of the claim itself."""

    node: Node
    anchor: str
    point: Point | None

    @property
    def whose(self) -> str:
        """“claim”, “item” or “apart”: whether it counts for anything."""
        if self.point is None:
            return "claim"
        return "item" if self.point.counted else "apart"


@dataclass(frozen=True)
class FigureGroup:
    """Figures of one measure; `measure` is its IRI, None for those of which it is not said what they count."""

    measure: str | None
    rows: tuple[FigureRow, ...]


def figures(entity: Node, points: Sequence[Point]) -> list[FigureGroup]:
    """By measure, as they first occur; the claim's own first, then those of the evidence in order."""
    groups: dict[str | None, list[FigureRow]] = {}
    for row in _rows(entity, points):
        groups.setdefault(row.node.get("measure"), []).append(row)
    return [FigureGroup(measure, tuple(rows)) for measure, rows in groups.items()]


def _rows(entity: Node, points: Sequence[Point]) -> list[FigureRow]:
    rows = [FigureRow(node, anchor(node["@id"]), None) for node in entity.get("figures", ())]
    for point in points:
        rows += [FigureRow(node, anchor(node["@id"]), point) for node in point.node.get("figures", ())]
    return rows
