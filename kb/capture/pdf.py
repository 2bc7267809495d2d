"""PDF: bytes to text of record, page by page. A file that cannot be read says why, and what to do."""

import json
import os
import subprocess
import sys
from threading import Lock
from typing import Any

from kb.capture.characters import note_on, storable
from kb.capture.dates import day_of_pdf
from kb.capture.extracted import MOST_CHARACTERS, PASTE, Extracted, NoText, Proposed
from kb.capture.pdf_hyphens import settled
from kb.capture.pdf_lines import Line
from kb.capture.pdf_paragraphs import text_of

MEDIA_TYPE = "application/pdf"
PATIENCE = 90

_LONGEST_TITLE = 500
_PAGES_NAMED = 10
_PART = "Bring in the pages that are quoted, as a file of their own."
_REFUSED = {
    "damaged": ("The PDF is damaged and cannot be opened.", PASTE),
    "password": ("The PDF is locked with a password.", "Save a copy without the password, or paste the text."),
    "security": ("The PDF is locked in a way that cannot be opened here.", PASTE),
    "pages": ("The PDF has more than 2,000 pages.", _PART),
    "characters": (f"The PDF has more than {MOST_CHARACTERS:,} characters.", _PART),
    "heavy": ("The PDF is damaged, or takes more time or memory than a file is given.", _PART),
    "pictures": (
        "The PDF has no text layer: its pages are blank, or pictures.",
        "Have the text recognised (OCR) and bring in that file, or paste the words that are quoted.",
    ),
}
# A hostile file may take all that its reader is given, so there is one reader at a time.
_one_at_a_time = Lock()


def read_pdf(data: bytes) -> Extracted:
    """Raises NoText."""
    found = _found_in(data)
    if reason := found.get("refused"):
        raise NoText(*_REFUSED[reason])
    pages = [[Line(*line) for line in page] for page in found["pages"]]
    if not any(pages):
        raise NoText(*_REFUSED["pictures"])
    text, soft = settled(text_of(pages))
    text = storable(text)
    proposed = _proposals(found["said"])
    return Extracted(text, MEDIA_TYPE, proposed, (*note_on(text), *_notes(pages, soft, proposed)))


def _found_in(data: bytes) -> dict[str, Any]:
    """What the reader writes; it is a program of its own, since pdfium may fall over a file that is made for it."""
    command = [sys.executable, "-m", "kb.capture.pdf_reader"]
    with _one_at_a_time:
        try:
            done = subprocess.run(
                command, input=data, capture_output=True, timeout=PATIENCE, check=True, env=_surroundings()
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            return {"refused": "heavy"}
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _surroundings() -> dict[str, str]:
    """What a program needs to be found, and no secret of the server's: a file may take its reader over."""
    return {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH") if name in os.environ}


def _proposals(said: dict[str, str]) -> Proposed:
    """Title, author and day out of the file's own properties."""
    title, author = (_line(said.get(key, "")) for key in ("Title", "Author"))
    return Proposed(title=title, author=author, published=day_of_pdf(said.get("CreationDate", "")))


def _line(text: str) -> str | None:
    line = " ".join(storable(text[: _LONGEST_TITLE + 1]).split())
    return line if 0 < len(line) <= _LONGEST_TITLE else None


def _notes(pages: list[list[Line]], soft: int, proposed: Proposed) -> tuple[str, ...]:
    said = []
    if empty := [str(number) for number, page in enumerate(pages, 1) if not page]:
        named = ", ".join(empty[:_PAGES_NAMED]) + (" and others" if len(empty) > _PAGES_NAMED else "")
        said.append(f"No text layer on page {named}: blank, or a picture.")
    if soft:
        words = "One word is" if soft == 1 else f"{soft:,} words are"
        said.append(f"{words} divided at the end of a line; a soft hyphen (U+00AD) keeps the place.")
    if proposed.published:
        said.append("The date that is proposed is the day on which the PDF was made.")
    return tuple(said)
