"""The import as one transaction: all of it or none, and a dry run that touches nothing."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from kb.blobs import Blobs
from kb.db import open_engine
from kb.db.migrate import upgrade
from kb.desk.tables import Claim, History
from kb.errors import CannotStart
from kb.imports import import_corpus
from kb.imports.pretended import Pretended
from kb.imports.report import Difference, NotKept, Refusal, Report
from kb.settings import Settings
from tests.factories.corpus import BRIDGE, copied, counts

CHILD = """
import sys
from pathlib import Path
from kb.blobs import Blobs
from kb.db import open_engine
from kb.db.migrate import upgrade
from kb.imports import import_corpus
from kb.settings import Settings
settings = Settings(data=Path(sys.argv[1]), database_url=sys.argv[2] or None)
print("begin", flush=True)
import_corpus(open_engine(settings), Path(sys.argv[3]), blobs=Blobs(settings.blobs), method_version=1)
print("done", flush=True)
"""


def rows(engine: Engine) -> tuple[int, int]:
    with Session(engine) as session:
        made = [session.scalar(select(func.count()).select_from(table)) or 0 for table in (Claim, History)]
        return made[0], made[1]


def bytes_of(settings: Settings) -> dict[str, str]:
    """All that lies in the data folder, but for the journal's own index."""
    files = [path for path in settings.data.rglob("*") if path.is_file() and path.suffix != ".db-shm"]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_dry_run_says_the_same_and_leaves_every_byte(engine: Engine, settings: Settings) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
    before, stood = bytes_of(settings), rows(engine)
    pretended = import_corpus(engine, BRIDGE, blobs=Blobs(settings.blobs), method_version=1, dry_run=True)
    database = [path for path in before if path.endswith("claimbase.db")]
    after = bytes_of(settings)
    assert [after[path] for path in database] == [before[path] for path in database]
    assert rows(engine) == stood
    assert not settings.blobs.exists() or not list(Blobs(settings.blobs).names())
    real = import_corpus(engine, BRIDGE, blobs=Blobs(settings.blobs), method_version=1)
    assert pretended.as_json() == real.as_json()
    held = import_corpus(engine, BRIDGE, blobs=Blobs(settings.blobs), method_version=1, dry_run=True)
    assert counts(held, "unchanged") == counts(real, "added")


def test_a_file_that_cannot_be_read_changes_nothing(engine: Engine, settings: Settings, tmp_path: Path) -> None:
    folder = copied(BRIDGE, tmp_path / "bad")
    (folder / "assessments.json").write_text("{", "utf-8")
    with pytest.raises(CannotStart, match=r"assessments\.json"):
        import_corpus(engine, folder, blobs=Blobs(settings.blobs), method_version=1)
    assert rows(engine) == (0, 0)


def test_time_and_ids_may_be_given(engine: Engine, settings: Settings) -> None:
    numbers = iter(range(1, 10_000))
    info = {"clock": lambda: "2026-11-25T09:00:00Z", "draw": lambda _below: next(numbers)}
    import_corpus(engine, BRIDGE, blobs=Blobs(settings.blobs), method_version=1, info=info)
    with Session(engine) as session:
        assert set(session.scalars(select(History.happened_at))) == {"2026-11-25T09:00:00Z"}
        assert min(session.scalars(select(Claim.id))).startswith("000")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_killed_it_is_whole_or_not_there(engine: Engine, settings: Settings, share: float, tmp_path: Path) -> None:
    """A kill in the middle leaves nothing; started again it comes in whole."""
    whole = _seconds(tmp_path)
    url = settings.database_url or ""
    command = [sys.executable, "-c", CHILD, str(settings.data), url, str(BRIDGE)]
    child = subprocess.Popen(
        command, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(Path.cwd())}, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "begin\n"
    time.sleep(whole * share)
    child.send_signal(signal.SIGKILL)
    done = "done" in child.stdout.read()
    child.wait()
    child.stdout.close()
    found = rows(engine)
    assert found[0] in (0, 4), found
    assert found[0] == 4 or not done
    report = import_corpus(engine, BRIDGE, blobs=Blobs(settings.blobs), method_version=1)
    outcome = "unchanged" if found[0] else "added"
    assert (report.refused, counts(report, outcome)["claims"]) == ([], 4)


def _seconds(tmp_path: Path) -> float:
    """How long an import takes here, on a database of its own."""
    settings = Settings(data=tmp_path / "timed")
    timed = open_engine(settings)
    upgrade(timed)
    begin = time.monotonic()
    import_corpus(timed, BRIDGE, blobs=Blobs(settings.blobs), method_version=1)
    timed.dispose()
    return time.monotonic() - begin


def test_pretended_blobs_read_the_real_ones_and_write_nowhere(tmp_path: Path) -> None:
    real = Blobs(tmp_path / "blobs")
    there = real.put(b"there")
    pretended = Pretended(real)
    new = pretended.put(b"new")
    assert (pretended.get(there), pretended.get(new)) == (b"there", b"new")
    assert list(real.names()) == [there]


def test_a_report_in_words() -> None:
    report = Report()
    report.tally.count("added", "aspect_verdicts", 3)
    report.refused.append(Refusal("claims.json", "K1", "quote", "it does not stand there.", "Copy it."))
    report.differs.append(Difference("assessments.json", "K1", "verdict", "supported", "disputed"))
    report.not_kept.append(NotKept("claims.json claims[].slug", "names persons", 4))
    words = report.in_words()
    assert "Added: 3 aspect verdicts." in words
    assert "Refused: claims.json K1 quote: it does not stand there. Copy it." in words
    assert "the file says supported, the rules say disputed" in words
    assert "Not kept: claims.json claims[].slug (4): names persons." in words
    assert report.as_json()["removed"] == {}
