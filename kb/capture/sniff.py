"""What bytes are by their own look: a page, a PDF, plain text, or something that has no text to draw.

What header and file name say is asked only where the bytes leave it open.
"""

import codecs
import re
from pathlib import PurePath
from typing import Literal

from kb.capture.extracted import NoText

Kind = Literal["html", "pdf", "text"]
TAKEN = "HTML pages, PDF files and plain text can be brought in: save it as PDF, or paste its text."

_HEAD = 4_096
_PDF_WITHIN = 1_024
_UNSEEN = b"\xef\xbb\xbf \t\r\n\x0c"
# Marks that nothing but a page begins with, and those that a text may begin with too (WHATWG MIME Sniffing, 7.1).
_CERTAIN = re.compile(
    rb"(<\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*+(<!doctype\s+html|<html|<head|<body)[\s>]", re.IGNORECASE | re.DOTALL
)
_LIKELY = re.compile(
    rb"<(!--|(script|iframe|h[1-6]|div|font|table|a|style|title|b|br|p|article|main|meta)[\s>/])", re.IGNORECASE
)
_TAG = re.compile(rb"<(/?[a-z][a-z0-9]*[\s>/]|!--|!doctype)", re.IGNORECASE)
_MARKUP = re.compile(rb"<\?xml[\s?]|<(svg|rss|feed|math|kml|gpx)[\s>]", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")

_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n", "a PNG picture"),
    (0, b"\xff\xd8\xff", "a JPEG picture"),
    (0, b"GIF8", "a GIF picture"),
    (0, b"II*\x00", "a TIFF picture"),
    (0, b"MM\x00*", "a TIFF picture"),
    (0, b"RIFF", "a WebP picture, or sound, or film"),
    (4, b"ftyp", "a film, or a HEIC picture"),
    (0, b"ID3", "sound"),
    (0, b"OggS", "sound or film"),
    (0, b"\x1aE\xdf\xa3", "a film"),
    (0, b"\x1f\x8b", "a gzip archive"),
    (0, b"BZh", "a bzip2 archive"),
    (0, b"\xfd7zXZ", "an xz archive"),
    (0, b"7z\xbc\xaf", "a 7z archive"),
    (0, b"Rar!", "a RAR archive"),
    (0, b"(\xb5/\xfd", "a Zstandard archive"),
    (0, b"\xd0\xcf\x11\xe0", "an old Microsoft Office document"),
    (0, b"{\\rtf", "an RTF document"),
    (0, b"%!PS", "a PostScript document"),
    (0, b"\x7fELF", "a program"),
    (0, b"MZ", "a program"),
    (0, b"SQLite format 3", "a database"),
    (0, b"wOF", "a font"),
)  # fmt: skip
_ALONE = (b"{\\rtf", b"%!PS")
_MARKED = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_IN_ZIP = (
    (b"word/", "a Word document (.docx)"),
    (b"xl/", "an Excel table (.xlsx)"),
    (b"ppt/", "a PowerPoint presentation (.pptx)"),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file"),
    (b"application/epub", "an e-book (.epub)"),
)


def kind_of(data: bytes, *, content_type: str | None, file_name: str | None) -> Kind:
    """Raises NoText for what is none of the three; it says what the bytes look like."""
    head = _beginning(data)
    if _CERTAIN.match(head):
        return "html"
    if b"%PDF-" in data[:_PDF_WITHIN] and not head.startswith(b"<"):
        return "pdf"
    _refuse_known(data, head)
    said = _said(content_type, file_name)
    if (said == "html" and (_TAG.search(head) or _TAG.search(data))) or (said is None and _LIKELY.match(head)):
        return "html"
    _refuse_binary(data[:_HEAD], head)
    return "text"


def _beginning(data: bytes) -> bytes:
    """The first few thousand bytes as UTF-8 would have them where they are marked as UTF-16."""
    head = data[:_HEAD]
    if head.startswith(_MARKED):
        head = head.decode("utf-16", "ignore").encode("utf-8", "ignore")
    return head.lstrip(_UNSEEN)


def _said(content_type: str | None, file_name: str | None) -> Kind | None:
    media = (content_type or "").partition(";")[0].strip().lower()
    ending = PurePath(file_name or "").suffix.lower()
    if media in ("text/html", "application/xhtml+xml") or ending in (".html", ".htm", ".xhtml"):
        return "html"
    return "text" if media.startswith("text/") or ending in (".txt", ".md", ".text", ".markdown") else None


def _refuse_known(data: bytes, head: bytes) -> None:
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        raise _no_text(next((words for mark, words in _IN_ZIP if mark in data), "a ZIP archive"))
    for at, mark, words in _SIGNATURES:
        # A text may begin with letters such as “MZ”; only a program has control characters soon after them.
        if data.startswith(mark, at) and (not mark.isascii() or mark in _ALONE or _CONTROL.search(data[:64])):
            raise _no_text(words)
    if _MARKUP.match(head):
        raise _no_text("XML, such as a feed or an SVG picture")
    if head.startswith(b"From: ") and b"\nMIME-Version:" in head:
        raise _no_text("a web archive or a mail (.mht, .eml)")


def _refuse_binary(data: bytes, head: bytes) -> None:
    """A stray control character is forgiven; many, or some among bytes that are no UTF-8, are not text."""
    if data.startswith(_MARKED):
        return
    controls = len(_CONTROL.findall(head))
    # The last character of what is looked at may be cut through.
    broken = "\ufffd" in head.decode("utf-8", "replace")[:-1]
    if controls * 50 > len(head) and (broken or controls * 5 > len(head)):
        raise NoText("The file is of a kind that is not known here.", TAKEN)


def _no_text(looks_like: str) -> NoText:
    return NoText(f"The file looks like {looks_like}.", TAKEN)
