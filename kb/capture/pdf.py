"""PDF: bytes to text of record, page by page. A file that cannot be read says why, and what to do."""

from threading import Lock

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from kb.capture.characters import note_on, storable
from kb.capture.dates import day_of_pdf
from kb.capture.extracted import MOST_CHARACTERS, Extracted, NoText, Proposed
from kb.capture.pdf_hyphens import settled
from kb.capture.pdf_lines import Line, lines_of
from kb.capture.pdf_paragraphs import text_of

MEDIA_TYPE = "application/pdf"
MOST_PAGES = 2_000

_LONGEST_TITLE = 500
_PAGES_NAMED = 10
_UNREAD = {
    raw.FPDF_ERR_PASSWORD: NoText(
        "The PDF is locked with a password.", "Save a copy of it without the password, or paste the text."
    ),
    raw.FPDF_ERR_SECURITY: NoText("The PDF is locked in a way that cannot be opened here."),
}
# pdfium keeps state of its own for the whole process, and may be in one call at a time.
_one_at_a_time = Lock()


def read_pdf(data: bytes) -> Extracted:
    """Raises NoText."""
    with _one_at_a_time:
        document = _opened(data)
        try:
            pages = _pages(document)
            proposed, days = _proposals(document)
        finally:
            document.close()
    if not any(pages):
        raise NoText(
            "The PDF has no text layer: its pages are pictures.",
            "Have the text recognised (OCR) and bring in that file, or type the words that are quoted and paste them.",
        )
    text, soft = settled(text_of(pages))
    text = storable(text)
    return Extracted(text, MEDIA_TYPE, proposed, (*note_on(text), *_notes(pages, soft), *days))


def _opened(data: bytes) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _UNREAD.get(error.err_code, NoText("The PDF is damaged and cannot be opened.")) from error
    if len(document) > MOST_PAGES:
        count = len(document)
        document.close()
        raise NoText(
            f"The PDF has {count:,} pages; at most {MOST_PAGES:,} are taken.",
            "Bring in the pages that are quoted as a file of their own.",
        )
    return document


def _pages(document: pdfium.PdfDocument) -> list[list[Line]]:
    """The lines of each page, none where it has no text or cannot be read."""
    found, room = [], MOST_CHARACTERS
    for number in range(len(document)):
        lines = _lines(document, number, room)
        found.append(lines)
        room -= sum(len(line.text) for line in lines)
    return found


def _lines(document: pdfium.PdfDocument, number: int, room: int) -> list[Line]:
    try:
        page = document[number]
        words = page.get_textpage()
    except pdfium.PdfiumError:
        return []
    try:
        if words.count_chars() > room:
            raise NoText(
                f"The PDF has more than {MOST_CHARACTERS:,} characters.",
                "Bring in the pages that are quoted as a file of their own.",
            )
        return lines_of(words)
    finally:
        words.close()
        page.close()


def _proposals(document: pdfium.PdfDocument) -> tuple[Proposed, tuple[str, ...]]:
    """Title, author and day out of the file's own properties, and a word of caution on the day."""
    said = document.get_metadata_dict()
    title, author = (_line(said.get(key, "")) for key in ("Title", "Author"))
    day = day_of_pdf(said.get("CreationDate", ""))
    caution = ("The date that is proposed is the day on which the PDF was made.",) if day else ()
    return Proposed(title=title, author=author, published=day), caution


def _line(text: str) -> str | None:
    line = " ".join(storable(text[: _LONGEST_TITLE + 1]).split())
    return line if 0 < len(line) <= _LONGEST_TITLE else None


def _notes(pages: list[list[Line]], soft: int) -> tuple[str, ...]:
    said = []
    if empty := [str(number) for number, page in enumerate(pages, 1) if not page]:
        named = ", ".join(empty[:_PAGES_NAMED]) + (" and others" if len(empty) > _PAGES_NAMED else "")
        said.append(f"No text layer on page {named}: blank, or a picture.")
    if soft:
        words = "One word is" if soft == 1 else f"{soft:,} words are"
        said.append(f"{words} divided at the end of a line; a soft hyphen (U+00AD) keeps the place.")
    return tuple(said)
