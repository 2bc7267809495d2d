"""A library with a life of corrections, shared by all tests that only read it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from app.main import create_app
from kb.db import open_engine
from tests.app.conftest import Library, own_pages
from tests.support.abroad import Abroad, opened_abroad
from tests.support.corrected import Corrected, correct
from tests.support.databases import Stock, settings_for
from tests.support.knowledge import publish_knowledge
from tests.support.reader import Reader
from tests.support.shelf import Shelf, opened_shelf


@dataclass
class Life:
    """A library, and the records in it that changed."""

    library: Library
    corrected: Corrected

    @property
    def reader(self) -> Reader:
        return self.library.reader

    @property
    def page(self) -> str:
        """The path of the claim with six versions."""
        return self.corrected.page


@pytest.fixture(scope="session")
def lives(stock: Callable[[str], Stock], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Life]]:
    """One for each database."""
    made: dict[str, tuple[Life, Callable[[], None]]] = {}

    def of(kind: str) -> Life:
        if kind not in made:
            folder = tmp_path_factory.mktemp("life")
            database = stock(kind).migrated(folder)
            settings = settings_for(folder, database.__enter__())
            writer = open_engine(settings)
            known = publish_knowledge(writer, folder)
            own_pages(known, writer)
            corrected = correct(writer, known)
            writer.dispose()
            reader = Reader(create_app(settings, public_only=True)).__enter__()

            def close() -> None:
                reader.__exit__(None, None, None)
                database.__exit__(None, None, None)

            library = Library(known, reader, reader.app.state.door.engine, settings)
            made[kind] = (Life(library, corrected), close)
        return made[kind][0]

    yield of
    for _, close in made.values():
        close()


@pytest.fixture
def life(database_kind: str, lives: Callable[[str], Life]) -> Life:
    """The claim with six versions, in a library that nothing writes to."""
    return lives(database_kind)


@pytest.fixture(scope="session")
def abroad(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Abroad]:
    """Served at its own address, for all tests that bring a client of their own."""
    with opened_abroad(tmp_path_factory.mktemp("abroad")) as opened:
        yield opened


@pytest.fixture(scope="module")
def shelf(libraries: Callable[[str], Library], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """The files of a library, for tests that only read."""
    library = libraries("sqlite")
    with opened_shelf(library.settings, library.engine, tmp_path_factory.mktemp("shelf")) as made:
        yield made
