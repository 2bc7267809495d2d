"""Starting the app: what it refuses, what it writes, and how it keeps up with the log."""

import json
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from fastapi import FastAPI
from pydantic import BaseModel
from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError

from app.following import Follower, look_at_log
from app.main import create_app
from app.web import errors
from kb.db import open_reading_engine, reading, writing
from kb.documents import addresses
from kb.errors import CannotStart
from kb.log.append import append
from kb.log.tables import EditionRow
from kb.projections.follow import catch_up, lag
from kb.settings import Settings
from tests.app.conftest import Library
from tests.factories.documents import content_of, topic
from tests.support.editions import corpus
from tests.support.knowledge import publish_knowledge
from tests.support.reader import Reader, read


def test_nothing_founded_cannot_be_served(settings: Settings) -> None:
    with pytest.raises(CannotStart, match="no knowledge base"):
        create_app(settings)


def test_another_base_is_refused(settings: Settings, engine: Engine, tmp_path: Path) -> None:
    publish_knowledge(engine, tmp_path)
    other = settings.model_copy(update={"base": "https://facts.example.org/"})
    with pytest.raises(CannotStart, match="founded under http://localhost:8000/"):
        create_app(other)


def test_a_schema_that_is_missing_is_refused_where_nothing_may_be_written(blank_settings: Settings) -> None:
    with pytest.raises(CannotStart):
        create_app(blank_settings, public_only=True)


def test_readers_cannot_write(library: Library) -> None:
    with pytest.raises(DBAPIError), library.reader.app.state.door.open() as session:
        session.execute(EditionRow.__table__.delete())


def test_the_app_catches_up_at_its_start_and_while_it_runs(settings: Settings, engine: Engine, tmp_path: Path) -> None:
    known = publish_knowledge(engine, tmp_path)
    press = known.world.press
    with writing(engine) as session:
        press.publish(session, "topic", topic(press.name("topic", "before"), "Before"), issued="2026-11-28T09:00:00Z")
    with Reader(create_app(settings)) as reader:
        assert "Before" in reader.page("/topics").text
        with writing(engine) as session:
            press.publish(session, "topic", topic(press.name("topic", "after"), "After"), issued="2026-11-28T09:00:00Z")
        assert wait_until(lambda: "After" in reader.page("/topics").text)
        assert reader.get("/readyz").json()["ready"] is True


def test_readers_alone_follow_nothing(settings: Settings, engine: Engine, tmp_path: Path) -> None:
    known = publish_knowledge(engine, tmp_path)
    press = known.world.press
    with Reader(create_app(settings, public_only=True)) as reader:
        with writing(engine) as session:
            press.publish(session, "topic", topic(press.name("topic", "after"), "After"), issued="2026-11-28T09:00:00Z")
        assert reader.get("/readyz").json()["details"]["lag"]["catalogue"] == 1
        assert "This list is 1 edition behind the log." in reader.page("/topics").text
        assert reader.get("/topics.json").json()["behind"] == 1
        # The record's own page needs no catalogue.
        assert "After" in reader.page("/topics/after").text


def test_following_takes_no_write_lock_while_there_is_nothing_to_do(
    settings: Settings, engine: Engine, tmp_path: Path
) -> None:
    publish_knowledge(engine, tmp_path)
    readers = open_reading_engine(settings)
    look = partial(look_at_log, engine, readers)
    follower = Follower("lists", look, every=0.01)
    assert look() == 0
    with writing(engine) as session:
        session.execute(select(EditionRow.seq).limit(1))
        follower.start()
        time.sleep(0.1)
        follower.stop()
    readers.dispose()


def test_following_goes_on_after_a_fault(
    settings: Settings, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = publish_knowledge(engine, tmp_path)
    press = known.world.press
    readers = open_reading_engine(settings)
    follower = Follower("lists", partial(look_at_log, engine, readers), every=0.01)
    faults = []

    def fails_twice(of: Engine) -> int:
        if len(faults) < 2:
            faults.append(1)
            raise RuntimeError("the database is away")
        return catch_up(of)

    monkeypatch.setattr("app.following.catch_up", fails_twice)
    with writing(engine) as session:
        press.publish(session, "topic", topic(press.name("topic", "after"), "After"), issued="2026-11-28T09:00:00Z")
    follower.start()

    def caught_up() -> bool:
        with reading(readers) as session:
            return not any(lag(session).values())

    assert wait_until(caught_up)
    follower.stop()
    readers.dispose()
    assert len(faults) == 2


def test_values_that_are_not_valid_are_never_echoed(library: Library) -> None:
    class Body(BaseModel):
        number: int

    app = FastAPI()
    app.state.door = library.reader.app.state.door
    errors.install(app)

    def take(body: Body) -> str:
        return str(body)

    app.post("/take")(take)
    with Reader(app) as reader:
        huge = "x" * 3_000_000
        for content in (json.dumps({"number": huge}), '{"number": NaN}', '{"number": "\\ud800"}', '{"number": 1e400}'):
            reply = reader.send("/take", content)
            assert reply.status_code == 422
            assert len(reply.content) < 1_000
            assert reply.json()["errors"][0]["pointer"].startswith("/body")


@pytest.mark.corpus
def test_the_sample_says_so_on_every_page(settings: Settings, engine: Engine, shared: Path) -> None:
    """The corpus' own documents, of a desk called “Sample desk”."""
    publish_corpus(engine, shared)
    with Reader(create_app(settings)) as reader:
        for path in (
            "/",
            "/claims",
            "/log",
            "/claims/37d2qfnqr",
            "/claims/ngpr8acpm/v1",
            "/sources/84y8r27hg",
            "/nothing",
        ):
            text = reader.ask(path, Accept="text/html").text
            assert "<b>Sample.</b> For trying out; the addresses are of this machine." in text, path
            assert '<meta name="robots" content="noindex">' in text, path
        page = reader.page("/claims/37d2qfnqr").text
        assert "Walid Abu Rouk denies it. Was Walid Abu Rouk affiliated with Hamas?" in page
        assert "“At no point in time was I ever associated with Hamas.”" in page
        own = "Walid Abu Rouk denies it. Walid Abu Rouk: “I am not a member of Hamas.” Hamas denies the report."
        assert f"{own} Was Walid Abu Rouk affiliated with Hamas? Disputed" in reader.page("/claims").text
        assert reader.get("/claims/ngpr8acpm.json").json()["standing"]["sample"] is True
        c04 = reader.page("/claims/ngpr8acpm").text
        assert "Partly supported; the year is contradicted" in c04
        assert "Only in part: unit, fake, one network." in c04
        assert "15 items from 3 independent origins" in c04


def publish_corpus(engine: Engine, shared: Path) -> None:
    given = sorted(corpus(shared), key=lambda one: (one.document["change"] != "foundation", one.document["issued"]))
    with writing(engine) as session:
        for document in sorted((one.document for one in given), key=lambda one: one["version"] > 1):
            kind = addresses.kind_of(addresses.record_of(document["editionOf"]))
            append(session, document, record_kind=kind, content_digest=content_of(document))
    catch_up(engine)


def wait_until(met: Callable[[], bool], seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while not met():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def test_pages_of_a_real_desk_carry_no_sample_mark(own_library: Library) -> None:
    text = own_library.reader.page("/").text
    assert "Sample" not in text
    assert read(own_library.reader.get("/").text).title.endswith("Claimbase")
