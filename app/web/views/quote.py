"""A passage with its words, where they stand, and how they are known."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.web.said import marks


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
