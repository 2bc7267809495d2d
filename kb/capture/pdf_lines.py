"""Lines of a page of a PDF as pdfium finds them: their words, and where they stand."""

import ctypes
import re
import unicodedata
from dataclasses import dataclass
from statistics import median

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from kb.capture.characters import STAND_IN

# What stands for a hyphen at the end of a line until it is known which of two it is.
LINE_HYPHEN = "\ufffe"

# From the first letter that is written leftward to the last one, or its mark, before one that is written rightward.
_LEFTWARD = re.compile("R(?:[^L]*[RM])?")
_UNIT = re.compile("[0-9]+(?:[.,:/][0-9]+)*|.[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]*", re.DOTALL)
_BREAKS = "\r\n"
_ENDS = _BREAKS + LINE_HYPHEN
_PDFIUM_HYPHEN = 2


@dataclass(frozen=True)
class Line:
    """Edges, baseline and height in points, from the lower left of the page."""

    text: str
    left: float
    right: float
    baseline: float
    height: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def lines_of(page: pdfium.PdfTextPage) -> list[Line]:
    """In pdfium's order. A glyph for which the file has no letter stands as U+FFFD."""
    found: list[Line] = []
    line: list[tuple[int, str]] = []
    for at in range(raw.FPDFText_CountChars(page)):
        letter = _letter(page, at)
        if letter not in _BREAKS:
            line.append((at, letter))
        # pdfium ends a line after a hyphen too, but says so by the hyphen alone.
        if letter in _ENDS:
            found += _line(page, line)
            line = []
    return found + _line(page, line)


def _letter(page: pdfium.PdfTextPage, at: int) -> str:
    code = raw.FPDFText_GetUnicode(page, at)
    if code == _PDFIUM_HYPHEN and raw.FPDFText_IsHyphen(page, at) == 1:
        return LINE_HYPHEN
    return chr(code) if code and code != ord(LINE_HYPHEN) else STAND_IN


def _line(page: pdfium.PdfTextPage, line: list[tuple[int, str]]) -> list[Line]:
    """One line, or none where it has no ink. Three letters are measured: the first may be raised, or a drawn one."""
    inked = [at for at, letter in line if not letter.isspace()]
    if not inked:
        return []
    measured = (inked[0], inked[len(inked) // 2], inked[-1])
    boxes = [_box(page, at) for at in measured]
    return [
        Line(
            text=_in_order_of_reading(page, line).strip(),
            left=min(box.left for box in boxes),
            right=max(box.right for box in boxes),
            baseline=median(_baseline(page, at) for at in measured),
            height=max(box.top - box.bottom for box in boxes),
        )
    ]


def _box(page: pdfium.PdfTextPage, at: int) -> raw.FS_RECTF:
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(page, at, box)
    return box


def _baseline(page: pdfium.PdfTextPage, at: int) -> float:
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(page, at, x, y)
    return y.value


def _in_order_of_reading(page: pdfium.PdfTextPage, line: list[tuple[int, str]]) -> str:
    """Stretches that are written from right to left are turned round where the file has them in the eye's order."""
    text = "".join(letter for _, letter in line)
    parts, done = [], 0
    for found in _LEFTWARD.finditer("".join(map(_direction, text))):
        stretch = text[found.start() : found.end()]
        first, last = (_box(page, line[at][0]).left for at in (found.start(), found.end() - 1))
        parts += [text[done : found.start()], _turned(stretch) if first < last else stretch]
        done = found.end()
    return "".join([*parts, text[done:]])


def _direction(letter: str) -> str:
    """One sign for each of the classes of UAX #9 that matter here."""
    return {"R": "R", "AL": "R", "NSM": "M", "L": "L"}.get(unicodedata.bidirectional(letter), "N")


def _turned(text: str) -> str:
    """Back to front, with marks behind the letter that carries them, and numbers as they are."""
    return "".join(reversed(_UNIT.findall(text)))
