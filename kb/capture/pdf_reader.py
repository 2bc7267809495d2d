"""Reads one PDF, as a program of its own: a file that fells pdfium, or fills the memory, fells nothing else.

`python -m kb.capture.pdf_reader < file.pdf` writes JSON: `{"pages": …, "said": …}`, a page being a list of lines
in pdfium's order and `said` the file's properties; or `{"refused": …}` with the reason as one word.
"""

import ctypes
import json
import resource
import sys
from statistics import median
from typing import Any

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from kb.capture.characters import STAND_IN
from kb.capture.extracted import MOST_CHARACTERS
from kb.capture.pdf_leftward import in_reading_order, whole_lines
from kb.capture.pdf_lines import LINE_HYPHEN, Glyph, Line

MOST_PAGES = 2_000
MOST_MEMORY = 1_500_000_000
MOST_SECONDS = 60

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
    found: list[list[Glyph]] = []
    line: list[Glyph] = []
    for at in range(raw.FPDFText_CountChars(page)):
        letter = _letter(page, at)
        if letter not in _BREAKS:
            line.append(_glyph(page, at, letter))
        # pdfium ends a line after a hyphen too, but says so by the hyphen alone.
        if letter in _ENDS:
            found.append(line)
            line = []
    with_ink = [one for one in (*found, line) if any(not glyph.letter.isspace() for glyph in one)]
    return [_line(one) for one in whole_lines(with_ink)]


def _letter(page: pdfium.PdfTextPage, at: int) -> str:
    code = raw.FPDFText_GetUnicode(page, at)
    if code == _PDFIUM_HYPHEN and raw.FPDFText_IsHyphen(page, at) == 1:
        return LINE_HYPHEN
    return chr(code) if code and code != ord(LINE_HYPHEN) else STAND_IN


def _glyph(page: pdfium.PdfTextPage, at: int, letter: str) -> Glyph:
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetLooseCharBox(page, at, box)
    raw.FPDFText_GetCharOrigin(page, at, x, y)
    return Glyph(letter, box.left, box.right, y.value, box.top - box.bottom)


def _line(glyphs: list[Glyph]) -> Line:
    """The baseline and height that most of it has: the first letter may be raised, or a drawn one."""
    inked = [glyph for glyph in glyphs if not glyph.letter.isspace()]
    return Line(
        text=in_reading_order(glyphs).strip(),
        left=min(glyph.left for glyph in inked),
        right=max(glyph.right for glyph in inked),
        baseline=median(glyph.baseline for glyph in inked),
        height=median(glyph.height for glyph in inked),
    )


if __name__ == "__main__":
    main()
