"""Engines: SQLite and PostgreSQL, opened for writing or for reading only."""

from pathlib import Path
from sqlite3 import SQLITE_BUSY, SQLITE_BUSY_RECOVERY, SQLITE_BUSY_SNAPSHOT, OperationalError
from sqlite3 import Connection as SqliteConnection
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.pool import NullPool

from kb.errors import CannotStart
from kb.settings import Settings

BUSY_SECONDS = 10

LOCKED = {SQLITE_BUSY, SQLITE_BUSY_RECOVERY, SQLITE_BUSY_SNAPSHOT}


def open_engine(settings: Settings, *, read_only: bool = False) -> Engine:
    """The desk's engine. Every SQLite transaction on one that writes begins with BEGIN IMMEDIATE.

    SQLAlchemy's default lets two writers read the same state and lose one update without an error.
    """
    if settings.database.startswith("sqlite") and not read_only:
        make_data_folder(settings.data)
    return _open(settings.database, read_only=read_only)


def open_reading_engine(settings: Settings) -> Engine:
    """The readers' engine: the database itself refuses to write through it."""
    return _open(settings.read_database_url or settings.database, read_only=True)


def _open(url: str, *, read_only: bool) -> Engine:
    # Both hide parameters: an error that goes into a log would else tell drafts, hashes and secrets.
    return _sqlite(url, read_only=read_only) if url.startswith("sqlite") else _postgres(url, read_only=read_only)


def make_data_folder(folder: Path) -> None:
    """Make the data folder. Raises CannotStart where it cannot be written to."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.touch()
        # Another process may look at the same moment, and take the probe away first.
        probe.unlink(missing_ok=True)
    except OSError as error:
        raise CannotStart(
            f"the data folder cannot be written to ({error.strerror})",
            where=str(folder),
            remedy="Set CLAIMBASE_DATA to a folder that you may write to.",
        ) from error


def _sqlite(url: str, *, read_only: bool = False) -> Engine:
    path = make_url(url).database or ""
    if read_only:
        url = f"sqlite:///file:{path}?mode=ro&uri=true"
    # A pooled read-only handle would keep a replaced file (after `recover`) open for ever.
    pool = NullPool if read_only else None
    how = {"timeout": BUSY_SECONDS, "check_same_thread": False}
    engine = create_engine(url, connect_args=how, poolclass=pool, hide_parameters=True)

    def prepare(connection: SqliteConnection, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin transactions of its own
        for pragma in (
            "foreign_keys=ON",
            "trusted_schema=OFF",
            "cell_size_check=ON",
            f"busy_timeout={BUSY_SECONDS * 1000}",
        ):
            connection.execute(f"PRAGMA {pragma}")
        if read_only:
            connection.execute("PRAGMA query_only=ON")
        else:
            _write_ahead(connection)
            for pragma in ("synchronous=FULL", "secure_delete=ON"):
                connection.execute(f"PRAGMA {pragma}")

    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", begin)
    return engine


def _write_ahead(connection: SqliteConnection) -> None:
    """Let the file keep a write-ahead log, as soon as nobody else is making it do so.

    SQLite does not wait for a lock where two connections change the mode of a new file: it answers
    “locked” at once (its documentation of the busy handler says why: both could wait for ever).
    """
    until = monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except OperationalError as error:
            if error.sqlite_errorcode not in LOCKED or monotonic() > until:
                raise
        sleep(0.01)


def _postgres(url: str, *, read_only: bool = False) -> Engine:
    parsed = make_url(url)
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    options = "-c statement_timeout=60s -c lock_timeout=30s -c idle_in_transaction_session_timeout=120s"
    # A plan that is thought to be costly is compiled first, which takes longer than most of ours run.
    options += " -c jit=off"
    if read_only:
        options += " -c default_transaction_read_only=on"
    # Planned for the values it is asked with: for any word alike, PostgreSQL plans a search as if none were rare.
    how = {"options": options, "prepare_threshold": None}
    return create_engine(parsed, pool_size=10, pool_pre_ping=True, connect_args=how, hide_parameters=True)
