"""The search index on PostgreSQL: the keys of each row as tsvectors without places, and a GIN index over all."""

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
)
from sqlalchemy import cast as as_type
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from kb.projections.catalogue.pieces import HEAD, QUOTED, REST, SearchText
from kb.projections.catalogue.query import Query, Term, Way
from kb.projections.catalogue.tables import CatalogueText

RANKS = (HEAD, QUOTED, REST)
MAKE = (
    "CREATE TABLE catalogue_search"
    " (seq integer PRIMARY KEY, every tsvector NOT NULL, head tsvector NOT NULL, quoted tsvector NOT NULL)"
)
MAKE_INDEX = "CREATE INDEX ix_catalogue_search_every ON catalogue_search USING gin (every)"
DROP = "DROP TABLE IF EXISTS catalogue_search"
_SEARCH = table("catalogue_search", column("seq"), column("every"), column("head"), column("quoted"))


@event.listens_for(CatalogueText.__table__, "before_drop")
def _unmake(_table: Table, connection: Connection, **_more: Any) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text(DROP))


@event.listens_for(CatalogueText.__table__, "after_create")
def _make(table_: Table, connection: Connection, **more: Any) -> None:
    _unmake(table_, connection, **more)
    if connection.dialect.name == "postgresql":
        connection.execute(text(MAKE))
        connection.execute(text(MAKE_INDEX))


class PostgresIndex:
    """The keys are our own, so no parser and no dictionary of PostgreSQL has a hand in them."""

    def add(self, session: Session, texts: Mapping[int, SearchText]) -> None:
        """Without places, of which a tsvector holds no more than 256 for a word."""
        made = text(
            "INSERT INTO catalogue_search (seq, every, head, quoted) VALUES (:seq,"
            " array_to_tsvector(CAST(:every AS text[])), array_to_tsvector(CAST(:head AS text[])),"
            " array_to_tsvector(CAST(:quoted AS text[])))"
        )
        if rows := [_row(seq, lines) for seq, lines in texts.items()]:
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
        found = [_rows(_any_of(singles), rank)] if singles else []
        phrases = [way for way in term.ways if way.is_phrase]
        found += [and_(_rows(_all_of(way), rank), _in_order(way, [rank] if rank else RANKS)) for way in phrases]
        return or_(*found)


def _row(seq: int, text_: SearchText) -> dict[str, int | list[str]]:
    head, quoted, rest = (words(lines) for lines in text_)
    return {"seq": seq, "every": sorted({*head, *quoted, *rest}), "head": head, "quoted": quoted}


def words(lines: str) -> list[str]:
    """The keys in the lines of a rank, each once."""
    return sorted(set(lines.split()))


def _rows(asked: str, rank: str | None) -> ColumnElement[bool]:
    return CatalogueText.seq.in_(_found(asked, rank))


def _found(asked: str, rank: str | None = None) -> Select[int]:
    query = as_type(bindparam(None, asked), TSQUERY)
    found = select(_SEARCH.c.seq).where(_SEARCH.c.every.op("@@")(query))
    return found.where(_SEARCH.c[rank].op("@@")(query)) if rank else found


def _any_of(words: Iterable[Way]) -> str:
    return " | ".join(_quoted(way.keys[0], way.open) for way in words)


def _all_of(way: Way) -> str:
    *firsts, last = way.keys
    return " & ".join([*(_quoted(key, goes_on=False) for key in firsts), _quoted(last, way.open)])


def _quoted(key: str, goes_on: bool) -> str:
    """In quotes no sign is an operator; a key has neither quote nor backslash in it."""
    return f"'{key}'{':*' if goes_on else ''}"


def _in_order(way: Way, ranks: Iterable[str]) -> ColumnElement[bool]:
    return or_(*(func.strpos(getattr(CatalogueText, rank), way.needle) > 0 for rank in ranks))
