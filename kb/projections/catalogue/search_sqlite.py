"""The search index on SQLite: FTS5 over the columns of `catalogue_text`, which it does not hold a second time."""

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
    literal_column,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.orm import Session

from kb.projections.catalogue.pieces import HEAD, QUOTED, REST, SearchText
from kb.projections.catalogue.query import Query, Term, Way
from kb.projections.catalogue.tables import CatalogueText

RANKS = (HEAD, QUOTED, REST)
# Keys are letters and digits with a space around each, and `ascii` parts them there and nowhere else. Places within a
# row need not be kept: that words stand one after another is asked of the text itself.
MAKE = (
    "CREATE VIRTUAL TABLE catalogue_search USING fts5(head, quoted, rest, content='catalogue_text',"
    " content_rowid='seq', tokenize='ascii', detail='column')"
)
# For `verify`: how many rows hold a key, in each column.
MAKE_WORDS = "CREATE VIRTUAL TABLE catalogue_words USING fts5vocab(catalogue_search, col)"
DROP = ("DROP TABLE IF EXISTS catalogue_words", "DROP TABLE IF EXISTS catalogue_search")
_SEARCH = table("catalogue_search", column("rowid"))


@event.listens_for(CatalogueText.__table__, "before_drop")
def _unmake(_table: Table, connection: Connection, **_more: Any) -> None:
    if connection.dialect.name == "sqlite":
        for statement in DROP:
            connection.execute(text(statement))


@event.listens_for(CatalogueText.__table__, "after_create")
def _make(table_: Table, connection: Connection, **more: Any) -> None:
    _unmake(table_, connection, **more)
    if connection.dialect.name == "sqlite":
        connection.execute(text(MAKE))
        connection.execute(text(MAKE_WORDS))


class SqliteIndex:
    """FTS5 finds the rows that have the words."""

    def add(self, session: Session, texts: Mapping[int, SearchText]) -> None:
        """The words are handed over, as FTS5 asks of an index that keeps no text of its own."""
        made = text("INSERT INTO catalogue_search (rowid, head, quoted, rest) VALUES (:seq, :head, :quoted, :rest)")
        if rows := [{"seq": seq, **words._asdict()} for seq, words in texts.items()]:
            session.execute(made, rows)

    def remove(self, session: Session, seqs: Sequence[int]) -> None:
        """The words that were taken in are told again, for FTS5 to find them."""
        gone = text(
            "INSERT INTO catalogue_search (catalogue_search, rowid, head, quoted, rest)"
            " SELECT 'delete', seq, head, quoted, rest FROM catalogue_text WHERE seq IN :seqs"
        )
        session.execute(gone.bindparams(bindparam("seqs", expanding=True)), {"seqs": list(seqs)})

    def clear(self, session: Session) -> None:
        session.execute(text("INSERT INTO catalogue_search (catalogue_search) VALUES ('delete-all')"))

    def rows(self, query: Query) -> Select[int]:
        """FTS5 merges its own lists of rows much faster than SQLite does those of several questions."""
        asked = " AND ".join(f"({_any_of(term.ways)})" for term in query.wanted)
        if query.unwanted:
            asked = f"({asked}) NOT ({' OR '.join(_any_of(term.ways) for term in query.unwanted)})"
        return _found(asked)

    def holds(self, term: Term, rank: str | None = None) -> ColumnElement[bool]:
        """Single words in one question to FTS5; of a phrase the words first, then their order in the text."""
        words = [way for way in term.ways if not way.is_phrase]
        found = [_rows(_any_of(words), rank)] if words else []
        phrases = [way for way in term.ways if way.is_phrase]
        found += [and_(_rows(_all_of(way), rank), _in_order(way, [rank] if rank else RANKS)) for way in phrases]
        return or_(*found)

    def row_by_row(self, among: ColumnElement[bool]) -> ColumnElement[bool]:
        """As it does by itself where the columns before it are those of an index."""
        return among


def _rows(expression: str, rank: str | None) -> ColumnElement[bool]:
    return CatalogueText.seq.in_(_found(f"{rank} : ({expression})" if rank else expression))


def _found(asked: str) -> Select[int]:
    found = select(_SEARCH.c.rowid.label("seq"))
    return found.where(literal_column("catalogue_search").op("MATCH")(asked))


def _any_of(words: Iterable[Way]) -> str:
    return " OR ".join(_quoted(way.keys, way.open) for way in words)


def _all_of(way: Way) -> str:
    *firsts, last = way.keys
    return " AND ".join([*(_quoted((key,), goes_on=False) for key in firsts), _quoted((last,), way.open)])


def _quoted(keys: Iterable[str], goes_on: bool) -> str:
    """In double quotes no word is an operator; a key has none in it."""
    return f'"{"".join(keys)}"{" *" if goes_on else ""}'


def _in_order(way: Way, ranks: Iterable[str]) -> ColumnElement[bool]:
    return or_(*(func.instr(getattr(CatalogueText, rank), way.needle) > 0 for rank in ranks))
