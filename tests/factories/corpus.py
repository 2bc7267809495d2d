"""Folders in the corpus' layout: an invented one, copies of it with changes, and importing them."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from kb.desk import externals
from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.texts import Keeping
from kb.documents.envelope import Draft
from kb.imports.report import Report
from kb.imports.seed.job import Run
from kb.imports.seed.work import import_seed
from kb.publish.compile.record import compile_many
from kb.publish.ground import Ground

VECTORS = Path(__file__).parent.parent / "vectors" / "imports"
BRIDGE = VECTORS / "bridge"
REFUSED = VECTORS / "refused"
FILES = ("claims.json", "evidence.json", "assessments.json")
GROUND = Ground(
    "http://localhost:8000/",
    "https://creativecommons.org/licenses/by/4.0/",
    "http://localhost:8000/agents/266jnjc2w#it",
)


class Kept(dict[str, bytes]):
    """Blobs in memory."""

    def put(self, data: bytes) -> str:
        name = hashlib.sha256(data).hexdigest()
        self[name] = data
        return name

    def get(self, sha256: str) -> bytes:  # type: ignore[override]
        return self[sha256]


def copied(folder: Path, to: Path, *, article: bool = True) -> Path:
    """A folder of the same files, which a test may change."""
    to.mkdir(parents=True)
    for name in (*FILES, "article.txt"):
        if (folder / name).exists() and (article or name != "article.txt"):
            shutil.copyfile(folder / name, to / name)
    return to


def load(folder: Path, name: str) -> Any:
    return json.loads((folder / name).read_text("utf-8"))


def edit(folder: Path, name: str, change: Callable[[Any], Any]) -> None:
    """Change one file in place."""
    value = load(folder, name)
    change(value)
    (folder / name).write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", "utf-8")


def one(rows: list[Any], **by: Any) -> Any:
    """The record with these values."""
    return next(row for row in rows if all(row.get(key) == value for key, value in by.items()))


def bring(session: Session, folder: Path, blobs: Keeping | None = None, *, method: int = 1) -> Report:
    """Import a folder in this session."""
    return import_seed(session, LOCAL_OPERATOR, folder, Run(method, blobs if blobs is not None else Kept()))


def record(session: Session, text: str) -> str:
    """The desk's id of a record, by its external id."""
    found = externals.find(session, text)
    assert found is not None, text
    return found


def entity(session: Session, text: str) -> dict[str, Any]:
    """What the record would say if it were published now."""
    name = record(session, text)
    made: dict[str, Draft] = compile_many(session, GROUND, [name])
    return dict(made[name].entity)


def counts(report: Report, outcome: str) -> dict[str, int]:
    return dict(report.tally.counts[outcome])


def nothing_but_unchanged(report: Report) -> bool:
    return not any(counts(report, outcome) for outcome in ("added", "updated", "removed"))
