"""The search index on PostgreSQL: the keys of each row as a tsvector without places, and a GIN index over all.

In which rank a key stands is said by keys of their own, so that the index alone answers that too.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    bindparam,
    column,
    event,
    func,
    or_,
    select,
    table,
    text,
    true,
)
from sqlalchemy import cast as as_type
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from kb.projections.catalogue.pieces import HEAD, QUOTED, REST, SearchText
from kb.projections.catalogue.query import Query, Term, Way
from kb.projections.catalogue.tables import CatalogueFacet, CatalogueText

RANKS = (HEAD, QUOTED, REST)
# No key begins like this, nor what is asked for as the beginning of one. What stands in the last rank needs no mark.
MARKS = {HEAD: "/h", QUOTED: "/q"}
MAKE = (
    "CREATE TABLE catalogue_search (seq integer PRIMARY KEY, keys tsvector NOT NULL)",
    "CREATE INDEX ix_catalogue_search_keys ON catalogue_search USING gin (keys)",
    # By the usual hundred a rare word is thought to be in a row of every few hundred, and all claims are read for it.
    "ALTER TABLE catalogue_search ALTER COLUMN keys SET STATISTICS 1000",
)
# A value is of one facet alone. Unless both are counted together, a seventh of the claims is expected for `claim`.
MAKE_STATISTICS = (
    "CREATE STATISTICS st_catalogue_facet_name_value (dependencies, mcv) ON name, value FROM catalogue_facet"
)
DROP = "DROP TABLE IF EXISTS catalogue_search"
_SEARCH = table("catalogue_search", column("seq"), column("keys"))


@event.listens_for(CatalogueText.__table__, "before_drop")
def _unmake(_table: Table, connection: Connection, **_more: Any) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text(DROP))


@event.listens_for(CatalogueText.__table__, "after_create")
def _make(table_: Table, connection: Connection, **more: Any) -> None:
    _unmake(table_, connection, **more)
    if connection.dialect.name == "postgresql":
        for statement in MAKE:
            connection.execute(text(statement))


@event.listens_for(CatalogueFacet.__table__, "after_create")
def _count_together(_table: Table, connection: Connection, **_more: Any) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text(MAKE_STATISTICS))


class PostgresIndex:
    """The keys are our own, so no parser and no dictionary of PostgreSQL has a hand in them."""

    def add(self, session: Session, texts: Mapping[int, SearchText]) -> None:
        """Without places, of which a tsvector holds no more than 256 for a word."""
        made = text("INSERT INTO catalogue_search (seq, keys) VALUES (:seq, array_to_tsvector(CAST(:keys AS text[])))")
        if rows := [{"seq": seq, "keys": sorted(keys(lines))} for seq, lines in texts.items()]:
            session.execute(made, rows)

    def remove(self, session: Session, seqs: Sequence[int]) -> None:
        session.execute(text("DELETE FROM catalogue_search WHERE seq = ANY(:seqs)"), {"seqs": list(seqs)})

    def clear(self, session: Session) -> None:
        session.execute(text("DELETE FROM catalogue_search"))

    def rows(self, query: Query) -> Select[int]:
        wanted = [f"({_any_of(term.ways)})" for term in query.wanted]
        unwanted = [f"!({_any_of(term.ways)})" for term in query.unwanted]
        return _found(" & ".join([*wanted, *unwanted]))

    def holds(self, term: Term, rank: str | None = None) -> ColumnElement[bool]:
        """Single words in one question; of a phrase the words first, then their order in the text."""
        singles = [way for way in term.ways if not way.is_phrase]
        mark = MARKS[rank] if rank else ""
        found = [_rows(_any_of(singles, mark))] if singles else []
        phrases = [way for way in term.ways if way.is_phrase]
        found += [and_(_rows(_all_of(way, mark)), _in_order(way, [rank] if rank else RANKS)) for way in phrases]
        return or_(*found)

    def row_by_row(self, among: ColumnElement[bool]) -> ColumnElement[bool]:
        """As a part of another condition: else it is a join, and of a list that it has made it expects 200 rows."""
        return among.is_(true())


def keys(text_: SearchText) -> set[str]:
    """All keys of a row, and once more with its mark each that stands in its head or among quoted words.

    They take less than five times `MOST_BYTES`, which a tsvector holds: a mark is as long as two spaces.
    """
    found = {rank: lines.split() for rank, lines in text_._asdict().items()}
    marked = {f"{mark}{key}" for rank, mark in MARKS.items() for key in found[rank]}
    return marked.union(*found.values())


def _rows(asked: str) -> ColumnElement[bool]:
    return _found(asked).where(_SEARCH.c.seq == CatalogueText.seq).exists()


def _found(asked: str) -> Select[int]:
    return select(_SEARCH.c.seq).where(_SEARCH.c["keys"].op("@@")(as_type(bindparam(None, asked), TSQUERY)))


def _any_of(words: Iterable[Way], mark: str = "") -> str:
    return " | ".join(_quoted(mark + way.keys[0], way.open) for way in words)


def _all_of(way: Way, mark: str) -> str:
    *firsts, last = (mark + key for key in way.keys)
    return " & ".join([*(_quoted(key, goes_on=False) for key in firsts), _quoted(last, way.open)])


def _quoted(key: str, goes_on: bool) -> str:
    """In quotes no sign is an operator; a key has neither quote nor backslash in it."""
    return f"'{key}'{':*' if goes_on else ''}"


def _in_order(way: Way, ranks: Iterable[str]) -> ColumnElement[bool]:
    return or_(*(func.strpos(getattr(CatalogueText, rank), way.needle) > 0 for rank in ranks))
