"""From lines to paragraphs: where a PDF, which knows of neither, most likely begins a new one.

A new paragraph begins after a gap, where the size of letters changes, at an indent or a bullet, after a sentence
that ends well before the edge, around rows of figures, and in a new column or on a new page unless a sentence
goes on there. Whatever is no new paragraph goes on after one space, so that a phrase runs on over the ends of
lines; after a hyphen or dash that touches its word, inside an address, and between Chinese or Japanese letters
it goes on after nothing.
"""

import re
from collections import Counter
from itertools import pairwise

from kb.capture.pdf_lines import LINE_HYPHEN, Line

# In heights of a line: what is a gap where the page shows no pitch of its own, and the widest pitch it may have.
_USUAL_PITCH = 1.2
_WIDEST_PITCH = 2.2
_GAP = 1.22
_RESIZED = 1.18
_INDENT = 0.7
_ON_THE_LINE = 0.35

_BULLET = re.compile("[\u2022\u2023\u25aa\u25cf\u25a0\u25e6\u2043\u2219]")
_ENDS = re.compile("[.!?:;\u2026\u3002\u061f][)\\]\"'\u2019\u201d\u00bb]*$")
_FIGURE = re.compile(r"[-+$\u20ac\u00a3(]?[0-9](?:[0-9.,]*[0-9])?[%)]?$")
_TOUCHING = re.compile(f"\\w[-\u2010\u2011\u2013\u2014]$|{LINE_HYPHEN}$")
_ADDRESS = re.compile(r"(?:https?:/|www\.)\S*[/?&=_%-]$|\w@$")
_EAST_ASIAN = "[\u2e80-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff60]"
_DENSE_END, _DENSE_START = re.compile(_EAST_ASIAN + "$"), re.compile(_EAST_ASIAN)


def text_of(pages: list[list[Line]]) -> str:
    """One blank line between two paragraphs; LINE_HYPHEN stays where pdfium has it."""
    found: list[list[Line]] = []
    for lines in filter(None, pages):
        first, *others = _paragraphs(lines)
        if found and _goes_on(found[-1][-1], first[0]):
            found[-1] += first
        else:
            found.append(first)
        found += others
    return "\n\n".join(_joined([line.text for line in paragraph]) for paragraph in found)


def _paragraphs(lines: list[Line]) -> list[list[Line]]:
    """Those of one page."""
    edge = _edges(lines)
    pitch = _pitch(lines, edge)
    found = [[lines[0]]]
    for before, line in pairwise(lines):
        if _begins(before, line, len(found[-1]), pitch, edge[before]):
            found.append([line])
        else:
            found[-1].append(line)
    return found


def _pitch(lines: list[Line], edge: dict[Line, float]) -> float:
    """How far down the next line usually is, in heights of a line, where a line is full and so goes on in the next."""
    steps = Counter(
        round(step, 1)
        for before, line in pairwise(lines)
        if _ON_THE_LINE < (step := _step(before, line)) <= _WIDEST_PITCH
        and not _is_resized(before, line)
        and not _had_room(before, line, edge[before])
    )
    pitch, times = max(steps.items(), key=lambda one: (one[1], -one[0]), default=(_USUAL_PITCH, 0))
    return pitch if times > 1 else _USUAL_PITCH


def _edges(lines: list[Line]) -> dict[Line, float]:
    """The right edge of the column that each line stands in: of the lines that begin about where it does."""
    edges: dict[int, float] = {}
    for line in lines:
        edges[_column(line)] = max(line.right, edges.get(_column(line), 0))
    return {line: max(edges.get(_column(line) + by, 0) for by in (-1, 0, 1)) for line in lines}


def _column(line: Line) -> int:
    return round(line.left / 30)


def _begins(before: Line, line: Line, lines_so_far: int, pitch: float, edge: float) -> bool:
    step = _step(before, line)
    if abs(step) <= _ON_THE_LINE:
        return False
    if step < 0:
        return not _goes_on(before, line)
    return (
        step > pitch * _GAP
        or _is_resized(before, line)
        or _BULLET.match(line.text) is not None
        or _is_row(before)
        or _is_row(line)
        or _is_indented(before, line, lines_so_far)
        or _ends_early(before, line, edge)
    )


def _step(before: Line, line: Line) -> float:
    return (before.baseline - line.baseline) / (max(before.height, line.height) or 1)


def _is_resized(before: Line, line: Line) -> bool:
    small, large = sorted((before.height, line.height))
    return large > small * _RESIZED


def _goes_on(before: Line, line: Line) -> bool:
    """In a new column or on a new page: the sentence has no end yet, and what follows begins none."""
    return not _ENDS.search(before.text) and not _is_resized(before, line) and line.text[:1].islower()


def _is_row(line: Line) -> bool:
    """A row of a table: at least four figures, and they are most of its words."""
    words = line.text.split()
    figures = sum(1 for word in words if _FIGURE.match(word))
    return figures >= 4 and figures * 2 > len(words)


def _is_indented(before: Line, line: Line, lines_so_far: int) -> bool:
    """Further in than the line before, and not because both are centred, nor as the second line of a hanging indent."""
    by = (line.left - before.left) / (line.height or 1)
    centred = abs(line.middle - before.middle) < line.height / 2
    hanging = lines_so_far == 1 and not _ENDS.search(before.text)
    return by > _INDENT and not centred and not hanging


def _ends_early(before: Line, line: Line, edge: float) -> bool:
    """A sentence ends, though its line had room for more."""
    return _ENDS.search(before.text) is not None and _had_room(before, line, edge)


def _had_room(before: Line, line: Line, edge: float) -> bool:
    """Whether the next word would have stood on the line before, had it belonged there."""
    next_word = (len(line.text.split(maxsplit=1)[0]) + 1) * (line.right - line.left) / len(line.text)
    return before.right + next_word < edge - line.height / 2


def _joined(lines: list[str]) -> str:
    text = [lines[0]]
    for before, line in pairwise(lines):
        dense = _DENSE_END.search(before) and _DENSE_START.match(line)
        touching = _TOUCHING.search(before) or _ADDRESS.search(before.rpartition(" ")[2])
        text += ["" if dense or touching else " ", line]
    return "".join(text)
