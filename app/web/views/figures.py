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


def figures(entity: Node, points: Sequence[Point]) -> list[FigureRow]:
    """The claim's own first, then those of the evidence in order; each passage's once."""
    rows = [FigureRow(node, anchor(node["@id"]), None) for node in entity.get("figures", ())]
    for point in points:
        rows += [FigureRow(node, anchor(node["@id"]), point) for node in point.node.get("figures", ())]
    return rows
