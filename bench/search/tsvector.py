"""PostgreSQL's own search over the same texts: a `tsvector` column, a GIN index, and `ts_rank`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from bench.search.drawn import claims
from kb.projections.catalogue.query import Query, Term, parse

MAKE = "CREATE TABLE peer (seq integer PRIMARY KEY, t tsvector NOT NULL)"
FILL = "INSERT INTO peer VALUES (%s, to_tsvector('simple', %s))"
INDEX = "CREATE INDEX peer_t ON peer USING gin (t)"
PAGE = (
    "SELECT seq, ts_rank(t, q) AS rank FROM peer, to_tsquery('simple', %s) q WHERE t @@ q"
    " ORDER BY rank DESC, seq DESC LIMIT %s"
)
COUNT = "SELECT count(*) FROM peer, to_tsquery('simple', %s) q WHERE t @@ q"


def fill(address: str, folder: Path) -> None:
    """Our keys of each claim as its text, so that both sides have the same words, and the parser parts none of them."""
    with psycopg.connect(address) as connection:
        connection.execute(MAKE)
        with connection.cursor() as cursor:
            cursor.executemany(FILL, ((seq, f"{head}{quoted}{rest}") for seq, head, quoted, rest in claims(folder)))
        connection.execute(INDEX)
        connection.commit()
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE peer")


@contextmanager
def connected(address: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(address, autocommit=True) as connection:
        yield connection


def ask(connection: psycopg.Connection, query: str, limit: int) -> int:
    """A page of numbers in the order of their rank, and the number of hits."""
    asked = as_tsquery(parse(query))
    connection.execute(PAGE, (asked, limit)).fetchall()
    found = connection.execute(COUNT, (asked,)).fetchone()
    return int(found[0]) if found else 0


def as_tsquery(query: Query) -> str:
    """The same question: singular or plural, words in their order where they are a phrase."""
    return " & ".join(_one(term) for term in query.wanted)


def _one(term: Term) -> str:
    return f"({' | '.join(' <-> '.join(way.keys) for way in term.ways)})"
