"""A place to build a knowledge base in, so that a build that is interrupted is never taken for a whole one."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, make_url

from kb.blobs import Blobs
from kb.db import open_engine, writing
from kb.db.engine import make_data_folder
from kb.db.migrate import current
from kb.documents.label import in_english
from kb.errors import CannotStart
from kb.log import read as log
from kb.settings import Settings
from kb.verify.postgres_copy import take_out_everything

MARK = ".building"


@contextmanager
def building(settings: Settings, desk: str) -> Iterator[Settings]:
    """Settings to build under. What is there of an interrupted build of the same desk is taken away first.

    Raises CannotStart where there is a database with something in it.
    """
    make_data_folder(settings.data)
    inside = _in_a_file(settings) if settings.database.startswith("sqlite") else _in_a_database(settings, desk)
    with inside as place:
        yield place


@contextmanager
def _in_a_file(settings: Settings) -> Iterator[Settings]:
    """Built beside; the database takes its place at the end, after the held files."""
    path = Path(make_url(settings.database).database or "")
    if path.exists():
        raise _taken(str(path))
    beside = path.with_name(f"{MARK}-{path.name}")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        place = settings.model_copy(update={"data": beside, "database_url": None, "read_database_url": None})
        yield place
        for name in Blobs(place.blobs).names():
            Blobs(settings.blobs).put(Blobs(place.blobs).get(name))
        Path(make_url(place.database).database or "").replace(path)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


@contextmanager
def _in_a_database(settings: Settings, desk: str) -> Iterator[Settings]:
    """Built in place under a mark, which goes away at the end."""
    mark = settings.data / MARK
    where = make_url(settings.database).render_as_string(hide_password=True)
    engine = open_engine(settings)
    try:
        interrupted = mark.is_file() and mark.read_text("utf-8") == where and _is_of(engine, desk)
        if interrupted:
            take_out_everything(settings)
        elif current(engine) is not None and not _is_of(engine, None):
            raise _taken(where)
    finally:
        engine.dispose()
    mark.write_text(where, "utf-8")
    yield settings
    mark.unlink()


def _is_of(engine: Engine, desk: str | None) -> bool:
    """True where nothing is published, or where it is this desk that publishes."""
    if current(engine) is None:
        return True
    with writing(engine) as session:
        if log.head(session).seq < 0:
            return True
        return in_english(log.latest_at(session, "foundation").document["byline"]) == desk


def _taken(where: str) -> CannotStart:
    return CannotStart(
        "there is a database here already",
        where=where,
        remedy="Choose another CLAIMBASE_DATA or CLAIMBASE_DATABASE_URL for a new one.",
    )
