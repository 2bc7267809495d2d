"""Every column of every row of the search is drawn again, and the index of each database is watched."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, delete, insert, select, text
from sqlalchemy.orm import Session

from kb.log import read
from kb.verify.catalogue import check_catalogue
from kb.verify.verdict import Verdict
from tests.support.knowledge import Knowledge, publish_knowledge
from tests.support.tamper import FACET, RECORD, TEXT, changed, other


@pytest.fixture
def kb(engine: Engine, tmp_path: Path) -> Knowledge:
    return publish_knowledge(engine, tmp_path)


def faults(engine: Engine, only: frozenset[str] | None = None) -> list[tuple[str, int | None, str]]:
    verdict = Verdict()
    with Session(engine) as session:
        check_catalogue(session, read.head(session).seq, verdict, only=only)
    return [(fault.record, fault.version, fault.where) for fault in verdict.problems]


def rows(engine: Engine, table: Any) -> list[Any]:
    with engine.connect() as connection:
        return [row._mapping for row in connection.execute(select(table))]


def test_every_column_of_every_text_is_watched(engine: Engine, kb: Knowledge) -> None:
    assert faults(engine) == []
    marks = {row["seq"]: (row["record"], row["version"]) for row in rows(engine, RECORD)}
    texts = rows(engine, TEXT)
    # The foundation alone is not searched.
    assert len(texts) == len(marks) - 1
    for row in texts:
        for column in TEXT.columns:
            value = other(row[column.name]) if row[column.name] is not None else 3
            with changed(engine, TEXT, TEXT.c.seq == row["seq"], **{column.name: value}):
                where = "catalogue_text" if column.name == "seq" else f"catalogue_text/{column.name}"
                assert (*marks[row["seq"]], where) in faults(engine), column.name
    assert faults(engine) == []


def test_every_column_of_every_facet_is_watched(engine: Engine, kb: Knowledge) -> None:
    marks = {row["seq"]: (row["record"], row["version"]) for row in rows(engine, RECORD)}
    facets = rows(engine, FACET)
    assert len(facets) == 27
    for row in facets[::2]:
        where = (FACET.c.seq == row["seq"]) & (FACET.c.name == row["name"]) & (FACET.c.value == row["value"])
        for column in FACET.columns:
            with changed(engine, FACET, where, **{column.name: other(row[column.name])}):
                assert (*marks[row["seq"]], "catalogue_facet") in faults(engine), column.name
    assert faults(engine) == []


def test_one_record_alone_is_looked_at(engine: Engine, kb: Knowledge) -> None:
    seq = next(row["seq"] for row in rows(engine, RECORD) if row["record"] == kb.claim)
    with changed(engine, TEXT, TEXT.c.seq == seq, head=" another "):
        assert faults(engine, frozenset({kb.denied})) == []
        assert (kb.claim, 2, "catalogue_text/head") in faults(engine, frozenset({kb.claim}))


def test_missing_and_added_rows_are_named(engine: Engine, kb: Knowledge) -> None:
    gone = next(row for row in rows(engine, RECORD) if row["record"] == kb.denied)
    with engine.begin() as connection:
        connection.execute(delete(TEXT).where(TEXT.c.seq == gone["seq"]))
        connection.execute(insert(FACET).values(seq=900, name="verdict", value="supported"))
    found = faults(engine)
    assert (kb.denied, 1, "catalogue_text") in found
    assert ("catalogue", None, "catalogue_facet") in found


@pytest.mark.parametrize("column", ["head", "quoted"])
def test_a_changed_index_is_noticed(engine: Engine, kb: Knowledge, column: str) -> None:
    """SQLite's index is asked for its words as a whole, PostgreSQL's for those of each row."""
    seq = next(row["seq"] for row in rows(engine, RECORD) if row["record"] == kb.claim)
    added = f"INSERT INTO catalogue_search (rowid, {column}) VALUES ({seq}, ' libel ')"
    put = f"UPDATE catalogue_search SET keys = keys || array_to_tsvector(ARRAY['/{column[0]}libel']) WHERE seq = {seq}"
    is_sqlite = engine.dialect.name == "sqlite"
    with engine.begin() as connection:
        connection.execute(text(added if is_sqlite else put))
    where = ("catalogue", None, "catalogue_search") if is_sqlite else (kb.claim, 2, "catalogue_search")
    assert faults(engine) == [where]


def test_a_row_of_the_index_that_is_nobodys_is_noticed(engine: Engine, kb: Knowledge) -> None:
    added = "INSERT INTO catalogue_search (rowid, head) VALUES (900, ' libel ')"
    put = "INSERT INTO catalogue_search (seq, keys) VALUES (900, '')"
    with engine.begin() as connection:
        connection.execute(text(added if engine.dialect.name == "sqlite" else put))
    assert faults(engine) == [("catalogue", None, "catalogue_search")]
