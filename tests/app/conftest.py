"""The readers' app over small invented knowledge bases, on both databases."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.main import create_app
from kb.db import open_engine, writing
from kb.projections.follow import catch_up
from kb.settings import Settings
from tests.factories.documents import page
from tests.support.databases import Stock, settings_for
from tests.support.knowledge import Knowledge, publish_knowledge
from tests.support.reader import Reader

LATER = "2026-11-28T09:00:00Z"
HERE = Path(__file__).parent
# Pages and commands whose statements differ between the databases, or that open one themselves. What stands behind all
# of them, verbs, log and catalogue, is always tried on both.
ON_BOTH = frozenset(
    {"test_bring_in", "test_history", "test_lists", "test_lost_database", "test_main", "test_place", "test_publishing"}
    | {"test_questions", "test_queue", "test_records", "test_search", "test_topics"}
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Any other page or command over PostgreSQL is for `make test-all`."""
    for item in items:
        if HERE in item.path.parents and "postgresql" in item.name and item.path.stem not in ON_BOTH:
            item.add_marker(pytest.mark.slow)


@dataclass
class Library:
    """A published knowledge base, and a reader in it. `engine` is the readers' own."""

    known: Knowledge
    reader: Reader
    engine: Engine
    settings: Settings


def own_pages(known: Knowledge, engine: Engine) -> None:
    """The pages that every knowledge base has beside the method."""
    press = known.world.press
    with writing(engine) as session:
        for slug in ("about", "glossary", "corrections-policy"):
            text = f"# Invented\n\nText of {slug}, with a [link](/method) and **weight**."
            press.publish(session, "page", page(press.name("page", slug), slug.capitalize(), text), issued=LATER)
    catch_up(engine)


@pytest.fixture(scope="session")
def libraries(
    stock: Callable[[str], Stock], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Library]]:
    """One library for each database, for all tests that only read."""
    made: dict[str, tuple[Library, Callable[[], None]]] = {}

    def of(kind: str) -> Library:
        if kind not in made:
            made[kind] = _open(stock(kind), tmp_path_factory.mktemp("library"))
        return made[kind][0]

    yield of
    for _, close in made.values():
        close()


def _open(stock: Stock, folder: Path) -> tuple[Library, Callable[[], None]]:
    database = stock.migrated(folder)
    settings = settings_for(folder, database.__enter__())
    writer = open_engine(settings)
    known = publish_knowledge(writer, folder)
    own_pages(known, writer)
    writer.dispose()
    reader = Reader(create_app(settings, public_only=True)).__enter__()

    def close() -> None:
        reader.__exit__(None, None, None)
        database.__exit__(None, None, None)

    return Library(known, reader, reader.app.state.door.engine, settings), close


@pytest.fixture
def library(database_kind: str, libraries: Callable[[str], Library]) -> Library:
    """A library that nothing writes to, shared by the tests of a run."""
    return libraries(database_kind)


@pytest.fixture
def reader(library: Library) -> Reader:
    """The reader in the shared library."""
    return library.reader


@pytest.fixture
def own_library(settings: Settings, engine: Engine, tmp_path: Path) -> Iterator[Library]:
    """A library of the test's own, served by an app that follows its log."""
    known = publish_knowledge(engine, tmp_path)
    own_pages(known, engine)
    with Reader(create_app(settings)) as opened:
        yield Library(known, opened, opened.app.state.door.engine, settings)
