"""Imports: each importer makes drafts through the desk's own verbs."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kb.desk.actors import LOCAL_OPERATOR, Actor
from kb.desk.texts import Keeping
from kb.imports.pretended import Pretended
from kb.imports.report import Report
from kb.imports.seed.job import Advance, Run
from kb.imports.seed.work import import_seed

FORMATS = {"seed": import_seed}


def import_corpus(
    engine: Engine,
    folder: Path,
    *,
    form: str = "seed",
    blobs: Keeping,
    method_version: int,
    actor: Actor = LOCAL_OPERATOR,
    dry_run: bool = False,
    progress: Advance | None = None,
    info: Mapping[str, Any] | None = None,
) -> Report:
    """In one transaction, rolled back for a dry run. `info` goes into the session: a clock, a draw.

    Raises CannotStart where a file cannot be read; then nothing is changed.
    """
    run = Run(method_version, Pretended(blobs) if dry_run else blobs, progress=progress)
    with Session(engine, expire_on_commit=False, info=dict(info or {})) as session:
        report = FORMATS[form](session, actor, folder, run)
        if dry_run:
            session.rollback()
        else:
            session.commit()
    return report
