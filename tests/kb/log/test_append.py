"""Appending: nothing lost, no gap, and nothing that does not follow."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, func, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from kb.db import writing
from kb.documents.canonical import canonical, digest
from kb.documents.graph import quads
from kb.errors import Refused
from kb.log import read
from kb.log.append import DoesNotFollow, HeadMoved, New, append, append_all, lock_head, move_head
from kb.log.chain import Entry, leaf, leaf_hash
from kb.log.tables import EditionRow, LogHead
from kb.settings import Settings
from tests.factories.documents import BASE, Press, content_of, page
from tests.support.log_writer import Aborted, publish
from tests.support.statements import Statements

ROOT = Path(__file__).parents[3]


@pytest.fixture
def press(session: Session) -> Press:
    """A press whose foundation and desk are in the log."""
    made = Press()
    made.found(session)
    return made


def test_an_edition_is_stored_with_all_that_belongs_to_it(session: Session, press: Press) -> None:
    iri = press.name("page", "about")
    document = press.seal("page", page(iri, "About"))
    row = append(session, document, record_kind="page", content_digest=content_of(document))
    head = read.head(session)
    assert (row.seq, row.record, row.address, row.version, row.change) == (2, press.ids[iri], "about", 1, "new")
    assert row.document == canonical(document)
    assert row.digest == digest(row.document)
    assert (row.prev, row.parent) == (None, read.version(session, f"agents/{press.ids[press.desk]}", 1).leaf_hash)
    entry = Entry(2, row.record, 1, "new", row.issued, row.digest, None, row.parent)
    assert row.leaf == leaf(entry).decode()
    assert row.leaf_hash == leaf_hash(leaf(entry)) == head.leaf_hash
    assert (head.seq, head.time) == (2, row.issued)
    assert read.nquads(session, read.latest_at(session, "about")) == quads(document)


def test_the_empty_log_takes_a_foundation_and_nothing_else(session: Session) -> None:
    press = Press()
    assert read.head(session) == read.Head(-1, None, None)
    document = press.seal("page", page(press.name("page", "about"), "About"))
    with pytest.raises(DoesNotFollow, match="foundation"):
        append(session, document, record_kind="page", content_digest=content_of(document))
    press.found(session)
    with pytest.raises(DoesNotFollow, match="foundation"):
        Press(first=500).found(session)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"version": 3, "@id": f"{BASE}about/v3"}, "does not follow"),
        ({"version": 1, "@id": f"{BASE}about/v1"}, "does not follow"),
        ({"previousDigest": "0" * 64}, "does not follow"),
        ({"issued": "2026-11-25T08:59:59Z"}, "before that of the log"),
        ({"@id": f"{BASE}abouts/v2", "editionOf": f"{BASE}abouts#it"}, "does not follow"),
        ({"recordId": "aaaaaaaa1"}, "not an id"),
        ({"change": "edit"}, "kind of edition"),
        ({"@context": "http://example.org/ns/context-v1.jsonld"}, "not the address"),
        ({"@context": "http://localhost:8000/ns/context.jsonld"}, "context"),
        ({"editionOf": f"{BASE}method#it"}, "not the address"),
    ],
)
def test_what_does_not_follow_is_refused(session: Session, press: Press, change: dict[str, object], words: str) -> None:
    iri = press.name("page", "about")
    press.publish(session, "page", page(iri, "About"))
    document = press.seal("page", page(iri, "About us"), "update") | change
    with pytest.raises(Exception, match=words):
        append(session, document, record_kind="page", content_digest="0" * 64)
    assert read.head(session).seq == 2


def test_an_address_belongs_to_one_record(session: Session, press: Press) -> None:
    press.publish(session, "page", page(press.name("page", "about"), "About"))
    document = press.seal("page", page(press.name("page", "about"), "Another"))
    with pytest.raises(Refused, match="belongs to the record"):
        append(session, document, record_kind="page", content_digest="0" * 64)


def test_another_base_is_refused(session: Session, press: Press) -> None:
    other = Press(base="http://localhost:8001/", first=900)
    document = other.seal("page", page(other.name("page", "about"), "About"))
    with pytest.raises(DoesNotFollow, match="stands under"):
        append(session, document, record_kind="page", content_digest="0" * 64)


def _news(press: Press, number: int) -> list[New]:
    """New pages, and after them a second version of each."""
    iris = [press.name("page", f"page-{number}-{place}") for place in range(number)]
    documents = [press.seal("page", page(iri, "First")) for iri in iris]
    documents += [press.seal("page", page(iri, "Second"), "update") for iri in iris]
    return [New(document, "page", content_of(document)) for document in documents]


def test_a_group_is_stored_as_one_edition_after_another_would_be(engine: Engine) -> None:
    def stored(together: bool) -> list[tuple[object, ...]]:
        press, session = Press(), Session(engine)
        with session:
            press.found(session)
            news = _news(press, 3)
            if together:
                append_all(session, news)
            for one in [] if together else news:
                append(session, one.document, record_kind="page", content_digest=one.content_digest)
            columns = EditionRow.__table__.columns
            rows = [tuple(row) for row in session.execute(select(*columns).order_by(columns.seq))]
            return [*rows, (read.head(session),)]

    assert stored(together=True) == stored(together=False)


def test_a_group_takes_the_same_statements_whatever_its_size(engine: Engine) -> None:
    with writing(engine) as session:
        press = Press()
        press.found(session)
        for number in (1, 30):
            news = _news(Press(first=1000 * number), number)
            with Statements(engine) as seen:
                append_all(session, news)
            assert len(seen) == 6
        assert append_all(session, []) == []


@pytest.mark.parametrize("wrong", ["version", "address"])
def test_of_a_group_that_does_not_follow_nothing_is_stored(session: Session, press: Press, wrong: str) -> None:
    news = _news(press, 2)
    if wrong == "version":
        news[1], news[3] = news[3], news[1]
    else:
        other = press.seal("page", page(press.name("page", "page-2-0"), "Another"))
        news.append(New(other, "page", content_of(other)))
    with pytest.raises(Refused, match="does not follow" if wrong == "version" else "belongs to the record"):
        append_all(session, news)
    assert read.head(session).seq == 1
    assert session.scalar(select(func.count()).select_from(EditionRow)) == 2


def test_a_head_that_moved_meanwhile_is_not_moved_again(session: Session, press: Press) -> None:
    seen = read.read_head(session)
    press.publish(session, "page", page(press.name("page", "about"), "About"))
    row = session.scalars(select(EditionRow).where(EditionRow.seq == 2)).one()
    with pytest.raises(HeadMoved):
        move_head(session, seen, [row])


@pytest.mark.parametrize("table", [EditionRow, LogHead])
def test_the_database_refuses_to_change_what_was_written(engine: Engine, table: type[EditionRow | LogHead]) -> None:
    with writing(engine) as session:
        Press().found(session)
    changes = [text("UPDATE edition SET digest = 'x'"), text("UPDATE log_head SET seq = 5"), delete(table)]
    changes += [update(LogHead).values(seq=0), update(EditionRow).values(issued="2000-01-01T00:00:00Z")]
    for change in changes:
        with pytest.raises(DBAPIError, match=r"never|by one|append-only"), writing(engine) as session:
            session.execute(change)
    with writing(engine) as session:
        assert read.head(session).seq == 1
        assert session.scalar(select(func.count()).select_from(EditionRow)) == 2


def test_aborted_publishes_leave_no_gap(engine: Engine) -> None:
    """RELIABILITY F8, its short form: every third is rolled back after the append."""
    with writing(engine) as session:
        Press().found(session)
    acknowledged = []
    for turn in range(150):
        try:
            acknowledged.append(publish(engine, f"page-{turn % 4}", aborted=turn % 3 == 1))
        except Aborted:
            continue
    assert len(acknowledged) == 100
    _check_stored(engine, acknowledged)


def test_four_processes_lose_nothing(engine: Engine, settings: Settings) -> None:
    """RELIABILITY F10b, its short form: what was acknowledged is stored, and only that."""
    with writing(engine) as session:
        Press().found(session)
    command = [sys.executable, "-m", "tests.support.log_writer", settings.model_dump_json()]
    writers = [
        subprocess.Popen([*command, str(number), "25", "0.3"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for number in range(4)
    ]
    outputs = [writer.communicate(timeout=120)[0] for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0, 0, 0]
    acknowledged = [line for output in outputs for line in output.splitlines()]
    assert len(acknowledged) > 40
    _check_stored(engine, acknowledged)


def _check_stored(engine: Engine, acknowledged: list[str]) -> None:
    """Acknowledged == stored; seq and versions are gapless; the head is the last."""
    with writing(engine) as session:
        stored = [f"{one.seq} {one.record} {one.version} {one.digest}" for one in read.everything(session)]
        assert sorted(stored[2:]) == sorted(acknowledged)
        assert [int(line.split()[0]) for line in stored] == list(range(len(stored)))
        numbers: dict[str, list[int]] = {}
        for line in stored:
            numbers.setdefault(line.split()[1], []).append(int(line.split()[2]))
        assert all(found == list(range(1, len(found) + 1)) for found in numbers.values())
        last = lock_head(session)
        assert last.seq == len(stored) - 1
        assert last.leaf_hash == session.scalar(select(EditionRow.leaf_hash).where(EditionRow.seq == last.seq))
