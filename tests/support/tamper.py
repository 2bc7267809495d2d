"""Changing what is stored behind the back of everything that guards it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, Table, select, text

from kb.log.tables import EditionRow, LogHead
from kb.projections.catalogue.tables import CatalogueFacet, CatalogueLink, CatalogueRecord, CatalogueText

EDITION = EditionRow.__table__
HEAD = LogHead.__table__
RECORD = CatalogueRecord.__table__
LINK = CatalogueLink.__table__
TEXT = CatalogueText.__table__
FACET = CatalogueFacet.__table__


def disarm(engine: Engine) -> None:
    """Take the log's triggers away, as whoever owns the database can."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            for table in ("edition", "log_head"):
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
            return
        found = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
        for name in found:
            connection.execute(text(f"DROP TRIGGER {name}"))


@contextmanager
def changed(engine: Engine, table: Any, where: Any, **values: Any) -> Iterator[None]:
    """The one row that fits holds other values while the block runs."""
    names = list(values)
    with engine.begin() as connection:
        row = connection.execute(select(table).where(where)).one()._mapping
        before = {name: row[name] for name in names}
        _update(connection, table, row, values)
        after = {**row, **values}
    yield
    with engine.begin() as connection:
        _update(connection, table, after, before)


def other(value: Any) -> Any:
    """Another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1000
    if isinstance(value, bytes):
        return flipped(value, len(value) // 2)
    if isinstance(value, str) and value:
        place = len(value) // 2
        return value[:place] + ("1" if value[place] != "1" else "2") + value[place + 1 :]
    return "x"


def flipped(data: bytes, place: int, bit: int = 1) -> bytes:
    """The bytes with one bit turned."""
    return data[:place] + bytes([data[place] ^ bit]) + data[place + 1 :]


def _update(connection: Connection, table: Table, row: Any, values: dict[str, Any]) -> None:
    keys = [column == row[column.name] for column in table.primary_key]
    done = connection.execute(table.update().where(*keys).values(**values))
    assert done.rowcount == 1
