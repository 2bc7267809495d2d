"""A text of record as its page sets it: numbered paragraphs with every quotation marked; nothing is added or lost.

Places are code points, ends exclusive. What a page holds is a piece; the pieces, one after another, are the text.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from app.web.said import marks

# About as much as a long article; with marks and list it stays a page that a phone loads at once.
PIECE = 20_000
# How far before the end of a piece a blank is looked for, where a paragraph is longer than a piece.
GRACE = 200
FOREIGN = "foreign_matter"
# What lies between paragraphs. A no-break space is none of it: it is a letter of the text.
BLANK = " \t\r\n\f"
# Characters that turn the direction of what follows; what is left open must not reach beyond its mark.
TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
JOINERS = frozenset("\u200d\ufe0e\ufe0f")
_LINE = re.compile(r"[^\n]+")
# HTML has no way to hold them: a parser drops them, replaces them, or stops.
_NOT_IN_HTML = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Mark:
    """A stretch that is quoted; `number` is that of the quotation in the list beside the text."""

    number: int
    start: int
    end: int

    @property
    def anchor(self) -> str:
        """`q-964-1019`: can be told from the claim alone, whatever the numbers of the list."""
        return place_anchor(self.start, self.end)


@dataclass(frozen=True)
class Run:
    """A stretch of a paragraph to which the same holds throughout.

    `quotes` are the numbers of the quotations that it is part of, `anchors` the ids of those that begin with it, `ends`
    the numbers of those that end with it.
    """

    text: str
    start: int
    quotes: tuple[int, ...] = ()
    anchors: tuple[str, ...] = ()
    ends: tuple[int, ...] = ()
    foreign: bool = False
    # True where a foreign stretch begins: there the page says what it is.
    says_foreign: bool = False

    @property
    def turns(self) -> bool:
        """True where it holds characters that turn the direction."""
        return not TURNS.isdisjoint(self.text)


@dataclass(frozen=True)
class Paragraph:
    """`after` is what lies between it and the next one; `continued` where it began on the page before."""

    number: int
    runs: tuple[Run, ...]
    after: str
    continued: bool = False


@dataclass(frozen=True)
class Piece:
    """What stands on one page, from `start` to `end`; `before` is what lies before its first paragraph."""

    start: int
    end: int
    before: str
    paragraphs: tuple[Paragraph, ...]
    unseen_marks: tuple[str, ...]

    @property
    def quotes(self) -> frozenset[int]:
        """The numbers of the quotations that it marks."""
        return frozenset(number for one in self.paragraphs for run in one.runs for number in run.quotes)


@dataclass(frozen=True)
class Cut:
    """A paragraph, or a part of one that is too long for a page."""

    number: int
    start: int
    end: int
    continued: bool = False


def place_anchor(start: int, end: int) -> str:
    """Where the passage stands on its source's page."""
    return f"q-{start}-{end}"


def fits_html(text: str) -> bool:
    """False where the text holds control characters that no page can carry to the letter."""
    return _NOT_IN_HTML.search(text) is None


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Lines that hold more than blanks, each from its first character to its last."""
    for line in _LINE.finditer(text):
        words = line[0]
        if words.strip(BLANK):
            yield line.start(), line.start() + len(words.rstrip("\r"))


def pieces(text: str, size: int = PIECE) -> list[tuple[Cut, ...]]:
    """The text's paragraphs by page, in order; at least one page. A paragraph longer than a page is cut."""
    pages: list[list[Cut]] = [[]]
    for number, (start, end) in enumerate(paragraphs(text), 1):
        for cut in _cuts(text, number, start, end, size):
            page = pages[-1]
            if page and cut.end - page[0].start > size:
                pages.append([])
            pages[-1].append(cut)
    return [tuple(page) for page in pages]


def piece(text: str, pages: Sequence[tuple[Cut, ...]], page: int, quoted: Iterable[Mark], foreign: Spans) -> Piece:
    """One page of the text; its runs, with what lies before and between them, are text[start:end]."""
    cuts = pages[page]
    start = cuts[0].start if page and cuts else 0
    end = pages[page + 1][0].start if page + 1 < len(pages) else len(text)
    here = sorted((one for one in quoted if one.start < end and one.end > start), key=lambda one: (one.start, one.end))
    ends = [*(cut.start for cut in cuts[1:]), *([end] if cuts else [])]
    made = [
        Paragraph(cut.number, tuple(_runs(text, cut, here, foreign)), text[cut.end : until], cut.continued)
        for cut, until in zip(cuts, ends, strict=True)
    ]
    before = text[start : cuts[0].start] if cuts else text[start:end]
    return Piece(start, end, before, tuple(_numbered(made, here)), tuple(marks(text[start:end])))


def page_at(pages: Sequence[tuple[Cut, ...]], place: int) -> int:
    """The page that holds the character; the last one for a place beyond the end."""
    return max((page for page, cuts in enumerate(pages) if cuts and cuts[0].start <= place), default=0)


def paragraph_at(pages: Sequence[tuple[Cut, ...]], place: int) -> int | None:
    """The number of the paragraph that holds the character, or of the one before it."""
    cuts = [cut for cut in pages[page_at(pages, place)] if cut.start <= place]
    return cuts[-1].number if cuts else None


def foreign_spans(segments: Iterable[Mapping[str, Any]]) -> Spans:
    """The stretches that are not part of the work."""
    return tuple((one["start"], one["end"]) for one in segments if one["segmentRole"] == FOREIGN)


def _cuts(text: str, number: int, start: int, end: int, size: int) -> Iterator[Cut]:
    at = start
    while end - at > size:
        until = _good_place(text, max(at + 1, at + size - GRACE), at + size)
        yield Cut(number, at, until, at > start)
        at = until
    yield Cut(number, at, end, at > start)


def _good_place(text: str, least: int, limit: int) -> int:
    """After a blank where one is near, and never before what belongs to the letter before it."""
    blank = max(text.rfind(letter, least, limit) for letter in BLANK)
    if blank >= 0:
        return blank + 1
    place = limit
    while place > least and _clings(text[place - 1], text[place]):
        place -= 1
    return place if place > least else limit


def _clings(before: str, letter: str) -> bool:
    return bool(unicodedata.combining(letter)) or letter in JOINERS or before == "\u200d"


def _runs(text: str, cut: Cut, here: Sequence[Mark], foreign: Spans) -> Iterator[Run]:
    inside = [one for one in here if one.start < cut.end and one.end > cut.start]
    edges = {cut.start, cut.end, *(edge for one in inside for edge in (one.start, one.end))}
    edges |= {edge for span in foreign for edge in span}
    for start, end in pairwise(sorted(edge for edge in edges if cut.start <= edge <= cut.end)):
        numbers = tuple(one.number for one in inside if one.start <= start and end <= one.end)
        strange = any(first <= start < last for first, last in foreign)
        yield Run(text[start:end], start, numbers, foreign=strange)


def _numbered(made: Sequence[Paragraph], here: Sequence[Mark]) -> Iterator[Paragraph]:
    """Say of each run which quotations begin and end with it, and where foreign matter begins."""
    first, last = _extent(made)
    anchors: dict[int, dict[str, None]] = {}
    ends: dict[int, list[int]] = {}
    for one in here:
        if one.number in first:
            anchors.setdefault(first[one.number], {})[one.anchor] = None
            ends.setdefault(last[one.number], []).append(one.number)
    was_foreign = False
    for paragraph in made:
        runs = []
        for run in paragraph.runs:
            said = run.foreign and not was_foreign
            was_foreign = run.foreign
            begun, ended = tuple(anchors.get(run.start, ())), tuple(ends.get(run.start, ()))
            runs.append(replace(run, anchors=begun, ends=ended, says_foreign=said))
        yield replace(paragraph, runs=tuple(runs))


def _extent(made: Sequence[Paragraph]) -> tuple[dict[int, int], dict[int, int]]:
    """The first and the last run of each quotation, by their places."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for run in (run for paragraph in made for run in paragraph.runs):
        for number in run.quotes:
            first.setdefault(number, run.start)
            last[number] = run.start
    return first, last
