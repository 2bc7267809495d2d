"""The reader: a text of record, with the quote that is chosen in it, beside whatever form needs the quote."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.desk.forms.form import Form
from app.desk.reading.asked import Asked, asked_of, kept, turned
from app.desk.reading.quoting import FIELD, Quoted, moved, quote_at, refused, trimmed
from app.desk.reading.taken import Taken, taken_from
from app.desk.visit import Visit
from app.web.views.text import Cut, Mark, Piece, fits_html, foreign_spans, page_at, paragraph_at, piece, pieces
from kb.desk.entry import BadEntry, Fault
from kb.desk.passages import QuoteEntry
from kb.desk.sources import find_source
from kb.desk.tables import Segment, Snapshot, Source
from kb.desk.texts import HeldText
from kb.errors import Refused
from kb.values.wanted import find

__all__ = ["Quoted", "Reading", "kept", "open_reading", "quote_at", "quote_entry", "turned"]

# So many hits can be gone through; whoever has more writes more of the words.
HITS = 200
# The chosen quote in the text; numbers of quotes taken before begin at 1.
CHOSEN = 0


@dataclass(frozen=True)
class Page:
    """A page of a long text, counted from 1; `before` and `after` are where its neighbours begin."""

    piece: Piece
    number: int
    pages: int
    before: int | None
    after: int | None
    selectable: bool


@dataclass(frozen=True)
class Reading:
    """What the panes show. `page` and `quoted` are None where there is no text, or no quote yet.

    `hit` is which of the `hits` the quote is, 0 where it was chosen in another way; `moves` are the quote with a word
    more or less at its ends.
    """

    home: str
    source: Source
    snapshot: Snapshot | None
    page: Page | None
    taken: Sequence[Taken]
    asked: Asked
    quoted: Quoted | None
    paragraph: int | None
    hit: int
    hits: int
    moves: Mapping[str, str]
    faults: tuple[Fault, ...]

    @property
    def pane(self) -> str:
        """The one of the two that a phone shows."""
        return self.asked.pane or ("form" if self.quoted or self.page is None else "text")

    @property
    def overlapping(self) -> list[Taken]:
        """Quotes taken before that share words with the one chosen."""
        chosen = self.quoted
        return [one for one in self.taken if chosen and one.start < chosen.end and one.end > chosen.start]

    @property
    def by_number(self) -> Mapping[int, Taken]:
        return {one.number: one for one in self.taken}

    def faults_of(self, name: str) -> list[Fault]:
        """What is wrong with what was looked for, or chosen."""
        return [one for one in self.faults if one.field == name]


def open_reading(visit: Visit, source_id: str, *, keep: Mapping[str, str]) -> Reading:
    """`keep` is the reader's state: `kept(visit.form, visit.request.query_params)`. Raises NoSuchRecord."""
    source, asked = find_source(visit.session, source_id), asked_of(keep)
    held = visit.desk.texts(visit.session).of(source_id)
    if held is None:
        return Reading(visit.home, source, None, None, (), asked, None, None, 0, 0, {}, ())
    segments = _segments(visit.session, held)
    hits = find(held.text, asked.find, HITS) if asked.find.strip() else []
    quoted, faults = _quoted(held, asked, hits, segments)
    taken = taken_from(visit.session, source_id, held.sha256)
    pages = pieces(held.text)
    place = (quoted.start, quoted.end) if quoted else None
    marks = [*([Mark(CHOSEN, *place)] if place else []), *(one.mark for one in taken)]
    page = _page(held, pages, _begin(asked, quoted), marks, segments)
    return Reading(
        home=visit.home,
        source=source,
        snapshot=visit.session.get_one(Snapshot, held.snapshot_id),
        page=page,
        taken=[one for one in taken if one.number in page.piece.quotes or _shares(one, quoted)],
        asked=asked,
        quoted=quoted,
        paragraph=paragraph_at(pages, quoted.start) if quoted else None,
        hit=hits.index(place) + 1 if place in hits else 0,
        hits=len(hits),
        moves={name: f"{start}-{end}" for name, (start, end) in moved(held.text, *place).items()} if place else {},
        faults=faults,
    )


def quote_entry(visit: Visit, source_id: str, form: Form, language: str = "") -> QuoteEntry | None:
    """The quote that the form has chosen, worked out again from its place; None where none was.

    Where no text is held it is what was typed as `exact`. `language` is the source's where none is given. Raises
    Refused at the field `quote`, also where the text was replaced since the quote was chosen.
    """
    language = language or find_source(visit.session, source_id).language
    held = visit.desk.texts(visit.session).of(source_id)
    if held is None:
        return _typed(form, language)
    asked = asked_of(kept(form, {}))
    if asked.span is None:
        return None
    return _chosen(held, asked, asked.span, _segments(visit.session, held)).entry(language)


def _typed(form: Form, language: str) -> QuoteEntry | None:
    exact = form.value("exact").replace("\r\n", "\n").strip()
    if not exact:
        return None
    try:
        return QuoteEntry(exact=exact, language=language)
    except BadEntry as bad:
        raise BadEntry(tuple(Fault(FIELD, one.what, one.remedy) for one in bad.faults)) from bad


def _quoted(
    held: HeldText, asked: Asked, hits: Sequence[tuple[int, int]], segments: Sequence[Segment]
) -> tuple[Quoted | None, tuple[Fault, ...]]:
    """The quote, or what is wrong with it; a page is shown either way."""
    if asked.find.strip() and not hits:
        what = "These words do not stand in the text."
        fault = Fault("find", what, "Case, dashes and quotation marks do not matter; every word does.")
        return None, (fault,)
    span = asked.span or (hits[min(asked.hit, len(hits)) - 1] if hits and asked.hit else None)
    if span is None:
        return None, ()
    try:
        return _chosen(held, asked, span, segments), ()
    except Refused as problem:
        fault = Fault(problem.where, problem.what, problem.remedy)
        if problem.where == FIELD:
            return None, (fault,)
        # What was to be trimmed stays as it was.
        return quote_at(held.text, *span, held.sha256, segments), (fault,)


def _chosen(held: HeldText, asked: Asked, span: tuple[int, int], segments: Sequence[Segment]) -> Quoted:
    if asked.snapshot not in ("", held.sha256):
        raise refused("The text was replaced since you opened it.", "Choose the words again, in the text as it is now.")
    whole = quote_at(held.text, *span, held.sha256, segments)
    if not (asked.first.strip() or asked.last.strip()):
        return whole
    span = trimmed(held.text, whole.start, whole.end, asked.first, asked.last)
    return quote_at(held.text, *span, held.sha256, segments)


def _begin(asked: Asked, quoted: Quoted | None) -> int:
    """The character whose page is shown."""
    return asked.begin if asked.begin is not None else quoted.start if quoted else 0


def _page(
    held: HeldText, pages: Sequence[tuple[Cut, ...]], begin: int, marks: Sequence[Mark], segments: Sequence[Segment]
) -> Page:
    at = page_at(pages, begin)
    foreign = foreign_spans({"start": one.start_at, "end": one.end_at, "segmentRole": one.role} for one in segments)
    return Page(
        piece(held.text, pages, at, marks, foreign),
        at + 1,
        len(pages),
        pages[at - 1][0].start if at else None,
        pages[at + 1][0].start if at + 1 < len(pages) else None,
        fits_html(held.text),
    )


def _segments(session: Session, held: HeldText) -> Sequence[Segment]:
    wanted = select(Segment).where(Segment.snapshot_id == held.snapshot_id).order_by(Segment.start_at)
    return session.scalars(wanted).all()


def _shares(one: Taken, quoted: Quoted | None) -> bool:
    return quoted is not None and one.start < quoted.end and one.end > quoted.start
