"""The search index as the catalogue uses it: one interface, and behind it the index of each database."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from sqlalchemy import ColumnElement, Select, case, literal, select
from sqlalchemy.orm import Session

from kb.projections.catalogue.pieces import HEAD, QUOTED, SearchText
from kb.projections.catalogue.query import Query, Term
from kb.projections.catalogue.search_postgresql import PostgresIndex
from kb.projections.catalogue.search_sqlite import SqliteIndex
from kb.projections.catalogue.tables import CatalogueFacet, CatalogueText

# What a term is worth by the highest rank in which it is found; relevance is the sum over the terms.
IN_HEAD, IN_QUOTED, IN_REST = 4, 2, 1


class Index(Protocol):
    """The index of one database over `catalogue_text`, whose rows it follows."""

    def add(self, session: Session, texts: Mapping[int, SearchText]) -> None:
        """Take in rows by their numbers, which are in the table already."""

    def remove(self, session: Session, seqs: Sequence[int]) -> None:
        """Let go of the rows of these numbers, which are in the table still."""

    def clear(self, session: Session) -> None:
        """Let go of all."""

    def rows(self, query: Query) -> Select[int]:
        """The numbers of the rows that match, all terms in one question; of a plain query."""

    def holds(self, term: Term, rank: str | None = None) -> ColumnElement[bool]:
        """Whether a row of `catalogue_text` has the term, in a rank alone or in any."""

    def row_by_row(self, among: ColumnElement[bool]) -> ColumnElement[bool]:
        """A condition of being in a long list, put so that the database goes by the rows, and not by the list."""


def index_of(session: Session) -> Index:
    """The index of the database that the session is on."""
    return SqliteIndex() if session.get_bind().dialect.name == "sqlite" else PostgresIndex()


def numbers(index: Index, query: Query) -> Select[int]:
    """The numbers of the rows that match, without a look at the rows where there are no phrases."""
    if not query:
        # Each row has one kind, and this index is far smaller than the texts.
        return select(CatalogueFacet.seq).where(CatalogueFacet.name == "kind")
    return index.rows(query) if query.is_plain else select(CatalogueText.seq).where(*matches(index, query))


def matches(index: Index, query: Query) -> list[ColumnElement[bool]]:
    """Conditions on rows of `catalogue_text`; none where nothing is asked for."""
    if query.is_plain:
        return [CatalogueText.seq.in_(index.rows(query))]
    return [*(index.holds(term) for term in query.wanted), *(~index.holds(term) for term in query.unwanted)]


def relevance(index: Index, query: Query) -> ColumnElement[int]:
    """A whole number, the same on every database for the same row and query."""
    score: ColumnElement[int] = literal(0)
    for term in query.wanted:
        worth = case((index.holds(term, HEAD), IN_HEAD), (index.holds(term, QUOTED), IN_QUOTED), else_=IN_REST)
        score = score + worth
    return score
