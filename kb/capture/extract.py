"""From bytes to the text of record: by what the bytes are, whatever they are called."""

from kb.capture.extracted import MOST_BYTES, MOST_CHARACTERS, Extracted, NoText, Proposed
from kb.capture.html_page import read_page
from kb.capture.pdf import read_pdf
from kb.capture.plain import read_pasted, read_plain
from kb.capture.sniff import kind_of

__all__ = ["MOST_BYTES", "MOST_CHARACTERS", "Extracted", "NoText", "Proposed", "extract", "read_pasted"]


def extract(
    data: bytes, *, content_type: str | None = None, file_name: str | None = None, address: str | None = None
) -> Extracted:
    """`content_type` is the header as it came; `address` that of the page. Raises NoText, which says what to do."""
    if len(data) > MOST_BYTES:
        what = f"The file has {len(data):,} bytes; at most {MOST_BYTES:,} are taken."
        raise NoText(what, "Paste the part that is quoted from.")
    kind = kind_of(data, content_type=content_type, file_name=file_name)
    if kind == "html":
        return read_page(data, content_type=content_type, address=address)
    return read_pdf(data) if kind == "pdf" else read_plain(data, content_type=content_type)
