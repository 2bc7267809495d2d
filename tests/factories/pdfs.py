"""PDF files written by hand: words at given places, and what is wrong with a file."""

import zlib
from collections.abc import Iterable, Sequence

Placed = tuple[float, float, float, str]

PICTURE = b"q 200 0 0 200 72 500 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"


def pdf_of(
    pages: Iterable[Sequence[Placed] | bytes], *, info: str = "", trailer: str = "", squeezed: bool = False
) -> bytes:
    """Each page is a list of (x, baseline, size, words in Windows-1252), or the bytes of its content."""
    contents = [page if isinstance(page, bytes) else _content(page) for page in pages]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(contents)} /Kids [{kids}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, content in enumerate(contents):
        objects += [_page(5 + 2 * number), _stream(content, squeezed)]
    objects.append(f"<< {info} >>".encode("cp1252"))
    return _file(objects, f"/Info {len(objects)} 0 R {trailer}")


def lines(
    words: Iterable[str], *, x: float = 72, top: float = 760, size: float = 12, pitch: float = 14
) -> list[Placed]:
    """One under the other."""
    return [(x, top - number * pitch, size, line) for number, line in enumerate(words)]


def _content(page: Sequence[Placed]) -> bytes:
    shown = []
    for x, y, size, words in page:
        safe = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        shown.append(f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({safe}) Tj ET")
    return "\n".join(shown).encode("cp1252")


def _page(content: int) -> bytes:
    return (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
        f" /Resources << /Font << /F1 3 0 R >> >> /Contents {content} 0 R >>"
    ).encode()


def _stream(content: bytes, squeezed: bool) -> bytes:
    packed = zlib.compress(content, 9) if squeezed else content
    how = " /Filter /FlateDecode" if squeezed else ""
    return f"<< /Length {len(packed)}{how} >>\nstream\n".encode() + packed + b"\nendstream"


def _file(objects: list[bytes], trailer: str) -> bytes:
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return (
        out
        + head.encode()
        + f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(out)}\n%%EOF".encode()
    )
