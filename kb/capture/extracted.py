"""What is drawn from bytes: the text of record, its kind and what the page says of itself; or why there is none."""

from dataclasses import dataclass

from kb.errors import Refused

MOST_BYTES = 12_000_000
MOST_CHARACTERS = 10_000_000
PASTE = "Open it in a program that shows it, copy the text, and paste it."


class NoText(Refused):
    """Bytes from which no text of record can be drawn; nothing was kept of them."""

    def __init__(self, what: str, remedy: str = PASTE, *, where: str = "file") -> None:
        super().__init__(what, where=where, remedy=remedy)


@dataclass(frozen=True)
class Proposed:
    """What a page says of itself, None where it does not: never taken until an editor does.

    `published` is a day, month or year in EDTF; `language` a tag in lower case; `licence` and `address` are IRIs.
    """

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    address: str | None = None
    licence: str | None = None


@dataclass(frozen=True)
class Extracted:
    """The text of record; `notes` is what an editor should know of how it was drawn, in sentences."""

    text: str
    media_type: str
    proposed: Proposed
    notes: tuple[str, ...]
