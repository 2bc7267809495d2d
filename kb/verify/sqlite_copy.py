"""SQLite, copied while it is written to, and put back into a place that has no database yet."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy import make_url

from kb.db.engine import make_data_folder
from kb.errors import Broken, CannotStart
from kb.settings import Settings
from kb.verify.manifest import Progress

FILE = "database.sqlite3"
PAGES = 256
# What SQLite keeps beside a database. Left from a lost one, they would be played into the one that is put back.
BESIDE = ("-wal", "-shm", "-journal")


def copy_database(settings: Settings, folder: Path, progress: Progress) -> Path:
    """One state of the database in one file, by SQLite's online backup; writers go on meanwhile."""
    target = folder / FILE
    with closing(_open(_path(settings))) as source, closing(_open(target)) as copy:
        # Under a reading transaction of its own the copy never starts over, however much is written meanwhile.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        size = source.execute("PRAGMA page_size").fetchone()[0]

        def step(_status: int, remaining: int, total: int) -> None:
            progress((total - remaining) * size, total * size)

        source.backup(copy, pages=PAGES, progress=step)
        source.execute("COMMIT")
        # One file, without the journal beside it that a database in use has.
        copy.execute("PRAGMA journal_mode=DELETE")
        _check_pages(copy, target)
    return target


def refuse_full(settings: Settings) -> None:
    """Raises CannotStart where a database is there already, or what is left of one."""
    path = _path(settings)
    if path.exists():
        raise CannotStart(
            "there is a database here already; a backup comes into an empty place",
            where=str(path),
            remedy="Set CLAIMBASE_DATA to a new folder, or move the old one away.",
        )
    for left in (path.with_name(path.name + end) for end in BESIDE):
        if left.exists():
            raise CannotStart(
                "the journal of a database that is gone lies here, and would be played into the one that comes",
                where=str(left),
                remedy="Move it away.",
            )


@contextmanager
def restored(settings: Settings, file: Path) -> Iterator[Settings]:
    """Settings that lead to the database, put back beside its place; it takes the place when the block ends well."""
    path = _path(settings)
    make_data_folder(settings.data)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".recovering-", dir=path.parent) as folder:
        beside = Path(folder) / path.name
        _copy_file(file, beside)
        with closing(_open(beside)) as copy:
            _check_pages(copy, file)
        yield settings.model_copy(update={"database_url": f"sqlite:///{beside}", "read_database_url": None})
        with closing(_open(beside)) as copy:
            copy.execute("PRAGMA journal_mode=DELETE")
        _sync(beside)
        refuse_full(settings)
        beside.replace(path)
        _sync(path.parent)


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, timeout=30)


def _path(settings: Settings) -> Path:
    return Path(make_url(settings.database).database or "")


def _check_pages(connection: sqlite3.Connection, where: Path) -> None:
    """Raises Broken where pages, indexes or references do not hang together."""
    with suppress(sqlite3.DatabaseError):
        sound = connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
        if sound and connection.execute("PRAGMA foreign_key_check").fetchone() is None:
            return
    raise Broken("the copied database does not hang together", where=str(where), remedy="Take another backup.")


def _copy_file(source: Path, target: Path) -> None:
    with source.open("rb") as old, target.open("wb") as new:
        while chunk := old.read(1 << 20):
            new.write(chunk)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
