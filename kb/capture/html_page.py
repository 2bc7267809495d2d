"""HTML: bytes to text of record and proposals. The encoding is decided here, and the parser sees characters only."""

from kb.capture.characters import note_on, storable
from kb.capture.encoding import decode
from kb.capture.extracted import Extracted, NoText
from kb.capture.html_metadata import is_behind_a_wall, proposals
from kb.capture.html_parser import COPY, Page, parse

MEDIA_TYPE = "text/html"
SHORT = 250


def read_page(data: bytes, *, content_type: str | None, address: str | None) -> Extracted:
    """Raises NoText."""
    decoded = decode(data, content_type=content_type, is_page=True)
    page = parse(decoded.text)
    text = storable(page.linear.text())
    if not text:
        raise NoText("The page has no text; it may be drawn by scripts or stand in frames.", COPY)
    notes = (*decoded.notes, *note_on(text), *_warnings(page, text))
    return Extracted(text, MEDIA_TYPE, proposals(page.description, address), notes)


def _warnings(page: Page, text: str) -> tuple[str, ...]:
    said = []
    if is_behind_a_wall(page.description):
        said.append("The page says that it is not free to read: what came may be only its beginning.")
    if len(text) < SHORT:
        said.append("The page has little text: it may be drawn by scripts or stand behind a wall.")
    if hidden := page.linear.hidden:
        passages = "one passage" if hidden == 1 else f"{hidden:,} passages"
        said.append(f"The page hides {passages} from readers; the text is without them.")
    return tuple(said)
