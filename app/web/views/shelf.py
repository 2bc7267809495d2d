"""Figures of many claims under one measure or unit: what is comparable together, the rest with the reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.web.views.cited import anchor, number
from app.web.views.evidence import Point
from app.web.views.figures import Bearer, FigureRow, drawn, merged
from app.web.views.tracks import Scale
from kb.findings.figures import conversions, who
from kb.findings.groups import comparable, nearest, together
from kb.findings.sides import Numbers, is_date
from kb.projections.catalogue.rows import Listed
from kb.projections.catalogue.shelves import Kept

Node = Mapping[str, Any]


@dataclass(frozen=True)
class ShelfRow:
    """A figure of one claim, or several of it that say the same; `sources` are the nodes of where it was read."""

    figure: FigureRow
    claim: Listed
    sources: tuple[Node, ...]
    counted_by: Mapping[str, str] | None
    why: str

    @property
    def node(self) -> Node:
        return self.figure.node


@dataclass(frozen=True)
class ShelfGroup:
    """Figures that can be held against each other, and what comes of it in words."""

    rows: tuple[ShelfRow, ...]
    finding: str


@dataclass(frozen=True)
class ShelfView:
    """`alone`: those that can be held against no other one here, each with the reason."""

    scale: Scale | None
    groups: tuple[ShelfGroup, ...]
    alone: tuple[ShelfRow, ...]


def view(kept: Sequence[Kept], kind: str | None) -> ShelfView:
    """`kind` is the measure's; it decides which times are comparable."""
    rows = _rows(kept)
    scale, figures = drawn([row.figure for row in rows])
    rows = [replace(row, figure=figure) for row, figure in zip(rows, figures, strict=True)]
    nodes = [row.node for row in rows]
    found = comparable(nodes, kind)
    groups = tuple(
        ShelfGroup(tuple(rows[at] for at in places), _finding([nodes[at] for at in places]))
        for places in found
        if len(places) > 1
    )
    alone = tuple(replace(rows[places[0]], why=_why(nodes, places[0], kind)) for places in found if len(places) == 1)
    return ShelfView(scale, groups, alone)


def _rows(kept: Sequence[Kept]) -> list[ShelfRow]:
    by_claim: dict[str, list[Kept]] = {}
    for one in kept:
        by_claim.setdefault(one.claim.record, []).append(one)
    rows = []
    for some in by_claim.values():
        by_anchor = {one.said["figure"]["@id"]: one for one in some}
        for row in merged([_bearer(one) for one in some]):
            own = [by_anchor[bearer.node["@id"]] for bearer in row.bearers]
            sources = {one.said["source"]["record"]: one.said["source"] for one in own if "source" in one.said}
            rows.append(ShelfRow(row, some[0].claim, tuple(sources.values()), own[0].said.get("counted_by"), ""))
    return rows


def _bearer(one: Kept) -> Bearer:
    figure, evidence = one.said["figure"], one.said.get("evidence")
    if evidence is None:
        return Bearer(figure, anchor(figure["@id"]), None)
    iri = evidence["@id"]
    return Bearer(figure, anchor(figure["@id"]), Point(evidence, number(iri), anchor(iri), evidence["stance"], {}))


def _finding(nodes: Sequence[Node]) -> str:
    made = together(nodes)
    said = []
    if made.finding:
        said.append(made.finding)
        if made.between and made.numbers is not Numbers.AGREE:
            one, other = (_printed(nodes[at]) for at in made.between)
            said.append(f"furthest apart are {one} and {other}")
    if made.loose:
        words = ", ".join(dict.fromkeys(_printed(nodes[at]) for at in made.loose))
        said.append(f"no bounds are given for {words}, held against none")
    said += conversions(nodes)
    if len({who(node) for node in nodes}) > 1:
        said.append("not all were counted by the same")
    times = {node.get("period", {}).get("edtf", "") for node in nodes if not is_date(node)}
    if "" in times:
        said.append("when is not said of all")
    elif len(times) > 1:
        said.append("their times overlap and are not the same")
    return "; ".join(said)


def _why(nodes: Sequence[Node], place: int, kind: str | None) -> str:
    made = nearest(nodes, place, kind)
    if made is None:
        return "there is no other figure here"
    other, reasons = made
    return f"beside {_printed(nodes[other])}: {'; '.join(reasons)}"


def _printed(node: Node) -> str:
    words = node["asPrinted"]
    return f"“{words.get('en') or words[min(words)]}”"
