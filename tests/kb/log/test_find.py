"""An edition is found by its digest, and a record by its address or the id that ends it."""

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kb.log import find, read
from tests.factories.documents import BASE, Press, page, topic


@pytest.fixture
def press(session: Session) -> Press:
    made = Press()
    made.found(session)
    about = made.name("page", "about")
    made.publish(session, "page", page(about, "About"))
    made.publish(session, "topic", topic(made.name("topic", "high-mountains"), "High mountains"))
    made.publish(session, "page", page(about, "About us"), "correction", "2026-11-26T09:00:00Z")
    return made


def test_by_digest(session: Session, press: Press) -> None:
    first = read.version(session, "about", 1)
    assert find.by_digest(session, first.digest) == first
    assert find.by_digest(session, first.digest.upper()) is None
    assert find.by_digest(session, "0" * 64) is None


def test_the_newest_at_an_address_or_of_an_id(session: Session, press: Press) -> None:
    newest = read.version(session, "about", 2)
    heights = press.ids[f"{BASE}topics/high-mountains#it"]
    assert find.newest(session, "about") == find.newest(session, press.ids[f"{BASE}about#it"]) == newest
    found = find.newest(session, f"topics/{heights}")
    assert found is not None
    assert found.address == "topics/high-mountains"
    assert find.newest(session, "abou") is find.newest(session, "claims/zzzzzzzz") is None


def test_the_digest_is_looked_up_in_an_index(engine: Engine) -> None:
    """A hundred thousand editions are not read through for one citation."""
    with engine.connect() as connection:
        if engine.dialect.name != "sqlite":
            connection.exec_driver_sql("SET enable_seqscan = off")
        explain = "EXPLAIN QUERY PLAN" if engine.dialect.name == "sqlite" else "EXPLAIN"
        plan = connection.exec_driver_sql(f"{explain} SELECT seq FROM edition WHERE digest = '{'0' * 64}'").all()
    assert "index" in str(plan).lower()
    assert "digest" in str(plan)
