"""A line of a page of a PDF: its words, and where they stand."""

from typing import NamedTuple

# What stands for a hyphen at the end of a line until it is known which of two it is.
LINE_HYPHEN = "\ufffe"


class Glyph(NamedTuple):
    """One letter, or half of a drawn pair of them; measures as a line's."""

    letter: str
    left: float
    right: float
    baseline: float
    height: float


class Line(NamedTuple):
    """Edges, baseline and height in points, from the lower left of the page."""

    text: str
    left: float
    right: float
    baseline: float
    height: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2
