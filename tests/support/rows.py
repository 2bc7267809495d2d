"""Rows for every table that a database has, whatever its revision: enough to see whether a migration keeps them."""

import re
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Integer, LargeBinary, MetaData, String, Table, func, inspect, select

# Where the rows' rules are stricter than one column's type and its closed list.
SPECIAL: dict[tuple[str, str], tuple[Any, Any]] = {
    ("edition", "seq"): (0, 1),
    ("edition", "version"): (1, 2),
    ("edition", "prev"): (None, "prev"),
    ("edition", "parent"): (None, "parent"),
    ("passage", "state"): ("unseen", "unseen"),
    ("segment", "start_at"): (0, 0),
    ("search", "searched_in"): ("a library", "a library"),
    ("search", "searched_on"): ("2026-11-01", "2026-11-01"),
    ("reply", "name"): ("a name", "a name"),
}
# The migration itself puts the one row in.
FULL = {"alembic_version", "log_head"}


def fill(connection: Connection) -> None:
    """Put two rows into each empty table; references go to rows that were put in before."""
    for table in _tables(connection):
        if table.name not in FULL and not connection.scalar(select(func.count()).select_from(table)):
            listed = _listed(connection, table)
            for n in (0, 1):
                connection.execute(table.insert().values({c.name: _value(table, c, n, listed) for c in table.columns}))


def counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    found = {table.name: connection.scalar(select(func.count()).select_from(table)) for table in _tables(connection)}
    return {name: number or 0 for name, number in found.items() if name != "alembic_version"}


def _tables(connection: Connection) -> list[Table]:
    metadata = MetaData()
    metadata.reflect(connection)
    return metadata.sorted_tables


def _listed(connection: Connection, table: Table) -> dict[str, str]:
    """Column → the first word of its closed list, read from the check constraints."""
    checks = [one["sqltext"] for one in inspect(connection).get_check_constraints(table.name)]
    found = [re.match(r"\W*(\w+)\W[^']*?(?:IN|ANY)\b[^']*'([^']+)'", check) for check in checks]
    return {match[1]: match[2] for match in found if match}


def _value(table: Table, column: Column[Any], n: int, listed: dict[str, str]) -> Any:
    if (table.name, column.name) in SPECIAL:
        return SPECIAL[table.name, column.name][n]
    if column.foreign_keys:
        return _reference(table, column, n)
    if column.name in listed and not column.nullable:
        return listed[column.name]
    if column.nullable:
        return None
    if isinstance(column.type, Boolean):
        return False
    if isinstance(column.type, Integer):
        return n + 1
    if isinstance(column.type, LargeBinary):
        return bytes([n])
    length = column.type.length if isinstance(column.type, String) else None
    return f"{n}{column.name}"[:length]


def _reference(table: Table, column: Column[Any], n: int) -> Any:
    """The key of a row of the other table; a second reference to that table goes to its other row."""
    target = next(iter(column.foreign_keys)).column
    if column.nullable:
        return None
    same = [c for c in table.columns if any(key.column.table is target.table for key in c.foreign_keys)]
    turned = (n + [c.name for c in same].index(column.name)) % 2
    if target.foreign_keys:
        return _reference(target.table, target, turned)
    return _value(target.table, target, turned, {})
