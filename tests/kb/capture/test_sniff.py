"""What a file is, by its bytes: files that lie about their type are found out."""

import gzip
import io
import random
import zipfile

import pytest

from kb.capture.extract import MOST_BYTES, NoText, extract, read_pasted
from tests.factories.pdfs import lines, pdf_of

PAGE = b"<!DOCTYPE html><title>t</title><p>words on a page</p>"
PDF = pdf_of([lines(["words in a file"])])


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "content_type", "file_name", "media_type"),
    [
        (PAGE, "text/plain", "a.txt", "text/html"),
        (PAGE, "application/pdf", "a.pdf", "text/html"),
        (b"\xef\xbb\xbf \n<!-- c --><!-- d -->\n<HTML lang=en><p>words", None, None, "text/html"),
        ("<html><p>words".encode("utf-16"), None, None, "text/html"),
        (b"<?xml version='1.0'?>\n<html xmlns='x'><p>words</p></html>", None, None, "text/html"),
        (b"<p>words", None, None, "text/html"),
        (b"words <b>bold</b>", "text/html; charset=utf-8", None, "text/html"),
        (b"words <b>bold</b>", None, "a.HTM", "text/html"),
        (b"<p>words", "text/plain", None, "text/plain; charset=utf-8"),
        (b"<div align=center>\n\n# Title", None, "README.md", "text/plain; charset=utf-8"),
        (b"words & so\n\non", "text/html", "a.html", "text/plain; charset=utf-8"),
        (b"MZ was a band, and BZh is no word.", None, None, "text/plain; charset=utf-8"),
        ("schön".encode("cp1252"), None, None, "text/plain; charset=windows-1252"),
        ("words ö".encode("utf-16"), None, None, "text/plain; charset=utf-16"),
        (PDF, "text/html", "a.html", "application/pdf"),
        (b"\n\n" + PDF, "text/plain", "a.txt", "application/pdf"),
        (b"<p>it begins with %PDF-1.7, says the page", "text/html", None, "text/html"),
    ],
)
def test_what_it_is(data: bytes, content_type: str | None, file_name: str | None, media_type: str) -> None:
    assert extract(data, content_type=content_type, file_name=file_name).media_type == media_type


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (zipped("[Content_Types].xml", "word/document.xml"), "a Word document"),
        (zipped("xl/workbook.xml"), "an Excel table"),
        (zipped("a.html"), "a ZIP archive"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 50, "a PNG picture"),
        (b"\xff\xd8\xff\xe0" + b"x" * 50, "a JPEG picture"),
        (b"GIF89a\x01\x00\x01\x00<html>", "a GIF picture"),
        (gzip.compress(PAGE, mtime=0), "a gzip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office document"),
        (b"{\\rtf1\\ansi words}", "an RTF document"),
        (b"\x00\x00\x00\x18ftypheic\x00", "a film, or a HEIC picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "XML"),
        (b"<?xml version='1.0'?><rss><channel/></rss>", "XML"),
        (b"From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\n", "a web archive or a mail"),
    ],
)
def test_what_is_no_text_says_what_it_looks_like(data: bytes, words: str) -> None:
    with pytest.raises(NoText, match=f"The file looks like {words}") as refused:
        extract(data, content_type="text/html", file_name="article.html")
    assert refused.value.where == "file"
    assert refused.value.remedy.startswith("HTML pages, PDF files and plain text can be brought in")


def test_noise_is_of_no_known_kind() -> None:
    with pytest.raises(NoText, match="of a kind that is not known here"):
        extract(random.Random(1).randbytes(5_000), content_type="text/plain")


def test_too_large() -> None:
    with pytest.raises(NoText, match="has 12,000,001 bytes; at most 12,000,000 are taken"):
        extract(b"a" * (MOST_BYTES + 1))


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf"])
def test_empty(data: bytes) -> None:
    with pytest.raises(NoText, match="There is no text in it"):
        extract(data)


@pytest.mark.parametrize(
    "page", [b"<html></html>", b"<html><script>x</script>", b"<html><frameset><frame src=a>", b"<!---->"]
)
def test_a_page_without_text(page: bytes) -> None:
    with pytest.raises(NoText, match="The page has no text") as refused:
        extract(page, content_type="text/html")
    assert "paste it" in refused.value.remedy


def test_plain_text_is_kept_but_for_line_ends_and_what_cannot_be_kept() -> None:
    found = extract(b"# Head\r\n\r\n  two  spaces\rnext\x0cpage\x00 and so on, for a while.\r\n")
    assert found.text == "# Head\n\n  two  spaces\nnext\npage\ufffd and so on, for a while.\n"
    assert found.notes == ("One character could not be read or kept, and U+FFFD stands in the place.",)


def test_pasted_text_is_never_a_page() -> None:
    found = read_pasted("<html><p>a\ud800b\r\n</p>=1+1")
    assert found.text == "<html><p>a\ufffdb\n</p>=1+1"
    assert found.media_type == "text/plain; charset=utf-8"
    with pytest.raises(NoText) as refused:
        read_pasted(" \n")
    assert refused.value.where == "text"


def test_pasted_text_has_a_limit() -> None:
    with pytest.raises(NoText, match="at most 10,000,000 are taken"):
        read_pasted("a" * 10_000_001)
