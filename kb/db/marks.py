"""Marks of a database's state: while the mark stays the same, nothing that can be read there has changed."""

from contextlib import suppress
from pathlib import Path
from sqlite3 import Connection, DatabaseError

from sqlalchemy import Engine, PoolProxiedConnection
from sqlalchemy.exc import SQLAlchemyError

# Compared and never looked into.
Mark = tuple[object, ...]


class Marks:
    """`now`, for one thread at a time, asks SQLite itself whether anybody has committed; no statement is sent.

    SQLite counts the commits of all other connections, whatever process they are in (`PRAGMA data_version`), and tells
    at once. That takes a connection of its own, which never writes and has no transaction open. The file is looked at
    as well, since another one may have taken its place: `recover` does that.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._is_told = engine.dialect.name == "sqlite"
        self._held: PoolProxiedConnection | None = None
        self._connection: Connection | None = None
        self._path = Path((engine.url.database or "").removeprefix("file:"))
        self._file: tuple[int, int] | None = None
        self._opened = 0

    def now(self) -> Mark | None:
        """None where it is not known: the database is away or busy, or is one that cannot tell without a round trip.

        What is read after this call is at least as new as the mark.
        """
        if not self._is_told:
            return None
        try:
            if self._connection is None:
                self._connection = self._open()
            found = self._path.stat()
            if (found.st_dev, found.st_ino) != self._file:
                # The connection is to a file that is not there any more.
                self.close()
                return None
            (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        except (DatabaseError, SQLAlchemyError, OSError):
            self.close()
            return None
        return self._opened, version, found.st_size, found.st_mtime_ns

    def close(self) -> None:
        """Give the connection back; the next mark is of a new one, and equals none before."""
        if self._held is not None:
            with suppress(SQLAlchemyError, DatabaseError):
                self._held.close()
        self._held = self._connection = None

    def _open(self) -> Connection:
        # Looked at before: should another file take its place meanwhile, the look after the opening sees it.
        found = self._path.stat()
        self._file = (found.st_dev, found.st_ino)
        held = self._engine.raw_connection()
        self._held = held
        connection = held.driver_connection
        if not isinstance(connection, Connection):
            raise TypeError("an engine over SQLite has connections of sqlite3")
        # Whoever asks must not be kept waiting: what is busy is asked about in the ordinary way.
        connection.execute("PRAGMA busy_timeout=0")
        self._opened += 1
        return connection
