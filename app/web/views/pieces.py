"""Evidence in pieces: what a page that would be too heavy keeps, and where the rest stands."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from app.web import links
from app.web.views.evidence import Group, Passage, Point, by_origin, not_counted

# How many points stand on one page of evidence (INTERFACES, “A page that would pass 60 KB”).
PIECE = 30


@dataclass(frozen=True)
class Piece:
    """Some of the evidence in the order of pages: the points from number `first` to `last`, counted from 1."""

    first: int
    last: int
    whole: int
    numbers: Collection[int]
    groups: list[Group]
    apart: list[Group]

    @property
    def before(self) -> int | None:
        """Where the piece before begins; None at the first."""
        return max(1, self.first - PIECE) if self.first > 1 else None

    @property
    def after(self) -> int | None:
        """Where the piece after begins; None at the last."""
        return self.last + 1 if self.last < self.whole else None


def piece(all_points: Sequence[Point], first: int, most: int = PIECE) -> Piece:
    """At most `most` points from the one at place `first` on; empty where that is beyond the end."""
    kept = {point.number for point in in_order(all_points)[first - 1 : first - 1 + most]}
    return Piece(
        first,
        first - 1 + len(kept),
        len(all_points),
        kept,
        only(by_origin(all_points), kept),
        only(not_counted(all_points), kept),
    )


def moved(all_points: Sequence[Point], version: str, most: int) -> list[Point]:
    """The same points; those beyond the first `most` know the page of evidence that they stand on.

    `version` is the address of the version, "claims/37d2qfnqr/v2".
    """
    places = {point.number: place for place, point in enumerate(in_order(all_points))}
    return [
        replace(point, page=links.evidence(version, 1 + places[point.number] // PIECE * PIECE))
        if places[point.number] >= most
        else point
        for point in all_points
    ]


def in_order(all_points: Sequence[Point]) -> list[Point]:
    """As pages set them: by origin what is counted, then what is not."""
    return [*_walk(by_origin(all_points)), *_walk(not_counted(all_points))]


def only(groups: Iterable[Group], kept: Collection[int]) -> list[Group]:
    """The groups with the points of these numbers alone; each still says how many it has in all."""
    found = []
    for group in groups:
        items = []
        for item in group.items:
            passages = [
                Passage(passage.quote, points)
                for passage in item.passages
                if (points := [point for point in passage.points if point.number in kept])
            ]
            if passages:
                items.append(replace(item, passages=passages))
        if items:
            found.append(Group(group.name, items, group.points))
    return found


def _walk(groups: Iterable[Group]) -> Iterable[Point]:
    return (point for group in groups for item in group.items for passage in item.passages for point in passage.points)
