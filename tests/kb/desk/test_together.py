"""Two at the same moment: the later one sees what the earlier one has done, and is told so in words."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from kb.blobs import Blobs
from kb.db import writing
from kb.desk import history
from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.pages import PageEntry, PageTaken, add_page
from kb.desk.records import hold
from kb.desk.removal import Published
from kb.desk.snapshots import SnapshotEntry, bring_in
from kb.desk.sources import find_source
from kb.desk.tables import Record, Snapshot
from kb.desk.topics import SlugTaken, TopicEntry, add_topic, find_topic, remove_topic
from tests.factories import desk

ME = LOCAL_OPERATOR


@contextmanager
def meanwhile(engine: Engine, act: Callable[[Session], object]) -> Iterator[None]:
    """Somebody else has done this, and commits only when whoever is inside waits for it, or is done."""

    def others() -> None:
        with writing(engine) as session:
            act(session)
            session.flush()
            done.set()
            # Long enough for the other to come to the lock; if it is late, the test only shows less.
            time.sleep(0.5)

    done = threading.Event()
    other = threading.Thread(target=others)
    other.start()
    done.wait()
    yield
    other.join()


def test_two_topics_of_one_name(engine: Engine) -> None:
    entry = TopicEntry(slug="heights", label="Heights")
    with (
        meanwhile(engine, lambda session: add_topic(session, ME, entry)),
        pytest.raises(SlugTaken),
        writing(engine) as session,
    ):
        add_topic(session, ME, entry)


def test_two_pages_of_one_name(engine: Engine) -> None:
    entry = PageEntry(slug="how", name="How", body="So.")
    with (
        meanwhile(engine, lambda session: add_page(session, ME, entry)),
        pytest.raises(PageTaken),
        writing(engine) as session,
    ):
        add_page(session, ME, entry)


def test_the_same_text_sent_twice(engine: Engine, tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "blobs")
    with writing(engine) as session:
        source = desk.source(session).id

    def bring(session: Session) -> None:
        bring_in(session, ME, find_source(session, source), SnapshotEntry(), b"Words.", blobs)

    with meanwhile(engine, bring), writing(engine) as session:
        bring(session)
    with writing(engine) as session:
        assert session.scalar(select(func.count()).select_from(Snapshot)) == 1


def test_what_is_published_at_this_moment_is_not_taken_off(engine: Engine) -> None:
    with writing(engine) as session:
        topic = add_topic(session, ME, TopicEntry(slug="heights", label="Heights")).id

    def publish(session: Session) -> None:
        hold(session, topic)
        history.note(session, ME, history.PUBLISH, topic)

    with meanwhile(engine, publish), pytest.raises(Published), writing(engine) as session:
        remove_topic(session, ME, find_topic(session, topic))
    with writing(engine) as session:
        assert session.get(Record, topic) is not None
