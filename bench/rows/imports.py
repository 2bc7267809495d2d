"""What it costs to bring in a real corpus: for the first time, and once more with nothing changed."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.corpora import CLAIMBASE, env
from bench.job import Bench
from bench.rounds import CommandFailed, Ran, in_turn, run
from bench.row import Figure, Row, Side

SET = Path("..") / "shared" / "seed"
FRESH, AGAIN = "a record, fresh", "a record, unchanged"
KINDS = ("claims", "sources", "origins", "agents", "topics")
REMARK = (
    "`seed` is the one layout that is imported so far; ClaimReview, LIAR, AVeriTeC, FactCkBr, CheckThat! and QuanTemp "
    "are not, and so are not measured."
)


def rows(bench: Bench) -> Iterator[Row]:
    """One row where the real corpus is at hand, none where it is not."""
    if SET.is_dir() and not bench.million:
        with tempfile.TemporaryDirectory(prefix="claimbase-bench-") as room:
            yield of_the_set(bench, Path(room))


def of_the_set(bench: Bench, room: Path) -> Row:
    empty, whole = room / "empty", room / "whole"
    run([CLAIMBASE, "init", "--empty", "--base", "https://facts.example.org/"], env=env(empty))
    shutil.copytree(empty, whole)
    # Records with an id of their own, and not the rows of which they are made.
    added = imported(whole)
    records = sum(added[kind] for kind in KINDS)
    ran: list[Ran] = []

    def fresh() -> float:
        place = room / "fresh"
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(empty, place)
        return once(place)

    def once(place: Path) -> float:
        ran.append(run([CLAIMBASE, "import", SET], env=env(place)))
        return ran[-1].wall / records * 1000

    values = in_turn({FRESH: fresh, AGAIN: lambda: once(whole)}, bench.rounds)
    if imported(whole):
        raise CommandFailed("what was brought in before was brought in again")
    return Row(
        key="imports-seed",
        title="Import of the real corpus",
        method=(
            f"Whole commands over `../shared/seed`: {records:,} records ({added['claims']} claims with "
            f"{added['evidence_links']} pieces of evidence), by the record, as drafts into an empty knowledge base."
        ),
        sides=[Side(name, "claimbase import", "ms", values[name]) for name in (FRESH, AGAIN)],
        figures=[Figure("peak memory", max(one.peak for one in ran), "MiB")],
        guarded=True,
        remarks=[REMARK],
    )


def imported(place: Path) -> dict[str, int]:
    """What was added, by kind, as the command reports it."""
    said = subprocess.run([CLAIMBASE, "import", SET, "--json"], env=env(place), capture_output=True, check=False)
    if said.returncode != 0:
        raise CommandFailed(f"claimbase import ended with {said.returncode}: {said.stderr.decode()[-800:]}")
    added: dict[str, int] = json.loads(said.stdout)["added"]
    return added
