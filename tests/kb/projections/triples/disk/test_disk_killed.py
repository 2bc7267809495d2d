"""RELIABILITY F2: whoever keeps the index on disk is killed at any moment; it ends equal to one made from nothing."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from kb.projections.triples.disk.pointer import read_pointer
from kb.settings import Settings
from tests.support.index_on_disk import fresh, publish_more, publish_topic, read
from tests.support.knowledge import Knowledge, publish_knowledge

QUICK, LONG = 8, 40
# How many entries of the log each round has to follow.
NEW = 6


@pytest.fixture
def database_kind() -> str:
    """What happens to files and processes is the same over either database."""
    return "sqlite"


@pytest.fixture
def known(engine: Engine, tmp_path: Path) -> Knowledge:
    return publish_knowledge(engine, tmp_path)


class Keeping:
    """Processes that keep one index, one after the other."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self.folder = folder
        self.said: list[str] = []
        self._command = [sys.executable, "-m", "tests.support.index_killed", settings.model_dump_json(), str(folder)]

    def run(self, seconds: float | None = None) -> None:
        """To the end; or killed so long after it has begun, and it alone: what it started finds out by itself."""
        with subprocess.Popen(self._command, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "begun\n"
            if seconds is not None:
                time.sleep(seconds)
                os.kill(child.pid, signal.SIGKILL)
            self.said = child.stdout.read().splitlines()

    def position(self) -> int:
        """-1 where there is no index yet."""
        pointer = read_pointer(self.folder)
        return -1 if pointer is None else pointer.seq

    def content(self) -> list[str]:
        pointer = read_pointer(self.folder)
        assert pointer is not None
        return read(self.folder / "generations" / pointer.generation)


@pytest.fixture
def keeping(settings: Settings, known: Knowledge, tmp_path: Path) -> Iterator[Keeping]:
    yield Keeping(settings, tmp_path / "triples")
    shutil.rmtree(tmp_path / "triples", ignore_errors=True)


def kill_rounds(keeping: Keeping, engine: Engine, known: Knowledge, rounds: int) -> None:
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    before = -1
    for number in range(rounds):
        for one in range(NEW if number % 2 else 0):
            publish_topic(engine, known, number * NEW + one)
        publish_more(engine, known)
        keeping.run(chance.uniform(0.0, 1.5))
        assert keeping.position() >= before
        before = keeping.position()
        if before >= 0:
            assert keeping.content() == fresh(engine, before), f"seed {seed}, round {number}"
    keeping.run()
    assert keeping.said[-1] == "done"
    if before >= 0:
        # What there was is gone on from, whoever was killed.
        assert keeping.said == ["done"]
    assert keeping.content() == fresh(engine)


def test_a_few_kills(keeping: Keeping, engine: Engine, known: Knowledge) -> None:
    kill_rounds(keeping, engine, known, QUICK)


@pytest.mark.slow
def test_many_kills(keeping: Keeping, engine: Engine, known: Knowledge) -> None:
    kill_rounds(keeping, engine, known, LONG)
