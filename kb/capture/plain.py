"""Plain text, Markdown among it: kept as it is, but for line ends and what cannot be kept."""

from kb.capture.characters import note_on, storable
from kb.capture.encoding import UTF_8, decode
from kb.capture.extracted import Extracted, NoText, Proposed

_EMPTY = "Choose another file, or paste the text."


def read_plain(data: bytes, *, content_type: str | None) -> Extracted:
    """Raises NoText."""
    decoded = decode(data, content_type=content_type, is_page=False)
    text = _kept(decoded.text, "file", _EMPTY)
    return Extracted(text, f"text/plain; charset={decoded.encoding}", Proposed(), (*decoded.notes, *note_on(text)))


def read_pasted(text: str) -> Extracted:
    """Text that an editor pasted; it is never taken for a page. Raises NoText."""
    kept = _kept(text, "text", "Paste the words of the source.")
    return Extracted(kept, f"text/plain; charset={UTF_8}", Proposed(), note_on(kept))


def _kept(raw: str, where: str, remedy: str) -> str:
    text = storable(raw)
    if not text or text.isspace():
        raise NoText("There is no text in it.", remedy, where=where)
    return text
