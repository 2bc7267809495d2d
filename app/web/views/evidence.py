"""Evidence as a page groups it: by origin, in it by source, in that by passage; what is not counted stands apart."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.web.views.cited import anchor, number
from app.web.views.quote import Quote, quote
from kb.values.origins import COUNTED_STANCES

Node = Mapping[str, Any]
# Why a piece of evidence is not counted, in the order in which the page says it; the first that fits.
APART = ("same_origin", "mentions", "grade_x", "unseen")


@dataclass(frozen=True)
class Point:
    """One piece of evidence: what a passage says to one aspect.

    `page` is the address of the page that it stands on, empty where it is this one.
    """

    node: Node
    number: int
    anchor: str
    stance: str
    aspect: Node
    page: str = ""

    @property
    def counted(self) -> bool:
        """Seen, not grade X, and for, against or limiting (DESIGN 2, “Independent origins”)."""
        return apart(self.node) is None


@dataclass
class Passage:
    """One quotation, with all that it says."""

    quote: Quote
    points: list[Point] = field(default_factory=list)


@dataclass
class Item:
    """One source with its grade for this use, and the passages taken from it."""

    source: str
    grade: str
    grade_reason: Mapping[str, str]
    origin: str
    passages: list[Passage] = field(default_factory=list)


@dataclass
class Group:
    """What goes back to one origin, or what is not counted for one reason.

    `whole` is the number of its points where only some of them are here.
    """

    name: str
    items: list[Item] = field(default_factory=list)
    whole: int | None = None

    @property
    def points(self) -> int:
        """How many points it has in all."""
        here = sum(len(passage.points) for item in self.items for passage in item.passages)
        return here if self.whole is None else self.whole


def points(entity: Node) -> list[Point]:
    """Every piece of evidence, in order of its number."""
    aspects = {one["@id"]: one for one in entity.get("aspects", ())}
    found = [
        Point(node, number(node["@id"]), anchor(node["@id"]), node["stance"], aspects[node["aspect"]])
        for node in entity.get("evidence", ())
    ]
    return sorted(found, key=lambda point: point.number)


def by_origin(all_points: Sequence[Point]) -> list[Group]:
    """What is counted, the origin with most behind it first."""
    groups = _grouped((point for point in all_points if point.counted), lambda node: node["origin"])
    return sorted(groups, key=lambda group: -group.points)


def not_counted(all_points: Sequence[Point]) -> list[Group]:
    """The rest, by the reason."""
    groups = _grouped((point for point in all_points if not point.counted), lambda node: apart(node) or "")
    return sorted(groups, key=lambda group: APART.index(group.name))


def apart(node: Node) -> str | None:
    """Why it is not counted; None where it is."""
    if node["quoteState"] == "unseen":
        return "unseen"
    if node["sourceGrade"] == "X":
        return "grade_x"
    return None if node["stance"] in COUNTED_STANCES else str(node["stance"])


def _grouped(some: Iterable[Point], name_of: Any) -> list[Group]:
    groups: dict[str, Group] = {}
    for point in some:
        name = name_of(point.node)
        _put(groups.setdefault(name, Group(name)), point)
    return list(groups.values())


def _put(group: Group, point: Point) -> None:
    node = point.node
    said = quote(node["target"], node["quoteState"], node.get("translation"))
    key = (said.source, node["sourceGrade"], node["sourceGradeReason"], node["origin"])
    item = next((i for i in group.items if (i.source, i.grade, i.grade_reason, i.origin) == key), None)
    if item is None:
        item = Item(*key)
        group.items.append(item)
    passage = next((p for p in item.passages if p.quote == said), None)
    if passage is None:
        passage = Passage(said)
        item.passages.append(passage)
    passage.points.append(point)
