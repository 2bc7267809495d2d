"""A backup, brought back into an empty place: checked to the byte, restored, verified, or refused with the reason."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.blobs import Blobs
from kb.db import open_engine, open_reading_engine, reading
from kb.db.engine import make_data_folder
from kb.db.migrate import revisions, upgrade
from kb.errors import CannotStart
from kb.log.read import head
from kb.log.tables import EditionRow
from kb.settings import Settings
from kb.verify import postgres_copy, sqlite_copy
from kb.verify.backup import copy_blobs, refuse_problems
from kb.verify.known import refuse_older, refuse_other, remember_head
from kb.verify.manifest import AlteredCopy, HeadAt, Manifest, Progress, check_files, read_manifest
from kb.verify.whole import verify


def recover(settings: Settings, directory: Path, progress: Progress) -> Manifest:
    """Bring back what `backup` made, into a place that has no database yet.

    Raises NotACopy or AlteredCopy for what is no backup, torn or changed; OlderThanKnown for one that lacks editions
    seen here; AnotherLog; CannotStart where the place is not empty or not the right one; Broken where it does not
    verify. What is refused leaves no database behind.
    """
    manifest = read_manifest(directory)
    _refuse_place(settings, manifest)
    known = refuse_older(settings, manifest.head, manifest.made)
    check_files(directory, manifest, progress)
    make_data_folder(settings.data)
    # Before the database: whoever finds the database there finds all that it names.
    copy_blobs(Blobs(directory / "blobs"), Blobs(settings.blobs), progress)
    with _restored(settings, directory / manifest.database.path, progress) as there:
        _bring_up(there)
        _verify(there, manifest, known, progress)
    remember_head(settings, manifest.head)
    return manifest


def _refuse_place(settings: Settings, manifest: Manifest) -> None:
    kind = "sqlite" if settings.database.startswith("sqlite") else "postgresql"
    if kind != manifest.engine:
        names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
        raise CannotStart(
            f"this is a backup of {names[manifest.engine]}, and the database that is set is {names[kind]}",
            where="CLAIMBASE_DATABASE_URL",
            remedy=f"Set it to one of {names[manifest.engine]}.",
        )
    if manifest.schema_revision not in revisions():
        raise CannotStart(
            f"this backup has schema {manifest.schema_revision}, which this Claimbase does not know",
            where="manifest.json",
            remedy=f"Install the newer Claimbase that made it (version {manifest.software} or later).",
        )
    (sqlite_copy if kind == "sqlite" else postgres_copy).refuse_full(settings)


@contextmanager
def _restored(settings: Settings, file: Path, progress: Progress) -> Iterator[Settings]:
    if settings.database.startswith("sqlite"):
        with sqlite_copy.restored(settings, file) as there:
            yield there
    else:
        with postgres_copy.restored(settings, file, lambda: progress(0, None)) as there:
            yield there


def _bring_up(there: Settings) -> None:
    """A backup of an older schema is upgraded like a database of that schema."""
    engine = open_engine(there)
    try:
        upgrade(engine)
    finally:
        engine.dispose()


def _verify(there: Settings, manifest: Manifest, known: HeadAt | None, progress: Progress) -> None:
    engine = open_reading_engine(there)
    try:
        with reading(engine) as session:
            end = head(session)
            if (end.seq, end.leaf_hash) != (manifest.head.seq, manifest.head.leaf_hash):
                raise AlteredCopy("the database in the backup does not end where its manifest says", where="log_head")
            refuse_other(known, _leaf_hash(session, known))
        refuse_problems(verify(engine, Blobs(there.blobs), progress=progress))
    finally:
        engine.dispose()


def _leaf_hash(session: Session, known: HeadAt | None) -> str | None:
    if known is None:
        return None
    return session.scalar(select(EditionRow.leaf_hash).where(EditionRow.seq == known.seq))
