"""PostgreSQL, copied in one snapshot by pg_dump, and put back into a database that is empty."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, MetaData, event, inspect, text

from kb.db import open_engine
from kb.errors import Broken, CannotStart
from kb.settings import Settings
from kb.verify.manifest import AlteredCopy, HeadAt, Progress
from kb.verify.postgres_tools import address, lines, run

FILE = "database.dump"
PLAIN = ("--no-owner", "--no-privileges")
# What the migrations make besides tables and what hangs on them.
FUNCTIONS = ("log_is_append_only()",)


@contextmanager
def one_moment(engine: Engine) -> Iterator[tuple[str, Engine]]:
    """A snapshot's name, and an engine whose transactions all see the database at that moment."""
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as holder, holder.begin():
        # The snapshot lives as long as this transaction, which has nothing to do but to wait.
        holder.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        name = str(holder.execute(text("SELECT pg_export_snapshot()")).scalar_one())
        seeing = engine.execution_options(isolation_level="REPEATABLE READ")

        def look(connection: Connection) -> None:
            connection.exec_driver_sql(f"SET TRANSACTION SNAPSHOT '{name}'")

        event.listen(seeing, "begin", look)
        yield name, seeing


def copy_database(settings: Settings, snapshot: str, folder: Path, progress: Progress) -> Path:
    """The database at the moment of the snapshot, in one archive."""
    target = folder / FILE

    def grown() -> None:
        progress(target.stat().st_size if target.exists() else 0, None)

    words = ("--format=custom", *PLAIN, f"--snapshot={snapshot}", f"--file={target}", f"--dbname={address(settings)}")
    run(settings, "pg_dump", *words, meanwhile=grown)
    return target


def check_archive(settings: Settings, archive: Path, head: HeadAt, alive: Callable[[], None]) -> None:
    """Read the whole archive again: every edition is in it with bytes that fit its digest, up to the head.

    Raises AlteredCopy, or Broken where it cannot be read to its end.
    """
    count, last = 0, ""
    for row in _editions(settings, archive):
        if hashlib.sha256(row["document"]).hexdigest() != row["digest"].decode():
            raise AlteredCopy(f"the document of edition {row['seq'].decode()} is not whole in it", where=str(archive))
        count += 1
        if int(row["seq"]) == head.seq:
            last = row["leaf_hash"].decode()
        alive()
    if (count, last) != (head.seq + 1, head.leaf_hash):
        problem = f"it has {count} editions where the log has {head.seq + 1}"
        raise AlteredCopy(problem, where=str(archive), remedy="Take another backup.")


def refuse_full(settings: Settings) -> None:
    """Raises CannotStart where the database has a table already, or is not there."""
    engine = open_engine(settings)
    try:
        tables = inspect(engine).get_table_names()
    finally:
        engine.dispose()
    if tables:
        raise CannotStart(
            f"the database has {len(tables)} tables already; a backup comes into an empty one",
            where=engine.url.render_as_string(hide_password=True),
            remedy="Make a new one (`createdb`) and name it in CLAIMBASE_DATABASE_URL.",
        )


@contextmanager
def restored(settings: Settings, archive: Path, alive: Callable[[], None]) -> Iterator[Settings]:
    """The archive in the empty database, in one transaction; taken out again where the block fails."""
    words = ("--single-transaction", "--exit-on-error", *PLAIN, f"--dbname={address(settings)}", str(archive))
    run(settings, "pg_restore", *words, meanwhile=alive)
    try:
        yield settings.model_copy(update={"read_database_url": None})
    except BaseException:
        take_out_everything(settings)
        raise


def take_out_everything(settings: Settings) -> None:
    """Leave the database as empty as it was before something was put into it that did not get to its end."""
    engine = open_engine(settings)
    try:
        with engine.begin() as connection:
            metadata = MetaData()
            metadata.reflect(connection)
            metadata.drop_all(connection)
            for function in FUNCTIONS:
                connection.execute(text(f"DROP FUNCTION IF EXISTS {function}"))
    finally:
        engine.dispose()


def _editions(settings: Settings, archive: Path) -> Iterator[dict[str, bytes]]:
    """Rows of the table of editions as the archive has them; the rest of it is read and passed over."""
    names: list[str] | None = None
    for line in lines(settings, "pg_restore", "--file=-", str(archive)):
        if names is None:
            if line.startswith(b"COPY public.edition ("):
                names = line.decode().partition("(")[2].partition(")")[0].split(", ")
        elif line == b"\\.\n":
            names = None
        else:
            yield _row(names, line)


def _row(names: list[str], line: bytes) -> dict[str, bytes]:
    row = dict(zip(names, line.rstrip(b"\n").split(b"\t"), strict=True))
    try:
        # Bytes are hexadecimal after a backslash, which COPY doubles, and an x.
        return row | {"document": bytes.fromhex(row["document"].removeprefix(b"\\\\x").decode())}
    except (KeyError, ValueError) as error:
        raise Broken("the archive's editions cannot be read", where=FILE) from error
