"""What claims quote from a source, set into its text where that is open: for the source's page and for its text's."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.web.held import Held
from app.web.views.passages import from_source
from app.web.views.places import Place, anchored, places
from app.web.views.text import Piece, foreign_spans, page_at, paragraph_at, piece, pieces
from kb.log.read import Edition
from kb.log.series import latest_of
from kb.projections.catalogue.rows import Listed


@dataclass(frozen=True)
class Set:
    """A page of a text with its marks; `number` counts the pages from 1, `before` and `after` are where others begin.

    `paragraphs` has the paragraph of each quotation in the text, by the quotation's number; `on_page` the numbers of
    those that are marked on this page.
    """

    held: Held
    piece: Piece
    number: int
    pages: int
    before: int | None
    after: int | None
    paragraphs: dict[int, int]
    on_page: frozenset[int]

    @property
    def whole(self) -> bool:
        """True where this page is the whole text."""
        return self.pages == 1


def quotations(session: Session, edition: Edition, rows: Sequence[Listed], text_sha256: str | None) -> list[Place]:
    """All passages of the source that these claims quote, in order. One statement, whatever the number of claims.

    The quotations stand in the claims' own documents, and nowhere else.
    """
    iri = edition.document["editionOf"]
    claims = latest_of(session, [row.record for row in rows])
    taken = {record: from_source(claim.document, iri) for record, claim in claims.items()}
    return places(taken, rows, text_sha256)


def set_text(held: Held, quoted: Sequence[Place], start: int = 0) -> Set | None:
    """The page of the text that holds the character `start`; None where the text cannot be shown."""
    if held.why is not None:
        return None
    text = held.text
    pages = pieces(text)
    page = page_at(pages, start)
    marks = [one.mark for one in quoted if one.in_text and 0 <= one.mark.start < one.mark.end <= len(text)]
    made = piece(text, pages, page, marks, foreign_spans(held.snapshot.get("segments", ())))
    return Set(
        held,
        made,
        page + 1,
        len(pages),
        pages[page - 1][0].start if page else None,
        pages[page + 1][0].start if page + 1 < len(pages) else None,
        {mark.number: number for mark in marks if (number := paragraph_at(pages, mark.start)) is not None},
        made.quotes,
    )


def listed(quoted: Sequence[Place], shown: Set | None) -> list[Place]:
    """The list beside the text; what the text marks on this page has its anchor there."""
    there = [anchor for one in shown.piece.paragraphs for run in one.runs for anchor in run.anchors] if shown else []
    return anchored(quoted, there)
