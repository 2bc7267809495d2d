"""Reads one PDF, as a program of its own: a file that fells pdfium, or fills the memory, fells nothing else.

`python -m kb.capture.pdf_reader < file.pdf` writes JSON: `{"pages": …, "said": …}`, a page being a list of lines
in pdfium's order and `said` the file's properties; or `{"refused": …}` with the reason as one word.
"""

import ctypes
import json
import re
import resource
import sys
from statistics import median
from typing import Any

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from kb.capture.characters import STAND_IN
from kb.capture.extracted import MOST_CHARACTERS
from kb.capture.pdf_leftward import has_leftward, in_reading_order, whole_lines
from kb.capture.pdf_lines import LINE_HYPHEN, Glyph, Line

MOST_PAGES = 2_000
MOST_MEMORY = 1_500_000_000
MOST_SECONDS = 60

# pdfium ends a line after a hyphen too, but says so by the hyphen alone.
_STRETCH = re.compile(f"[^\r\n{LINE_HYPHEN}]+{LINE_HYPHEN}?|{LINE_HYPHEN}")
_PDFIUM_HYPHEN = 2
_SPECIAL = frozenset({0, _PDFIUM_HYPHEN, ord(LINE_HYPHEN)})


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
    letters = _letters(page)
    stretches = [found.span() for found in _STRETCH.finditer(letters) if not found[0].isspace()]
    if not has_leftward(letters):
        return [_line(letters[start:end], _some(page, letters, start, end)) for start, end in stretches]
    lines = ([_glyph(page, at, letters[at]) for at in range(start, end)] for start, end in stretches)
    return [_line(in_reading_order(line), line) for line in whole_lines(lines)]


def _letters(page: pdfium.PdfTextPage) -> str:
    # Asked once for each letter of a file: what can be looked up before is.
    unicode_of, handle = raw.FPDFText_GetUnicode, page.raw
    codes = [unicode_of(handle, at) for at in range(raw.FPDFText_CountChars(handle))]
    return "".join(chr(code) if code not in _SPECIAL else _stand_in(page, at, code) for at, code in enumerate(codes))


def _stand_in(page: pdfium.PdfTextPage, at: int, code: int) -> str:
    is_hyphen = code == _PDFIUM_HYPHEN and raw.FPDFText_IsHyphen(page, at) == 1
    return LINE_HYPHEN if is_hyphen else STAND_IN


def _glyph(page: pdfium.PdfTextPage, at: int, letter: str) -> Glyph:
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetLooseCharBox(page, at, box)
    raw.FPDFText_GetCharOrigin(page, at, x, y)
    return Glyph(letter, box.left, box.right, y.value, box.top - box.bottom)


def _some(page: pdfium.PdfTextPage, letters: str, start: int, end: int) -> list[Glyph]:
    """The first, the middle and the last letter with ink: to measure every one takes long."""
    inked = [at for at in range(start, end) if not letters[at].isspace()]
    return [_glyph(page, at, letters[at]) for at in (inked[0], inked[len(inked) // 2], inked[-1])]


def _line(text: str, glyphs: list[Glyph]) -> Line:
    """The baseline that most letters have: the first may be raised. Of heights the largest, since some are drawn."""
    inked = [glyph for glyph in glyphs if not glyph.letter.isspace()]
    return Line(
        text=text.strip(),
        left=min(glyph.left for glyph in inked),
        right=max(glyph.right for glyph in inked),
        baseline=median(glyph.baseline for glyph in inked),
        height=max(glyph.height for glyph in inked),
    )


if __name__ == "__main__":
    main()
