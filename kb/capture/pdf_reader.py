"""Reads one PDF, as a program of its own: a file that fells pdfium, or fills the memory, fells nothing else.

`python -m kb.capture.pdf_reader < file.pdf` writes JSON: `{"pages": …, "said": …}`, a page being a list of lines
in pdfium's order and `said` the file's properties; or `{"refused": …}` with the reason as one word.
"""

import ctypes
import json
import re
import resource
import sys
import unicodedata
from statistics import median
from typing import Any

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from kb.capture.characters import STAND_IN
from kb.capture.extracted import MOST_CHARACTERS
from kb.capture.pdf_lines import LINE_HYPHEN, Line

MOST_PAGES = 2_000
MOST_MEMORY = 1_500_000_000
MOST_SECONDS = 60

# From the first letter that is written leftward to the last one, or its mark, before one that is written rightward.
_LEFTWARD = re.compile("R(?:[^L]*[RM])?")
_UNIT = re.compile("[0-9]+(?:[.,:/][0-9]+)*|.[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]*", re.DOTALL)
_BREAKS = "\r\n"
_ENDS = _BREAKS + LINE_HYPHEN
_PDFIUM_HYPHEN = 2


_REASONS = {raw.FPDF_ERR_PASSWORD: "password", raw.FPDF_ERR_SECURITY: "security"}


def main() -> None:
    """Limits the process first: what needs more is ended by the system, and whoever started it sees that."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    json.dump(read(sys.stdin.buffer.read()), sys.stdout)


def read(data: bytes) -> dict[str, Any]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        return {"refused": _REASONS.get(error.err_code, "damaged")}
    if len(document) > MOST_PAGES:
        return {"refused": "pages"}
    pages, room = [], MOST_CHARACTERS
    for number in range(len(document)):
        lines = _lines_on(document, number)
        room -= sum(len(line.text) for line in lines)
        if room < 0:
            return {"refused": "characters"}
        pages.append(lines)
    return {"pages": pages, "said": document.get_metadata_dict()}


def _lines_on(document: pdfium.PdfDocument, number: int) -> list[Line]:
    """None where the page has no text or cannot be read."""
    try:
        page = document[number]
        words = page.get_textpage()
    except pdfium.PdfiumError:
        return []
    found = lines_of(words)
    words.close()
    page.close()
    return found


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


if __name__ == "__main__":
    main()
