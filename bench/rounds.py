"""Measuring in turn: A B A B …, so that a machine that slows down slows down both."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.progress import Progress

MEASURED = Path(__file__).with_name("measured.py")

# A side of a comparison: does its work once, and gives its figure.
Measure = Callable[[], float]


def in_turn(sides: Mapping[str, Measure], rounds: int, *, warm: int = 1) -> dict[str, list[float]]:
    """Figures by side, `rounds` of each; every other round begins with another side. The first `warm` do not count."""
    figures: dict[str, list[float]] = {name: [] for name in sides}
    with Progress(transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task(" | ".join(sides), total=(rounds + warm) * len(sides))
        for round_ in range(-warm, rounds):
            order = list(sides) if round_ % 2 == 0 else list(sides)[::-1]
            for name in order:
                figure = sides[name]()
                progress.advance(task)
                if round_ >= 0:
                    figures[name].append(figure)
    return figures


@dataclass(frozen=True)
class Ran:
    """A command that ended well: seconds by the clock, seconds of processors, and its highest memory in MiB."""

    wall: float
    cpu: float
    peak: float


class CommandFailed(Exception):
    """A command of a benchmark did not end well; a figure of it would mean nothing."""


def run(command: Sequence[object], *, env: Mapping[str, str] | None = None, out: Path | None = None) -> Ran:
    """Run one command to its end, in `env` alone where one is given. Raises CommandFailed with the end of what it said.

    Memory is that of the largest single process, as the system accounts for it, and no less than some 10 MiB.
    """
    words = [str(word) for word in command]
    with (
        Path(out or os.devnull).open("wb") as to,
        tempfile.TemporaryFile() as errors,
        tempfile.NamedTemporaryFile("r") as figures,
    ):
        measured = [sys.executable, "-I", "-S", str(MEASURED), figures.name, *words]
        ended = subprocess.run(measured, stdout=to, stderr=errors, env=env, check=False)
        if ended.returncode != 0:
            errors.seek(0)
            said = errors.read().decode(errors="replace")[-1500:]
            raise CommandFailed(f"{' '.join(words)} ended with {ended.returncode}: {said}")
        return Ran(**json.load(figures))
