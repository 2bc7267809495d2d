"""Why a record was found: the piece of its edition that has most of what was asked for, with the words marked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.log.read import COLUMNS, Edition
from kb.log.tables import EditionRow
from kb.projections.catalogue.pieces import pieces
from kb.projections.catalogue.query import Query, Way
from kb.projections.catalogue.rows import Listed
from kb.values.keys import Token, placed

BEFORE, MOST = 90, 280
# A stretch without a blank that is longer than this is no piece of a word.
LONGEST_WORD = 24
ELLIPSIS = "…"
# What stands in a hit's line already.
SHOWN = frozenset({"Question", "Title", "Name"})


@dataclass(frozen=True)
class Snippet:
    """Some words of an edition in order, each with whether it was asked for; `state` is that of a quotation."""

    what: str
    lang: str
    state: str | None
    words: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.words)


def snippets(session: Session, rows: Iterable[Listed], query: Query) -> dict[str, Snippet]:
    """By the record; in the editions that the rows are of, whatever was published since. One statement."""
    numbers = [row.seq for row in rows]
    if not numbers or not query.wanted:
        return {}
    found = session.execute(select(*COLUMNS).where(EditionRow.seq.in_(numbers)))
    editions = (Edition(**row._mapping) for row in found)
    return {edition.record: made for edition in editions if (made := snippet(edition, query))}


def snippet(edition: Edition, query: Query) -> Snippet | None:
    """None where nothing was asked for, or where more of it stands in the name of the record than anywhere else."""
    if not query.wanted:
        return None
    most, best, spans, shown = 0, None, list[tuple[int, int]](), 0
    for piece in pieces(edition):
        number, found = _found(placed(piece.text), query)
        if piece.what in SHOWN:
            shown = max(shown, number)
        elif number > most:
            most, best, spans = number, piece, found
        if most == len(query.wanted):
            break
    if best is None or most < shown:
        return None
    return Snippet(best.what, best.lang, best.state, _cut(best.text, _joined(spans)))


def _found(tokens: Sequence[Token], query: Query) -> tuple[int, list[tuple[int, int]]]:
    """How many of the terms the tokens have, and where."""
    number, spans = 0, list[tuple[int, int]]()
    for term in query.wanted:
        found = [span for way in term.ways for span in _places(tokens, way)]
        number += bool(found)
        spans += found
    return number, spans


def _places(tokens: Sequence[Token], way: Way) -> list[tuple[int, int]]:
    size = len(way.keys)
    *firsts, last = way.keys
    found = []
    for place in range(len(tokens) - size + 1):
        some = tokens[place : place + size]
        end = some[-1].key
        if (end.startswith(last) if way.open else end == last) and [one.key for one in some[:-1]] == firsts:
            found.append((some[0].start, some[-1].end))
    return found


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Overlapping ones become one, as the pairs of an unparted script do."""
    made: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made


def _cut(text: str, spans: Sequence[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    """A stretch of the text around the first place, from and to a whole word."""
    begin = _to_a_gap(text, max(0, spans[0][0] - BEFORE), 1)
    finish = _to_a_gap(text, min(len(text), max(begin + MOST, spans[0][1])), -1)
    finish = max(finish, min(spans[0][1], begin + 2 * MOST))
    words = [(ELLIPSIS, False)] if begin else []
    at = begin
    for start, end in spans:
        if start >= finish:
            break
        words += [(text[at:start], False), (text[start : min(end, finish)], True)]
        at = min(end, finish)
    words += [(text[at:finish], False)] + ([(ELLIPSIS, False)] if finish < len(text) else [])
    return tuple((some, marked) for some, marked in words if some)


def _to_a_gap(text: str, place: int, step: int) -> int:
    """The nearest blank in one direction; the place itself where writing has none near."""
    if place in (0, len(text)):
        return place
    for moved in range(LONGEST_WORD):
        at = place + moved * step
        if not 0 < at < len(text):
            break
        if text[at - (step > 0)].isspace():
            return at
    return place
