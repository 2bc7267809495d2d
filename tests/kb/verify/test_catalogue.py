"""Every column of every catalogue row is drawn again from its document."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, insert, select, text
from sqlalchemy.orm import Session

from kb.log import read
from kb.projections.positions import PositionRow
from kb.verify.catalogue import check_catalogue
from kb.verify.verdict import Verdict
from tests.support.knowledge import Knowledge, publish_knowledge
from tests.support.tamper import LINK, RECORD, changed, other

NULLABLE_INTEGERS = {"seen_evidence": 7, "origins": 7}


@pytest.fixture
def kb(engine: Engine, tmp_path: Path) -> Knowledge:
    return publish_knowledge(engine, tmp_path)


def faults(engine: Engine) -> list[tuple[str, int | None, str]]:
    verdict = Verdict()
    with Session(engine) as session:
        check_catalogue(session, read.head(session).seq, verdict)
    return [(fault.record, fault.version, fault.where) for fault in verdict.problems]


def test_every_column_of_every_row_is_watched(engine: Engine, kb: Knowledge) -> None:
    assert faults(engine) == []
    with engine.connect() as connection:
        rows = [row._mapping for row in connection.execute(select(RECORD))]
    assert len(rows) == 11
    for row in rows:
        mark = (row["record"], row["version"])
        for column in RECORD.columns:
            name, before = column.name, row[column.name]
            value = other(before)
            if before is None:
                value = NULLABLE_INTEGERS.get(name, True if name == "seen" else "x")
            with changed(engine, RECORD, RECORD.c.record == row["record"], **{name: value}):
                found = faults(engine)
            wanted = "catalogue_record" if name == "record" else f"catalogue_record/{name}"
            assert (*mark, wanted) in found, name
            if before is not None and column.nullable:
                with changed(engine, RECORD, RECORD.c.record == row["record"], **{name: None}):
                    assert faults(engine) == [(*mark, wanted)]
    assert faults(engine) == []


def test_every_column_of_every_link_is_watched(engine: Engine, kb: Knowledge) -> None:
    with engine.connect() as connection:
        links = [row._mapping for row in connection.execute(select(LINK))]
        versions = {row.record: row.version for row in connection.execute(select(RECORD.c.record, RECORD.c.version))}
    assert len(links) == 20
    for link in links:
        where = (LINK.c.record == link["record"]) & (LINK.c.role == link["role"]) & (LINK.c.target == link["target"])
        mark = (link["record"], versions[link["record"]], "catalogue_link")
        for column in LINK.columns:
            with changed(engine, LINK, where, **{column.name: other(link[column.name])}):
                assert mark in faults(engine), column.name
    assert faults(engine) == []


def test_missing_and_added_rows_are_named(engine: Engine, kb: Knowledge) -> None:
    with engine.begin() as connection:
        row = dict(connection.execute(select(RECORD).where(RECORD.c.record == kb.claim)).one()._mapping)
        connection.execute(delete(RECORD).where(RECORD.c.record == kb.claim))
        connection.execute(delete(LINK).where(LINK.c.record == kb.claim, LINK.c.role == "topic"))
        stranger = row | {"record": "aaaaaaaa1", "address": "claims/aaaaaaaa1", "version": 4}
        connection.execute(insert(RECORD).values(stranger))
        link = {"record": "bbbbbbbb1", "role": "topic", "target": "topics/heights", "address": "claims/bbbbbbbb1"}
        connection.execute(insert(LINK).values(link))
        connection.execute(insert(LINK).values(link | {"record": kb.denied, "role": "supersedes"}))
    assert sorted(faults(engine), key=str) == sorted(
        [
            (kb.claim, 2, "catalogue_record"),
            (kb.claim, 2, "catalogue_link"),
            ("aaaaaaaa1", 4, "catalogue_record"),
            ("bbbbbbbb1", None, "catalogue_link"),
            (kb.denied, 1, "catalogue_link"),
        ],
        key=str,
    )


def test_a_catalogue_that_is_behind_is_whole_as_far_as_it_goes(engine: Engine, kb: Knowledge) -> None:
    press = kb.world.press
    with Session(engine) as session, session.begin():
        press.publish(session, "claim", kb.world.claim("it is lower"), issued="2026-11-28T09:00:00Z")
    verdict = Verdict()
    with Session(engine) as session:
        check_catalogue(session, read.head(session).seq, verdict)
    assert (verdict.problems, verdict.lag) == ([], 1)


def test_the_position_is_watched(engine: Engine, kb: Knowledge) -> None:
    at = PositionRow.__table__
    for values in ({"seq": 3}, {"seq": 300}, {"seq": -1}, {"digest": "0" * 64}, {"digest": None}):
        with changed(engine, at, at.c.name == "catalogue", **values):
            assert ("catalogue", None, "projection_position") in faults(engine)


def test_a_catalogue_that_was_never_made_is_behind(engine: Engine, kb: Knowledge) -> None:
    with engine.begin() as connection:
        for name in ("catalogue_link", "catalogue_record", "projection_position"):
            connection.execute(text(f"DROP TABLE {name}"))
    verdict = Verdict()
    with Session(engine) as session:
        check_catalogue(session, read.head(session).seq, verdict)
    assert (verdict.problems, verdict.lag) == ([], 13)


def test_a_catalogue_of_another_version_is_as_if_there_were_none(engine: Engine, kb: Knowledge) -> None:
    """Its columns may not be those that this code reads; whoever writes next makes it anew."""
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE catalogue_record DROP COLUMN line"))
        connection.execute(text("UPDATE projection_position SET shape = shape - 1"))
    verdict = Verdict()
    with Session(engine) as session:
        check_catalogue(session, read.head(session).seq, verdict)
    assert (verdict.problems, verdict.lag) == ([], 13)
