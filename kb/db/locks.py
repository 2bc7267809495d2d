"""Locks that are on no row: for what must not happen twice at the same moment."""

from sqlalchemy import Connection, text


def alone(connection: Connection, lock: int) -> None:
    """Wait until nobody else holds this number, and hold it until the transaction ends.

    SQLite needs none: a transaction that writes has the whole database to itself.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})
