"""The log's end is read where the database was written to, and not otherwise."""

import asyncio
from pathlib import Path

from sqlalchemy import Engine

from app.public.sparql.ends import LogEnd
from app.web.door import open_door
from kb.db import open_reading_engine, writing
from kb.db.marks import Mark
from kb.settings import Settings
from tests.factories.documents import topic
from tests.support.knowledge import publish_knowledge


def test_it_is_read_again_once_somebody_has_written(engine: Engine, settings: Settings, tmp_path: Path) -> None:
    known = publish_knowledge(engine, tmp_path)
    readers = open_reading_engine(settings)
    marks: list[Mark | None] = [(1,), (1,), (2,), None, (2,)]
    end = LogEnd(open_door(readers, settings), lambda: marks.pop(0))
    assert asyncio.run(end.head()).seq == 12
    press = known.world.press
    with writing(engine) as session:
        press.publish(session, "topic", topic(press.name("topic", "after"), "After"), issued="2026-11-28T09:00:00Z")
    # The database has not said so yet.
    assert asyncio.run(end.head()).seq == 12
    assert asyncio.run(end.head()).seq == 13
    with writing(engine) as session:
        press.publish(session, "topic", topic(press.name("topic", "last"), "Last"), issued="2026-11-28T09:00:00Z")
    # Where nobody can tell, the log is asked, and nothing is kept of it.
    assert asyncio.run(end.head()).seq == 14
    assert asyncio.run(end.head()).seq == 13
    readers.dispose()
