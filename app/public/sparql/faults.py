"""What a query got instead of an answer, for whoever wrote it: the place in it, and what to do."""

import unicodedata
from dataclasses import dataclass

from kb.errors import Problem
from kb.projections.triples.problems import BadQuery, Later, Misread, Off, Stopped, TooMuch

# Columns of a line that are shown around the place: as many as a phone has room for, most of them before it.
BEFORE, AFTER = 24, 12
# Characters of the engine's list of what might stand there.
LONGEST = 2_000
WIDE = "\u3000"
NARROWER = (
    "Name the claim, source, agent or topic that you ask about, where the query now goes through all of them.",
    "Let every pattern share a variable with another: patterns that share none are multiplied with each other.",
    "Begin a path such as skos:broader* at something that is named.",
    "Leave ORDER BY and DISTINCT out until few rows are left; try the query with LIMIT 10 first.",
)
FEWER = (
    "Add LIMIT, and OFFSET for what follows, with an ORDER BY so that the order stays the same.",
    "Ask for a count, or for fewer columns.",
)


@dataclass(frozen=True)
class Place:
    """A line of the query, or the part of it around the place, and a caret that stands below the place."""

    line: str
    caret: str


@dataclass(frozen=True)
class Fault:
    """`steps` are what to try, each a sentence; `to_data`: whoever needs all of it is better served by the dumps."""

    problem: Problem
    place: Place | None
    expected: str
    steps: tuple[str, ...]
    to_data: bool

    @property
    def is_of_query(self) -> bool:
        """Whether the text itself is to be mended."""
        return isinstance(self.problem, Misread)


def fault_of(problem: Problem, query: str) -> Fault:
    """The problem as the page shows it; `query` is what was typed."""
    place = place_of(query, problem.line, problem.column) if isinstance(problem, Misread) else None
    expected = problem.expected if isinstance(problem, BadQuery) else ""
    expected = expected.removeprefix("expected ").removeprefix("one of ")
    if len(expected) > LONGEST:
        expected = f"{expected[:LONGEST]}…"
    return Fault(problem, place, expected, _steps(problem), isinstance(problem, TooMuch | Stopped | Off))


def place_of(query: str, line: int | None, column: int | None) -> Place | None:
    """None where the query has no such line; a column past its end stands behind its last character."""
    lines = query.replace("\r\n", "\n").split("\n")
    if not line or not column or not 0 < line <= len(lines):
        return None
    text = lines[line - 1]
    at = min(column - 1, len(text))
    start, end = max(0, at - BEFORE), at + AFTER
    left, right = "…" if start else "", "…" if end < len(text) else ""
    before = left + text[start:at]
    return Place(before + text[at:end] + right, "".join(map(_blank, before)) + "^")


def _blank(letter: str) -> str:
    """White space as wide as the letter is in a monospaced script."""
    if letter == "\t":
        return letter
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return ""
    return WIDE if unicodedata.east_asian_width(letter) in ("W", "F") else " "


def _steps(problem: Problem) -> tuple[str, ...]:
    if isinstance(problem, Stopped) and problem.cause != "cancelled":
        return NARROWER
    if isinstance(problem, TooMuch):
        return FEWER
    if isinstance(problem, Later):
        wait = "a second" if problem.retry_after == 1 else f"{problem.retry_after} seconds"
        return (f"Run it again in {wait}: nothing is wrong with the query, and it is still here.",)
    return ()
