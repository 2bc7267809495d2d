"""Words that are written from right to left: from the order in which the eye meets them on the page to that of reading.

Files have them in either order, and which one shows in the places of the letters. A line of Arabic that was drawn
from its left end also comes apart into pieces, and without its spaces.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

from kb.capture.pdf_lines import Glyph

# In heights of the letters: how far two pieces of a line may be up or down, and what is a space.
_LEVEL = 0.1
_SPACE = 0.3
_FEW = 0.2

_SCRIPTS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
# From the first letter that is written leftward to the last one, or its mark, before one that is written rightward.
_LEFTWARD = re.compile("R(?:[^L]*[RM])?")
_NUMBER = "[0-9]+(?:[.,:/][0-9]+)*"
_UNIT = re.compile(_NUMBER + "|.[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]*", re.DOTALL)
_RIGHTWARD = re.compile(_NUMBER + r"|[0-9.,:/]*[A-Za-z0-9](?:[A-Za-z0-9.,:/ -]*[A-Za-z0-9])?")


def has_leftward(text: str) -> bool:
    """Whether there is any Hebrew, Arabic, Syriac, Thaana, N'Ko or a younger script of their kind."""
    return _SCRIPTS.search(text) is not None


def whole_lines(lines: Iterable[list[Glyph]]) -> Iterator[list[Glyph]]:
    """Pieces of one line that were drawn from its left end are put together, in the order of reading."""
    level: list[list[Glyph]] = []
    for line in lines:
        if level and abs(level[-1][-1].baseline - line[0].baseline) > _LEVEL * line[0].height:
            yield from _put_together(level)
            level = []
        level.append(line)
    yield from _put_together(level)


def _put_together(level: list[list[Glyph]]) -> list[list[Glyph]]:
    """What stands on one level: as it came, or as one line."""
    glyphs = [glyph for line in level for glyph in line]
    return [_sorted(glyphs)] if _is_drawn_leftward(glyphs) else level


def in_reading_order(line: list[Glyph]) -> str:
    """Stretches of a line that are drawn from their left end are turned round."""
    text = "".join(glyph.letter for glyph in line)
    parts, done = [], 0
    for found in _LEFTWARD.finditer("".join(map(_direction, text))):
        stretch = text[found.start() : found.end()]
        is_turned = line[found.start()].left < line[found.end() - 1].left
        parts += [text[done : found.start()], "".join(reversed(_UNIT.findall(stretch))) if is_turned else stretch]
        done = found.end()
    return "".join([*parts, text[done:]])


def _is_drawn_leftward(line: list[Glyph]) -> bool:
    """Most of its letters are written leftward, and not a few of them follow each other rightward."""
    directions = [_direction(glyph.letter) for glyph in line]
    if directions.count("R") <= directions.count("L"):
        return False
    letters = [glyph for glyph, direction in zip(line, directions, strict=True) if direction == "R"]
    steps = [one.left < other.left for one, other in pairwise(letters)]
    return steps.count(True) > _FEW * len(steps)


def _sorted(pieces: list[Glyph]) -> list[Glyph]:
    """From the right edge to the left, with spaces where there is room for one; numbers and Latin words rightward."""
    glyphs = sorted((one for one in pieces if not one.letter.isspace()), key=lambda one: -one.left - one.right)
    spaces = [one.left for one in pieces if one.letter.isspace()]
    spaced = glyphs[:1]
    for before, glyph in pairwise(glyphs):
        gap = (before.left - glyph.right) / (min(before.height, glyph.height) or 1)
        if gap > _SPACE or (gap > 0 and any(glyph.right - 1 <= space <= before.left + 1 for space in spaces)):
            spaced.append(glyph._replace(letter=" "))
        spaced.append(glyph)
    text = "".join(glyph.letter for glyph in spaced)
    for found in _RIGHTWARD.finditer(text):
        spaced[found.start() : found.end()] = reversed(spaced[found.start() : found.end()])
    return spaced


def _direction(letter: str) -> str:
    """One sign for each of the classes of UAX #9 that matter here."""
    return {"R": "R", "AL": "R", "NSM": "M", "L": "L"}.get(unicodedata.bidirectional(letter), "N")
