"""Engines: many at one new file, and no plan that is kept."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import Engine, text

from kb.db.engine import open_engine
from kb.settings import Settings


def test_many_open_a_new_file_at_once(tmp_path: Path) -> None:
    together = 8
    # One round met the lock in about one of seven trials, before it was waited for.
    for round_ in range(30):
        settings = Settings(data=tmp_path / str(round_))
        engines = [open_engine(settings) for _ in range(together)]
        gate = Barrier(together)

        def first_look(number: int) -> str:
            gate.wait()  # noqa: B023 - each round ends before the next one begins
            with engines[number].begin() as connection:  # noqa: B023
                return str(connection.execute(text("PRAGMA journal_mode")).scalar_one())

        with ThreadPoolExecutor(together) as pool:
            assert set(pool.map(first_look, range(together))) == {"wal"}
        for engine in engines:
            engine.dispose()


@pytest.mark.parametrize("database_kind", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_each_statement_is_planned_for_its_own_values(engine: Engine) -> None:
    """A kept plan looks for a rare word by reading every claim."""
    with engine.begin() as connection:
        for number in range(12):
            connection.execute(text("SELECT 1 WHERE :number > 3"), {"number": number})
        assert connection.scalar(text("SELECT count(*) FROM pg_prepared_statements")) == 0
