"""A desk of one's own for each test, or one for all tests of a module, on both databases."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from kb.settings import Settings
from tests.support.databases import Stock, settings_for
from tests.support.desk import Editor, TestDesk, open_desk
from tests.support.matter import Matter, laid_out

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture
def desk(founded_settings: Settings) -> Iterator[TestDesk]:
    """A knowledge base that was just founded."""
    with open_desk(founded_settings) as opened:
        yield opened


@pytest.fixture
def editor(desk: TestDesk) -> Editor:
    """Somebody who may draft and weigh, signed in."""
    return desk.editor("R. Roe", "editor")


@pytest.fixture(scope="module", params=BOTH)
def common_desk(
    request: pytest.FixtureRequest, stock: Callable[[str], Stock], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TestDesk]:
    """One for all tests of a module; each has accounts and records of its own there."""
    with _founded(stock(request.param), tmp_path_factory, "127.0.0.1") as opened:
        yield opened


@pytest.fixture(scope="module", params=BOTH)
def open_to_all(
    request: pytest.FixtureRequest, stock: Callable[[str], Stock], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TestDesk]:
    """The same, reached from other machines: who reviews, publishes or lets people in needs a second factor."""
    with _founded(stock(request.param), tmp_path_factory, "0.0.0.0") as opened:
        yield opened


@contextmanager
def _founded(stock: Stock, folders: pytest.TempPathFactory, host: str) -> Iterator[TestDesk]:
    folder = folders.mktemp("desk")
    with stock.founded(folder) as url, open_desk(settings_for(folder, url), host=host) as opened:
        yield opened


@pytest.fixture
def matter(desk: TestDesk) -> Matter:
    """A claim to weigh."""
    return laid_out(desk)
