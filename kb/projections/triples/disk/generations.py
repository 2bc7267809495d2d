"""Generations: copies of the store that nobody writes to any more, for as long as somebody may read them."""

import os
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kb.projections.triples.disk.pointer import sync

# A question that was begun under the generation before lasts ten seconds at most, and clocks of questions are no law.
KEPT_SECONDS = 60.0
GENERATIONS = "generations"
_READER = "reader-"
_NAME = re.compile(r"([0-9]{1,18})-([0-9]{1,18})")


@dataclass(frozen=True)
class Generation:
    """An index as it was at an entry of the log; `quads` as last counted."""

    path: Path
    seq: int
    quads: int


class Generations:
    """The folder of them; a name is the entry that was reached and a number that only grows."""

    def __init__(self, folder: Path, kept_seconds: float = KEPT_SECONDS) -> None:
        self._folder = folder
        self._kept_seconds = kept_seconds
        # When each was seen to be left, by this process's clock.
        self._left: dict[str, float] = {}

    def path(self, name: str) -> Path:
        return self._folder / name

    def room(self) -> Path:
        """Where the next one is to be put; there is nothing there yet. Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        room = self._folder / "making"
        remove(room)
        return room

    def settle(self, seq: int) -> str:
        """Give what was put into the room its name, for good."""
        name = f"{seq}-{self.next_number()}"
        (self._folder / "making").rename(self._folder / name)
        sync(self._folder)
        return name

    def next_number(self) -> int:
        return max((number for _name, number in self._all()), default=0) + 1

    def sweep(self, current: str, first: int) -> None:
        """Delete those that were left long enough ago, but for the last one before `current`.

        Those before number `first` are of another building, and none of these is kept: they may hold what was removed.
        """
        now = time.monotonic()
        left = sorted((number, name) for name, number in self._all() if name != current)
        self._left = {name: self._left.get(name, now) for _number, name in left}
        spared = next((name for number, name in reversed(left) if number >= first), None)
        for name, since in self._left.items():
            if name != spared and now >= since + self._kept_seconds:
                remove(self._folder / name)

    def _all(self) -> Iterator[tuple[str, int]]:
        if self._folder.is_dir():
            for path in self._folder.iterdir():
                if named := _NAME.fullmatch(path.name):
                    yield path.name, int(named[2])


def room_of_reader(folder: Path) -> Path:
    """Where this process may keep a generation for itself, beside them, for as long as it reads it."""
    return folder / f"{_READER}{os.getpid()}"


def remove_leftovers(folder: Path) -> None:
    """What readers have left that ended before they could tidy up."""
    for room in folder.glob(f"{_READER}*"):
        if not Path("/proc", room.name.removeprefix(_READER)).exists():
            remove(room)


def remove(folder: Path) -> None:
    """Out of the way first, so that whoever still writes to it cannot keep it. Whatever cannot be removed stays."""
    aside = folder.with_name(f"{folder.name}.gone")
    shutil.rmtree(aside, ignore_errors=True)
    try:
        folder.rename(aside)
    except FileNotFoundError:
        return
    shutil.rmtree(aside, ignore_errors=True)
