"""The ledger is asked from the log: by an index, in pieces, each entry beside the version before."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session

from kb.db import reading
from kb.log.corrections import KINDS, correction, corrections
from kb.values.vocabulary import CHANGE
from tests.support.corrected import Corrected, correct
from tests.support.knowledge import publish_knowledge
from tests.support.statements import Statements


@pytest.fixture
def corrected(engine: Engine, tmp_path: Path) -> Corrected:
    return correct(engine, publish_knowledge(engine, tmp_path))


def test_every_kind_but_what_is_new_and_what_is_more(engine: Engine, corrected: Corrected) -> None:
    assert set(CHANGE) - set(KINDS) == {"foundation", "new", "update"}
    with reading(engine) as session:
        found = corrections(session, 100)
        assert found.next is None
        assert {one.edition.change for one in found.entries} <= set(KINDS)
        assert len(found.entries) == 8
        for one in found.entries:
            assert one.before.record == one.edition.record
            assert one.before.digest == one.edition.prev
            assert one.before.document["version"] == one.edition.version - 1
        mine = [one for one in found.entries if one.edition.record == corrected.claim]
        assert [one.days for one in mine] == [1, 1, 9, 3, 1]
        assert [one.standing.state for one in mine] == ["current", "superseded", "superseded", "corrected", "corrected"]


def test_pieces_are_cut_at_the_number_of_an_entry(engine: Engine, corrected: Corrected) -> None:
    with reading(engine) as session:
        whole = [one.edition.seq for one in corrections(session, 100).entries]
        seen: list[int] = []
        before = None
        while True:
            with Statements(engine) as sent:
                some = corrections(session, 3, before=before)
            assert len(sent) == 2
            seen += [one.edition.seq for one in some.entries]
            before = some.next
            if before is None:
                break
        assert seen == whole
        assert corrections(session, 3, before=0).entries == ()


def test_one_entry_by_record_and_version(engine: Engine, corrected: Corrected) -> None:
    with reading(engine) as session:
        found = correction(session, corrected.claim, 4)
        assert found is not None
        assert (found.edition.version, found.before.version) == (4, 3)
        for record, version in (
            (corrected.claim, 1),
            (corrected.claim, 99),
            (corrected.claim, 2**40),
            ("000000000", 2),
        ):
            assert correction(session, record, version) is None


def test_the_log_is_asked_by_its_index(engine: Engine, corrected: Corrected, database_kind: str) -> None:
    """With a hundred thousand editions, of which few are corrections, nothing else is read."""
    asked: list[tuple[str, Any]] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _k, sql, args, *_: asked.append((sql, args)))
    explain = "EXPLAIN QUERY PLAN" if database_kind == "sqlite" else "EXPLAIN"
    with Session(engine) as session:
        if database_kind == "postgresql":
            # It would read a table as small as this one from end to end.
            session.execute(text("SET LOCAL enable_seqscan = off"))
        corrections(session, 20, before=1000)
        sql, arguments = next(one for one in asked if "LIMIT" in one[0])
        connection: Any = session.connection().connection.driver_connection
        plan = [str(row[-1]) for row in connection.execute(f"{explain} {sql}", arguments)]
    assert any("ix_edition_change_seq" in step for step in plan), plan
    assert not any(step.startswith("SCAN edition") or "Seq Scan on edition" in step for step in plan), plan
