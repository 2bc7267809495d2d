"""The knowledge base that a command works on: settings, database, blobs and what the foundation says."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kb.blobs import Blobs
from kb.db import open_engine, reading
from kb.db.migrate import check_schema, current
from kb.errors import CannotStart, Missing
from kb.log import read as log
from kb.projections.follow import catch_up
from kb.settings import Settings, read_settings
from kb.verify.known import remember_head


@dataclass(frozen=True)
class KnowledgeBase:
    """One that is founded: `base` is the address in its foundation, `method` the version of the method in force."""

    settings: Settings
    engine: Engine
    blobs: Blobs
    base: str
    method: int


def settings_in_force() -> Settings:
    """From the environment and the file that CLAIMBASE_CONFIG names."""
    return read_settings(os.environ)


@contextmanager
def knowledge_base() -> Iterator[KnowledgeBase]:
    """Open it. Raises CannotStart where there is none, or where its schema does not fit this code."""
    settings = settings_in_force()
    if settings.database_url is None and not (settings.data / "claimbase.db").exists():
        raise _not_there(settings)
    engine = open_engine(settings)
    try:
        if current(engine) is None:
            raise _not_there(settings)
        check_schema(engine)
        yield _open(settings, engine)
    finally:
        engine.dispose()


@contextmanager
def reading_engine(settings: Settings) -> Iterator[Engine]:
    """An engine over desk and log that takes no lock and cannot write."""
    engine = open_engine(settings, read_only=True)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def looking(settings: Settings) -> Iterator[Session]:
    """A session on such an engine."""
    with reading_engine(settings) as engine, reading(engine) as session:
        yield session


def follow(knowledge: KnowledgeBase) -> None:
    """After a commit: bring the projections up to the log, and note its head beside the database."""
    catch_up(knowledge.engine)
    with looking(knowledge.settings) as session:
        remember_head(knowledge.settings, log.head(session))


def _open(settings: Settings, engine: Engine) -> KnowledgeBase:
    with looking(settings) as session:
        try:
            foundation = log.latest_at(session, "foundation")
        except Missing as missing:
            raise _not_there(settings) from missing
        method = log.latest_at(session, "method").version
    base = str(foundation.document["mainEntity"]["baseAddress"])
    if settings.base is not None and settings.base != base:
        raise CannotStart(
            f"CLAIMBASE_BASE is {settings.base}, but this knowledge base was founded under {base}",
            where=str(settings.data),
            remedy="The base address is fixed for good: unset CLAIMBASE_BASE, or choose another CLAIMBASE_DATA.",
        )
    return KnowledgeBase(settings, engine, Blobs(settings.blobs), base, method)


def _not_there(settings: Settings) -> CannotStart:
    return CannotStart(
        "there is no knowledge base here",
        where=str(settings.database_url or settings.data),
        remedy="Run `claimbase init --base https://your.address/ --empty`, or `claimbase init --sample` to try it out.",
    )
