"""A quote chosen in a text: its exact words, worked out here from its place alone, whatever a browser says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.desk.passages import QuoteEntry
from kb.desk.snapshots import FOREIGN
from kb.desk.tables import Segment
from kb.errors import Refused
from kb.values.graphemes import snap
from kb.values.prose import code_point
from kb.values.quote import Quote, context, locate
from kb.values.wanted import find

# Whoever quotes more than a few pages means no sentence any more.
LONGEST = 10_000
FIELD = "quote"
# How far from an end of the quote the next word is looked for.
_REACH = 400
_WORD = re.compile(r"\S+")
# What an older text may hold and no quote can: a carriage return, say, between two lines.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Quoted:
    """Places are code points, end exclusive, between characters as readers see them; `segment` is a code."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int
    occurrence: int
    occurrences: int
    segment: str | None
    text_sha256: str

    def entry(self, language: str) -> QuoteEntry:
        """As the verbs of the desk take it."""
        return QuoteEntry(
            exact=self.exact,
            language=language,
            prefix=self.prefix or None,
            suffix=self.suffix or None,
            start=self.start,
            end=self.end,
            occurrence=self.occurrence,
            occurrences=self.occurrences,
            segment=self.segment,
            text_sha256=self.text_sha256,
        )


def quote_at(text: str, start: int, end: int, sha256: str, segments: Sequence[Segment] = ()) -> Quoted:
    """`sha256` is that of the text. Raises Refused at the field `quote`."""
    if not 0 <= start < end <= len(text):
        what = f"From {start} to {end} is no stretch of this text, which has {len(text):,} characters."
        raise refused(what, "Choose the words again.")
    start, end = _bare(text, start, end)
    if start == end:
        raise refused("There are no words at this place, only blanks.", "Choose the words again.")
    start, end = snap(text, start, end)
    if end - start > LONGEST:
        what = f"The quote has {end - start:,} characters; at most {LONGEST:,} are taken."
        raise refused(what, "Choose the sentence that makes the claim; other places can be added to it.")
    if found := _UNFIT.search(text, start, end):
        what = f"{code_point(found[0])} stands in these words, at {found.start()}: no quote can hold it."
        raise refused(what, "Choose the words before or after it.")
    for one in segments:
        if one.role == FOREIGN and one.start_at < end and one.end_at > start:
            what = "These words are not part of the work: they stand in matter of others that was set into it."
            raise refused(what, "Choose words of the work itself.")
    span = locate(text, Quote(text[start:end], start=start))
    prefix, suffix = context(text, span)
    within = next((one.code for one in segments if one.start_at <= start and end <= one.end_at), None)
    return Quoted(
        text[start:end],
        _UNFIT.split(prefix)[-1],
        _UNFIT.split(suffix)[0],
        start,
        end,
        span.occurrence,
        span.occurrences,
        within,
        sha256,
    )


def trimmed(text: str, start: int, end: int, first: str, last: str) -> tuple[int, int]:
    """The shortest stretch from the first words to the last; empty ones leave an end. Raises Refused at its field."""
    reached = start
    if first.strip():
        begun = _stands(text[start:end], first, "first")[0]
        start, reached = start + begun[0], start + begun[1]
    if last.strip():
        ends = [start + stop for _, stop in _stands(text[start:end], last, "last")]
        end = next((one for one in ends if one >= reached), ends[-1])
    return start, end


def moved(text: str, start: int, end: int) -> dict[str, tuple[int, int]]:
    """The quote with one word more or less at either end; a move to nothing, or to nowhere, is left out."""
    before = [one.start() + max(0, start - _REACH) for one in _WORD.finditer(text[max(0, start - _REACH) : start])]
    after = [one.end() + end for one in _WORD.finditer(text[end : end + _REACH])]
    inside = [(one.start() + start, one.end() + start) for one in _WORD.finditer(text[start:end])]
    made: dict[str, tuple[int, int]] = {}
    if before:
        made["start_earlier"] = (before[-1], end)
    if len(inside) > 1:
        made["start_later"] = (inside[1][0], end)
        made["end_earlier"] = (start, inside[-2][1])
    if after:
        made["end_later"] = (start, after[0])
    return made


def refused(what: str, remedy: str) -> Refused:
    return Refused(what, where=FIELD, remedy=remedy)


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the blanks around."""
    words = text[start:end]
    begin = start + len(words) - len(words.lstrip())
    return begin, max(begin, start + len(words.rstrip()))


def _stands(text: str, words: str, field: str) -> list[tuple[int, int]]:
    found = find(text, words)
    if not found:
        what = "These words do not stand in the quote as it is now."
        raise Refused(what, where=field, remedy="Copy them from the quote, or choose it again.")
    return found
