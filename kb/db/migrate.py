"""The schema's way from one revision to the next, by the migrations that ship with the code."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.util import find_spec
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from kb.errors import Broken, CannotStart, Conflict

# Any number will do, as long as every process that migrates a Claimbase takes the same.
LOCK = 0x636C61696D62
LOCK_SECONDS = 60


def head() -> str | None:
    """The newest revision that this code knows; None where it has no migrations."""
    return _scripts().get_current_head()


def revisions() -> list[str]:
    """All revisions that this code knows, the oldest first."""
    return [script.revision for script in _scripts().walk_revisions()][::-1]


def current(engine: Engine) -> str | None:
    """The revision of the database; None where it has no schema yet.

    Asked beside SQLAlchemy's transactions: on SQLite those begin by taking the write lock,
    and a reader must not wait for a long import. Raises CannotStart where the database does not answer.
    """
    try:
        with closing(engine.raw_connection()) as raw, closing(raw.cursor()) as cursor:
            cursor.execute(_LOOK[engine.dialect.name])
            if cursor.fetchone() is None:
                return None
            cursor.execute("SELECT version_num FROM alembic_version")
            row = cursor.fetchone()
            return str(row[0]) if row else None
    except (DBAPIError, engine.dialect.loaded_dbapi.Error) as error:
        reason = str(error).strip().splitlines()[0]
        raise CannotStart(
            f"the database cannot be read ({reason})",
            where=_place(engine),
            remedy="Start the database, or set CLAIMBASE_DATABASE_URL or CLAIMBASE_DATA to the right one.",
        ) from error


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the schema to `revision`, whole or not at all; what stands there already is left alone.

    Exactly one process migrates at a time: the others wait, then find nothing to do.
    """
    _refuse_newer(engine)
    with _alone(engine) as connection:
        command.upgrade(_config(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the schema back to `revision` ("base" for none), whole or not at all."""
    _refuse_newer(engine)
    with _alone(engine) as connection:
        command.downgrade(_config(connection), revision)


def check_schema(engine: Engine) -> None:
    """Make sure, at start, that code and schema fit.

    An older SQLite file is copied and upgraded; on PostgreSQL, and where nothing may be written, an older schema is
    refused. Raises CannotStart.
    """
    found = current(engine)
    if found == head():
        return
    _refuse_newer(engine)
    if engine.dialect.name != "sqlite" or _is_read_only(engine):
        what = "the database has no schema yet" if found is None else "the database is older than this Claimbase"
        raise CannotStart(what, where=_place(engine), remedy="Run `claimbase migrate`.")
    if found is not None:
        copy_before(engine, found)
    upgrade(engine)


def copy_before(engine: Engine, revision: str) -> Path:
    """Copy a SQLite database beside itself, as it is before it leaves `revision`; gives the copy's path."""
    path = Path(engine.url.database or "")
    kept, made = (path.with_name(f"{path.name}.{end}") for end in (f"before-{revision}", f"copy-{revision}"))
    # The backup API sees one state of a database in use; a copied file would lack what is still in its journal.
    with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(made)) as new:
        old.backup(new)
        row = new.execute("SELECT version_num FROM alembic_version").fetchone()
    # Another process may have upgraded in between: then the copy is of the new schema, and that process kept the old.
    if row == (revision,):
        made.replace(kept)
    else:
        made.unlink()
    return kept


_LOOK = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'",
    "postgresql": "SELECT 1 WHERE to_regclass('alembic_version') IS NOT NULL",
}


def _refuse_newer(engine: Engine) -> None:
    found = current(engine)
    if found is not None and found not in revisions():
        raise CannotStart(
            f"the database has schema {found}, which this Claimbase does not know: it was made by a newer one",
            where=_place(engine),
            remedy="Install the newer Claimbase, or recover a backup made by this one.",
        )


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """One transaction in which nobody else migrates, with the data's references checked before it is committed."""
    if engine.dialect.name == "sqlite":
        with _without_foreign_keys(engine) as connection, connection.begin():
            yield connection
            _check_references(connection)
        return
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'"))
        try:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        except DBAPIError as error:
            raise Conflict("another process has been migrating this database for a minute", remedy="Wait.") from error
        yield connection


@contextmanager
def _without_foreign_keys(engine: Engine) -> Iterator[Connection]:
    """A connection on which a table can be rewritten: dropping the old one would else delete all that refers to it.

    SQLite ignores this switch inside a transaction, so it is thrown on the driver, before there is one.
    """
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        if not isinstance(driver, sqlite3.Connection):
            raise TypeError("not a SQLite connection")
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            yield connection
        finally:
            driver.execute("PRAGMA foreign_keys=ON")


def _check_references(connection: Connection) -> None:
    lost = connection.execute(text("PRAGMA foreign_key_check")).first()
    if lost is not None:
        raise Broken(f"the migration left a row of {lost[0]} without the row of {lost[2]} that it refers to")


def _is_read_only(engine: Engine) -> bool:
    with closing(engine.raw_connection()) as raw, closing(raw.cursor()) as cursor:
        cursor.execute("PRAGMA query_only")
        return cursor.fetchone() == (1,)


def _config(connection: Connection | None = None) -> Config:
    found = find_spec("migrations")
    if found is None or not found.submodule_search_locations:
        raise CannotStart("the migrations are not installed", remedy="Install Claimbase again.")
    config = Config()
    # A percent sign in a path would be read as the start of a reference.
    folder = next(iter(found.submodule_search_locations)).replace("%", "%%")
    config.set_main_option("script_location", folder)
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _place(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=True)
