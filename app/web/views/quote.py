"""A passage with its words, where they stand, and how they are known."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.web.said import RIGHT_TO_LEFT, marks
from app.web.views.text import place_anchor

STRONG = RIGHT_TO_LEFT | {"L"}
# A stretch without a blank that is longer than this is no piece of a word.
LONGEST_WORD = 20


@dataclass(frozen=True)
class Quote:
    """What is shown of a passage. `exact` is None where nobody has read it."""

    source: str
    state: str
    exact: str | None = None
    lang: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None
    segment: str | None = None
    occurrence: int | None = None
    occurrences: int | None = None
    text_sha256: str | None = None
    unseen_marks: tuple[str, ...] = ()
    # A language map.
    translation: Mapping[str, str] | None = None

    @property
    def right_to_left(self) -> bool:
        """True where the first letter that has a direction runs from the right."""
        ways = (unicodedata.bidirectional(letter) for letter in self.exact or "")
        return next((way for way in ways if way in STRONG), "L") in RIGHT_TO_LEFT

    @property
    def fragment(self) -> str:
        """`#q-964-1019`: its place on the page of its source; "" where no place is known."""
        return f"#{place_anchor(self.start, self.end)}" if self.start is not None and self.end is not None else ""

    @property
    def before(self) -> str:
        """What stands before the quotation, from a whole word on, with an ellipsis where more went before."""
        if self.start is not None and self.start == len(self.prefix):
            return self.prefix
        cut = _first_gap(self.prefix)
        return f"…{self.prefix[cut:]}" if self.prefix else ""

    @property
    def after(self) -> str:
        """What stands after it, up to a whole word."""
        cut = len(self.suffix) - _first_gap(self.suffix[::-1])
        return f"{self.suffix[:cut]}…" if self.suffix else ""


def _first_gap(text: str) -> int:
    """Where the first blank is, if that is near; writing without blanks stays as it is."""
    place = next((i for i, letter in enumerate(text) if letter.isspace()), len(text))
    return place if place < LONGEST_WORD and place < len(text) - 1 else 0


def quote(target: Mapping[str, Any], state: str, translation: Mapping[str, str] | None = None) -> Quote:
    """The quote of a target node; its state is that of the part it stands in."""
    selectors = target.get("selector", ())
    words = next((one for one in selectors if one["@type"] == "TextQuoteSelector"), None)
    place: Mapping[str, Any] = next((one for one in selectors if one["@type"] == "TextPositionSelector"), {})
    if words is None:
        return Quote(target["source"], state, text_sha256=target.get("textSha256"), translation=translation)
    return Quote(
        source=target["source"],
        state=state,
        exact=words["exact"],
        lang=words["language"],
        prefix=words.get("prefix", ""),
        suffix=words.get("suffix", ""),
        start=place.get("start"),
        end=place.get("end"),
        segment=words.get("segment"),
        occurrence=words.get("occurrence"),
        occurrences=words.get("occurrences"),
        text_sha256=target.get("textSha256"),
        unseen_marks=tuple(marks(words["exact"])),
        translation=translation,
    )
