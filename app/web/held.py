"""Texts of record on their way to readers: only what is held and open, and only bytes that are still the right ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from app.web.door import blobs_of
from app.web.views.text import fits_html
from kb.blobs import AlteredBlob, NoSuchBlob
from kb.log import read as log
from kb.log.read import Edition

Node = Mapping[str, Any]
# Why a text is not shown although its licence is open, in words that follow “The text”.
WHY_NOT = {
    "missing": "is kept, but cannot be read here: the bytes are not where they should be.",
    "altered": "is kept, but cannot be read here: the bytes are no longer those of its hash, so they are not shown.",
    "no_text": "is kept, but cannot be read here: the bytes are no UTF-8.",
    "not_in_html": "holds control characters that a page cannot show to the letter.",
}


@dataclass(frozen=True)
class Held:
    """The text of an open snapshot. `why` is a key of WHY_NOT where it cannot be shown; `data` are the exact bytes.

    Bytes and text stay out of the representation, which an ETag is made of: the hash says as much.
    """

    number: int
    sha256: str
    language: str
    snapshot: Node = field(repr=False, hash=False, compare=False)
    why: str | None = None
    data: bytes | None = field(default=None, repr=False)

    @property
    def in_words(self) -> str:
        """Why it is not shown; "" where it is."""
        return WHY_NOT[self.why] if self.why else ""

    @property
    def text(self) -> str:
        """The text, to be set; "" where it cannot be shown."""
        return self.data.decode("utf-8") if self.data and self.why is None else ""


def open_snapshots(source: Node) -> list[Node]:
    """Those whose text readers may see, the oldest first."""
    return [one for one in source.get("snapshots", ()) if one["holding"] == "held" and one["openToReaders"]]


def text_of(session: Session, edition: Edition, number: int | None = None) -> Held | None:
    """The text of an edition's newest open snapshot, or of the one with this number; None where none is open.

    A licence can end: an older version shows a text only as long as the newest one still does. One statement.
    """
    newest = log.latest(session, edition.record) or edition
    still = {one["textSha256"] for one in open_snapshots(newest.document["mainEntity"])}
    some = [one for one in open_snapshots(edition.document["mainEntity"]) if one["textSha256"] in still]
    if number is not None:
        some = [one for one in some if number_of(one) == number]
    return read_text(session, some[-1]) if some else None


def read_text(session: Session, snapshot: Node) -> Held:
    """The bytes are hashed again at each reading."""
    sha256 = snapshot["textSha256"]
    language = snapshot.get("inLanguage", "")
    why: str | None = None
    data: bytes | None = None
    try:
        data = blobs_of(session).get(sha256)
        why = None if fits_html(data.decode("utf-8")) else "not_in_html"
    except NoSuchBlob:
        why = "missing"
    except AlteredBlob:
        why = "altered"
    except UnicodeDecodeError:
        why = "no_text"
    return Held(number_of(snapshot), sha256, language, snapshot, why, data)


def number_of(snapshot: Node) -> int:
    """3 of `…#snapshot-3`."""
    return int(str(snapshot["@id"]).rpartition("-")[2])


def reference(source: Node, held: Held | None) -> str | None:
    """The hash of the text that places are told of: the one shown, else that of the newest snapshot."""
    if held is not None:
        return held.sha256
    snapshots: Sequence[Node] = source.get("snapshots", ())
    return str(snapshots[-1]["textSha256"]) if snapshots else None
