"""Reading the log: latest, versions, standings, the current set, and near misses."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from kb.errors import Broken
from kb.log import read
from kb.log.nearest import did_you_mean
from kb.log.tables import EditionRow
from tests.factories.documents import BASE, Press, agent, page, topic
from tests.support.statements import Statements


@pytest.fixture
def press(session: Session) -> Press:
    """Foundation and desk (0, 1); "about" in three versions (2, 4, 5), the last a withdrawal; a topic (3)."""
    made = Press()
    made.found(session)
    about = made.name("page", "about")
    made.publish(session, "page", page(about, "About"))
    made.publish(session, "topic", topic(made.name("topic", "high-mountains"), "High mountains"))
    made.publish(session, "page", page(about, "About us"), "correction", "2026-11-26T09:00:00Z")
    made.publish(session, "page", page(about, "About us all"), "withdrawal", "2026-11-27T09:00:00Z")
    return made


def test_latest_and_versions(session: Session, press: Press) -> None:
    record = press.ids[f"{BASE}about#it"]
    latest = read.latest(session, record)
    assert latest is not None
    assert latest == read.latest_at(session, "about") == read.version(session, "about", 3)
    assert latest.document["mainEntity"]["name"] == {"en": "About us all"}
    assert [one.version for one in read.versions(session, record)] == [1, 2, 3]
    assert [one.note for one in read.versions(session, record)][:2] == [{}, {"en": "Invented note of version 2."}]
    assert read.find_address(session, record) == "about"
    assert read.latest(session, "aaaaaaaa1") is read.find_address(session, "aaaaaaaa1") is None


@pytest.mark.parametrize("number", [0, -1, 4, 2**31, 2**70])
def test_a_version_that_is_not_there(session: Session, press: Press, number: int) -> None:
    with pytest.raises(read.NoSuchVersion, match="the latest is 3"):
        read.version(session, "about", number)
    with pytest.raises(read.NoSuchRecord):
        read.version(session, "abou", number)


def test_standing_of_each_version(session: Session, press: Press) -> None:
    found = [read.standing(session, read.version(session, "about", number)) for number in (1, 2, 3)]
    assert [one.state for one in found] == ["withdrawn"] * 3
    assert {(one.by, one.latest_version, one.latest_issued) for one in found} == {(3, 3, "2026-11-27T09:00:00Z")}
    about = page(f"{BASE}about#it", "About us all")
    press.publish(session, "page", about, "restoration", "2026-11-28T09:00:00Z")
    found = [read.standing(session, read.version(session, "about", number)) for number in (1, 2, 3, 4)]
    assert [(one.state, one.by) for one in found] == [
        ("corrected", 2),
        ("superseded", 4),
        ("superseded", 4),
        ("current", None),
    ]


def test_since_everything_and_current(session: Session, press: Press) -> None:
    assert [one.seq for one in read.since(session, -1)] == [0, 1, 2, 3, 4, 5]
    assert [one.seq for one in read.since(session, 1, limit=3)] == [2, 3, 4]
    assert [one.seq for one in read.since(session, 5)] == []
    assert [one.seq for one in read.everything(session)] == [0, 1, 2, 3, 4, 5]
    assert [one.seq for one in read.current(session)] == [0, 1, 3, 5]
    assert [seq for seq, _ in read.with_quads(session, current_only=True)] == [0, 1, 3, 5]
    assert read.base_of(session) == BASE


def test_a_page_of_a_version_costs_two_statements(
    engine: Engine, session: Session, press: Press, statements: Callable[[Engine], Statements]
) -> None:
    with statements(engine) as seen:
        read.standing(session, read.version(session, "about", 2))
    assert len(seen) == 2


def test_quads_that_cannot_be_unpacked_are_named(session: Session, press: Press) -> None:
    edition = read.latest_at(session, "about")
    with pytest.raises(Broken) as raised:
        read.unpack(b"x", edition)
    assert raised.value.where == f"{edition.record} version 3"
    with pytest.raises(Exception, match=r"never|append-only"):
        session.execute(update(EditionRow).values(nquads=b"x"))


def test_did_you_mean(session: Session, press: Press) -> None:
    iri = press.name("agent")
    press.publish(session, "agent", agent(iri, "Anna Invented"), issued="2026-11-27T09:00:00Z")
    record, address = press.ids[iri], f"agents/{press.ids[iri]}"
    swapped = record[:3] + record[4] + record[3] + record[5:]
    for slip in (record, record[:-1], record[1:], record + "0", record[:4] + "z" + record[5:], record.upper(), swapped):
        assert did_you_mean(session, f"agents/{slip}") == address
    for far in ("x" * 9, record[2:], "", record + "00", "claims/" + record, "%", "_" * 9):
        assert did_you_mean(session, f"agents/{far}") is None
    assert did_you_mean(session, f"claims/{record}") is None
    assert did_you_mean(session, "topics/high-mountain") == "topics/high-mountains"
    assert did_you_mean(session, "abuot") == "about"
    assert did_you_mean(session, "foundatoin") == "foundation"
    assert did_you_mean(session, "nothing/at/all") is None
