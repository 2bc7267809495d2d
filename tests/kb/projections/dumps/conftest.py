"""Dumps over a log of thirteen entries, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from kb.db import open_reading_engine
from kb.projections.dumps.keeping import Dumps
from kb.settings import Settings
from tests.support.dumped import Clock
from tests.support.knowledge import Knowledge, publish_knowledge

HERE = Path(__file__).parent
# What befalls files is the same whatever the database.
OF_FILES = "test_harmed"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Harmed files over PostgreSQL are for `make test-all`."""
    for item in items:
        if item.path.parent == HERE and item.path.stem == OF_FILES and "postgresql" in item.name:
            item.add_marker(pytest.mark.slow)


@pytest.fixture
def kb(engine: Engine, tmp_path: Path) -> Knowledge:
    return publish_knowledge(engine, tmp_path)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def readers(settings: Settings) -> Iterator[Engine]:
    opened = open_reading_engine(settings)
    yield opened
    opened.dispose()


@pytest.fixture
def dumps(readers: Engine, kb: Knowledge, tmp_path: Path, clock: Clock) -> Dumps:
    """Over a log of thirteen entries; nothing is made yet."""
    return Dumps(readers, tmp_path / "dumps", clock)
