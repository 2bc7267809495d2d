"""Migrations: equal to the models, and up, down and up again with rows in the tables."""

from collections.abc import Iterator
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

import kb.desk.tables
import kb.log.tables
from kb.db import DeskTable, LogTable, open_engine
from kb.db.migrate import current, downgrade, head, revisions, upgrade
from kb.settings import Settings
from tests.support.rows import counts, fill

ROOMS = (kb.desk.tables, kb.log.tables)
MODELS = (DeskTable.metadata, LogTable.metadata)
LISTS = ("get_columns", "get_foreign_keys", "get_indexes", "get_unique_constraints", "get_check_constraints")


@pytest.fixture
def blank(blank_settings: Settings) -> Iterator[Engine]:
    engine = open_engine(blank_settings)
    yield engine
    engine.dispose()


def described(engine: Engine) -> dict[str, Any]:
    """Every table with all that the database says of it, the order of columns aside."""
    inspector = inspect(engine)
    found: dict[str, Any] = {}
    for table in set(inspector.get_table_names()) - {"alembic_version"}:
        lists = {name: sorted(map(repr, map(plain, getattr(inspector, name)(table)))) for name in LISTS}
        found[table] = lists | {"key": inspector.get_pk_constraint(table)}
    return found


def plain(item: dict[str, Any]) -> dict[str, Any]:
    """Types compare by their words."""
    return {key: str(value) if key == "type" else value for key, value in sorted(item.items())}


def test_alembic_sees_no_difference(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, list(MODELS)) == []  # type: ignore[arg-type]


def test_databases_from_models_and_from_migrations_are_the_same(engine: Engine, blank: Engine) -> None:
    # Alembic does not compare check constraints or what a foreign key does on delete.
    for tables in MODELS:
        tables.create_all(blank)
    made, migrated = described(blank), described(engine)
    assert migrated.keys() == made.keys()
    for table, said in made.items():
        assert migrated[table] == said, table


def test_every_constraint_has_a_name(engine: Engine) -> None:
    inspector = inspect(engine)
    for table in inspector.get_table_names():
        if table != "alembic_version":
            named = [one for name in LISTS[1:] for one in getattr(inspector, name)(table)]
            named.append(inspector.get_pk_constraint(table))
            assert all(one["name"] for one in named), table


def test_up_step_by_step_keeps_rows(blank: Engine) -> None:
    for revision in revisions():
        with blank.begin() as connection:
            before = counts(connection)
        upgrade(blank, revision)
        with blank.begin() as connection:
            after = counts(connection)
            lost = {name for name, number in before.items() if after.get(name, number) < number}
            assert not lost, f"{revision} loses rows"
            fill(connection)
    assert current(blank) == head()


def test_down_and_up_again_with_rows(engine: Engine) -> None:
    with engine.begin() as connection:
        fill(connection)
        assert all(counts(connection).values()), "every table has rows"
    before = described(engine)
    for revision in ["base", *revisions()][-2::-1]:
        downgrade(engine, revision)
        assert current(engine) == (None if revision == "base" else revision)
    assert described(engine) == {}
    upgrade(engine)
    assert described(engine) == before


def test_models_of_both_wings_share_no_table() -> None:
    names = [name for tables in MODELS for name in tables.tables]
    assert len(names) == len(set(names))
