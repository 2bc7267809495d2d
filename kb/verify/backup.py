"""A copy of the whole knowledge base, made while it is written to, verified, and whole or not there."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kb.blobs import Blobs
from kb.db import open_reading_engine, reading
from kb.db.migrate import current
from kb.errors import Broken, CannotStart
from kb.log.read import base_of, head
from kb.settings import Settings
from kb.verify import postgres_copy, sqlite_copy
from kb.verify.known import remember_head
from kb.verify.manifest import HeadAt, Manifest, Progress, make_manifest
from kb.verify.verdict import Verdict
from kb.verify.whole import verify


def backup(settings: Settings, engine: Engine, directory: Path, progress: Progress) -> Manifest:
    """Copy database and held bytes into `directory`, which must not exist or be empty; writers go on meanwhile.

    `progress` may raise to stop it: then nothing is left. Raises CannotStart where `directory` cannot be used, Broken
    where what was copied does not verify.
    """
    with _whole_or_not_there(directory) as folder:
        copied = _copy_sqlite if engine.dialect.name == "sqlite" else _copy_postgres
        facts = copied(settings, engine, folder, progress)
        manifest = make_manifest(folder, facts)
    remember_head(settings, manifest.head)
    return manifest


def copy_blobs(source: Blobs, target: Blobs, progress: Progress) -> int:
    """Copy every held file; each is read against its name. Gives their number."""
    names = list(source.names())
    for done, name in enumerate(names, start=1):
        target.put(source.get(name))
        progress(done, len(names))
    return len(names)


def refuse_problems(verdict: Verdict) -> None:
    """Raises Broken with the first problem."""
    if verdict.problems:
        first = verdict.problems[0]
        where = f"{first.record} version {first.version} {first.where}"
        more = f" ({len(verdict.problems)} problems in all)" if len(verdict.problems) > 1 else ""
        raise Broken(
            f"the copy does not verify: {first.problem}{more}",
            where=where,
            remedy="Run `claimbase verify`; it lists them all.",
        )


def _copy_sqlite(settings: Settings, _engine: Engine, folder: Path, progress: Progress) -> dict[str, Any]:
    path = sqlite_copy.copy_database(settings, folder, progress)
    files = _copy_held(settings, folder, progress)
    # Read-only, so that verifying cannot change what was copied.
    copy = open_reading_engine(
        settings.model_copy(update={"database_url": f"sqlite:///{path}", "read_database_url": None})
    )
    try:
        return _facts(copy, folder, files, progress)
    finally:
        copy.dispose()


def _copy_postgres(settings: Settings, engine: Engine, folder: Path, progress: Progress) -> dict[str, Any]:
    with postgres_copy.one_moment(engine) as (snapshot, seeing):
        archive = postgres_copy.copy_database(settings, snapshot, folder, progress)
        facts = _facts(seeing, folder, _copy_held(settings, folder, progress), progress)
    size = archive.stat().st_size
    postgres_copy.check_archive(settings, archive, HeadAt(**facts["head"]), lambda: progress(size, size))
    return facts


def _copy_held(settings: Settings, folder: Path, progress: Progress) -> int:
    # After the database: bytes are kept before the row that names them is, so none that the copy names is missing.
    return copy_blobs(Blobs(settings.blobs), Blobs(folder / "blobs"), progress)


def _facts(engine: Engine, folder: Path, files: int, progress: Progress) -> dict[str, Any]:
    """What the manifest says of a state of the database, which is verified with the held bytes that were copied."""
    verdict = verify(engine, Blobs(folder / "blobs"), progress=progress)
    refuse_problems(verdict)
    with reading(engine) as session:
        facts = _of_the_log(session)
    return {
        "made": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "software": version("claimbase"),
        **facts,
        "engine": engine.dialect.name,
        "schema_revision": current(engine),
        "counts": {"editions": verdict.counts.editions, "records": verdict.counts.records, "files": files},
    }


def _of_the_log(session: Session) -> dict[str, Any]:
    end = head(session)
    return {"base": base_of(session), "head": {"seq": end.seq, "leaf_hash": end.leaf_hash}}


@contextmanager
def _whole_or_not_there(directory: Path) -> Iterator[Path]:
    """A folder beside, which takes the name when the block ends well and is gone otherwise."""
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise CannotStart("there is something here already", where=str(directory), remedy="Name a new folder.")
    place = directory.absolute()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        # Drafts are in it: nobody else may read it.
        beside = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    except OSError as error:
        raise _cannot_write(directory, error) from error
    try:
        yield beside
        _sync_tree(beside)
        beside.replace(place)
        _sync(place.parent)
    except OSError as error:
        raise _cannot_write(directory, error) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _cannot_write(directory: Path, error: OSError) -> CannotStart:
    return CannotStart(
        f"the backup cannot be written ({error.strerror or error})", where=str(directory), remedy="Name another folder."
    )


def _sync_tree(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        _sync(path)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
