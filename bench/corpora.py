"""Corpora that are measured over: generated once, kept under var/bench, and extended from the next smaller one."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from bench.rounds import CommandFailed
from bench.row import Corpus

SEED = 1
ROOM = Path("var") / "bench"
CLAIMBASE = Path(sys.executable).with_name("claimbase")
SIZES = {"light": (1_000, 10_000, 100_000, 1_000_000), "seed": (100, 1_000, 10_000)}


def corpus_folder(profile: str, claims: int) -> Path:
    """The data folder of a corpus; made where it is not there. It goes on where it was interrupted."""
    folder = ROOM / "corpora" / f"{profile}-{claims}"
    if (folder / "whole").exists():
        return folder
    smaller = [size for size in SIZES[profile] if size < claims]
    if smaller and not folder.exists():
        part = folder.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        shutil.copytree(
            corpus_folder(profile, smaller[-1]), part, ignore=shutil.ignore_patterns("whole", "corpus.json")
        )
        part.rename(folder)
    words = ["generate", "--claims", str(claims), "--seed", str(SEED), "--profile", profile]
    made = subprocess.run([CLAIMBASE, *words], env=env(folder), check=False)
    if made.returncode != 0:
        raise CommandFailed(f"claimbase {' '.join(words)} ended with {made.returncode}")
    (folder / "whole").touch()
    return folder


def corpus(profile: str, claims: int) -> tuple[Path, Corpus]:
    """A corpus and its measures, which are counted once."""
    folder = corpus_folder(profile, claims)
    kept = folder / "corpus.json"
    with suppress(FileNotFoundError):
        return folder, Corpus(**json.loads(kept.read_text("utf-8")))
    measures = _counted(profile, claims, folder)
    kept.write_text(json.dumps(asdict(measures)), "utf-8")
    return folder, measures


def env(folder: Path) -> dict[str, str]:
    """The environment in which every command works on this folder, and on no other installation."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("CLAIMBASE_")}
    return clean | {"CLAIMBASE_DATA": str(folder)}


def _counted(profile: str, claims: int, folder: Path) -> Corpus:
    dump = folder / "counted.nq"
    subprocess.run([CLAIMBASE, "export", "rdf", "--format", "nq", "--out", str(dump)], env=env(folder), check=True)
    with dump.open("rb") as lines:
        quads = sum(1 for _ in lines)
    dump.unlink()
    database = sqlite3.connect(f"file:{folder / 'claimbase.db'}?mode=ro", uri=True)
    (editions,) = database.execute("SELECT count(*) FROM edition").fetchone()
    database.close()
    return Corpus(profile, claims, editions, round(quads / claims, 1))
