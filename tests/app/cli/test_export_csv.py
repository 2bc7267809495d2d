"""`claimbase export csv`: a folder that is whole or as it was before, in the same memory however much there is."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.cli.folders import to_folder
from kb.db import open_engine
from kb.errors import CannotStart
from kb.projections.dumps.tables import FILES
from kb.settings import Settings
from tests.support.command import Command
from tests.support.databases import BASE, Stock, settings_for
from tests.support.many import BODY, add_many
from tests.support.packages import rows

FEW, MANY = 200, 2_000


@pytest.fixture(scope="module")
def many(
    stock: Callable[[str], Stock], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str, int], dict[str, str]]]:
    """The environment of a founded knowledge base with so many claims, on a database of this kind."""
    made: dict[tuple[str, int], dict[str, str]] = {}
    with ExitStack() as stack:

        def of(kind: str, count: int) -> dict[str, str]:
            if (kind, count) not in made:
                folder = tmp_path_factory.mktemp("many")
                settings = settings_for(folder, stack.enter_context(stock(kind).founded(folder)))
                engine = open_engine(settings)
                add_many(engine, count, BASE, "claim")
                engine.dispose()
                made[kind, count] = environ(settings)
            return made[kind, count]

        yield of


def environ(settings: Settings) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("CLAIMBASE_")}
    own["CLAIMBASE_DATA"] = str(settings.data)
    if settings.database_url:
        own["CLAIMBASE_DATABASE_URL"] = settings.database_url
    return own


def contents(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def peak(env: dict[str, str], out: Path) -> int:
    """Of a process that exports, in KiB."""
    command = [sys.executable, "-m", "tests.support.peak", "export", "csv", str(out)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    return int(done.stderr.splitlines()[-1])


@pytest.mark.parametrize(
    ("few", "lot"), [(FEW, MANY), pytest.param(1_000, 10_000, marks=pytest.mark.slow)], ids=["small", "large"]
)
def test_ten_times_as_much_takes_the_same_memory(
    many: Callable[[str, int], dict[str, str]], database_kind: str, few: int, lot: int, tmp_path: Path
) -> None:
    small, large = (peak(many(database_kind, count), tmp_path / str(count)) for count in (few, lot))
    # All of them together would not go into so little.
    assert (tmp_path / str(lot) / "claims.csv").stat().st_size > (lot - few) * len(BODY)
    assert len(rows(tmp_path / str(lot), "evidence")) == 2 * lot
    assert large <= 1.3 * small


def test_an_export_replaces_an_earlier_one_and_says_what_it_wrote(command: Command, tmp_path: Path) -> None:
    command.well("init", "--empty", "--base", "https://facts.example.org/")
    out = tmp_path / "new" / "out"
    said = command.well("export", "csv", out)
    assert (said.out, said.err) == (
        "", f"{out}: 0 claims, 0 figures, 0 evidence, 0 sources, at log entry 5\n",
    )  # fmt: skip
    before = contents(out)
    assert set(before) == set(FILES)
    command.well("export", "csv", out)
    assert contents(out) == before
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_an_empty_folder_is_filled(command: Command, tmp_path: Path) -> None:
    command.well("init", "--empty", "--base", "https://facts.example.org/")
    out = tmp_path / "out"
    out.mkdir()
    command.well("export", "csv", out)
    assert set(contents(out)) == set(FILES)


def test_nothing_is_replaced_that_is_not_an_export_of_ours(command: Command, tmp_path: Path) -> None:
    command.well("init", "--empty", "--base", "https://facts.example.org/")
    out = tmp_path / "out"
    command.well("export", "csv", out)
    mine = out / "my notes.txt"
    mine.write_text("mine")
    refused = command("export", "csv", out)
    assert refused.code == 2
    assert refused.err == (
        f"claimbase: {out}: holds something else than an earlier export: “my notes.txt”."
        " Name an empty folder, or one that is not there yet.\n"
    )
    mine.unlink()
    claims = out / "claims.csv"
    claims.write_bytes(claims.read_bytes() + b"saved by a spreadsheet\r\n")
    refused = command("export", "csv", out)
    assert (refused.code, "“claims.csv” is not as it was exported" in refused.err) == (2, True)
    assert claims.read_bytes().endswith(b"saved by a spreadsheet\r\n")
    (out / "SHA256SUMS").unlink()
    assert command("export", "csv", out).code == 2
    assert command("export", "csv", claims).err.startswith(f"claimbase: {claims}: is not a folder")


def test_nobody_is_left_in_a_folder_that_is_gone(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command.well("init", "--empty", "--base", "https://facts.example.org/")
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.chdir(out)
    refused = command("export", "csv", ".")
    assert (refused.code, "is where you are" in refused.err) == (2, True)
    command.well("export", "csv", "tables")
    assert set(contents(out / "tables")) == set(FILES)


def test_without_a_knowledge_base_nothing_is_begun(command: Command, tmp_path: Path) -> None:
    refused = command("export", "csv", tmp_path / "out")
    assert refused.code == 2
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("there", [True, False])
def test_whoever_stops_it_has_what_was_there_before(
    many: Callable[[str, int], dict[str, str]], there: bool, tmp_path: Path
) -> None:
    out, part = tmp_path / "out", tmp_path / ".out.part"
    if there:
        peak(many("sqlite", FEW), out)
    before = contents(out) if there else {}
    running = start(many("sqlite", MANY), out)
    until_begun(running, part)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130
    assert b"Nothing is half-done" in said
    assert [path.name for path in tmp_path.iterdir()] == (["out"] if there else [])
    assert not there or contents(out) == before


def test_what_a_killed_one_left_is_taken_away_by_the_next(
    many: Callable[[str, int], dict[str, str]], tmp_path: Path
) -> None:
    out, part = tmp_path / "out", tmp_path / ".out.part"
    running = start(many("sqlite", MANY), out)
    until_begun(running, part)
    running.kill()
    running.communicate(timeout=60)
    assert not out.exists()
    peak(many("sqlite", FEW), out)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert set(contents(out)) == set(FILES)


def test_an_earlier_one_is_put_back_where_the_new_one_could_not_take_its_place(tmp_path: Path) -> None:
    """Killed between the two renames, a folder is not there; the next run, whatever becomes of it, has it again."""
    out, before = tmp_path / "out", tmp_path / ".out.before"
    to_folder(out, FILES, "SHA256SUMS", filled)
    out.rename(before)

    def fails(place: Path) -> None:
        (place / "claims.csv").touch()
        raise OSError(28, "No space left on device")

    with pytest.raises(CannotStart, match="No space left on device"):
        to_folder(out, FILES, "SHA256SUMS", fails)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert (out / "claims.csv").read_bytes() == b"id\r\n"


def filled(place: Path) -> None:
    data = b"id\r\n"
    (place / "claims.csv").write_bytes(data)
    (place / "SHA256SUMS").write_text(f"# sums\n{hashlib.sha256(data).hexdigest()}  claims.csv\n")


def start(env: dict[str, str], out: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "app.cli", "export", "csv", str(out)], env=env, stderr=subprocess.PIPE
    )


def until_begun(running: subprocess.Popen[bytes], part: Path) -> None:
    claims = part / "claims.csv"
    while not (claims.exists() and claims.stat().st_size):
        assert running.poll() is None
        time.sleep(0.01)
