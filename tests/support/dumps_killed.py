"""A process whose children make the files of a log and are killed in the act, each at another moment.

`python -m tests.support.dumps_killed SETTINGS_JSON`: prints a line of JSON for each moment: what stood there then, and
after the next one has made them.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kb.db import open_engine
from kb.projections.dumps.keeping import FOLDER, Dumps
from kb.settings import Settings

# Of the calls that bring the files to the disk: each file, the folders, the manifest.
SYNCED = (1, 9, 17, 18, 19, 20, 21)
MOMENTS = ("entry 5", *(f"sync {number}" for number in SYNCED), "before the switch", "after the switch")


def main(given: str) -> None:
    settings = Settings.model_validate_json(given)
    make(settings)
    for moment in MOMENTS:
        before = manifest(settings)
        child = os.fork()
        if child == 0:
            arm(moment)
            make(settings, moment)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(json.dumps({"moment": moment, "killed": os.WIFSIGNALED(status), **found(settings, before)}), flush=True)


def make(settings: Settings, moment: str = "") -> None:
    engine = open_engine(settings, read_only=True)
    entry = int(moment.removeprefix("entry ")) if moment.startswith("entry") else -1

    def progress(done: int, _last: int) -> None:
        if done == entry:
            die()

    Dumps(engine, settings.data / FOLDER).make(progress)
    engine.dispose()


def found(settings: Settings, before: str) -> dict[str, Any]:
    """What a process that starts now finds, and how many folders there are when it has looked."""
    engine = open_engine(settings, read_only=True)
    dumps = Dumps(engine, settings.data / FOLDER)
    there = dumps.newest()
    told: dict[str, Any] = {"is_there": there is not None, "is_old": manifest(settings) == before}
    told["looked"] = dumps.look()
    dumps.make(lambda _done, _last: None)
    dumps.clear()
    told["folders"] = sum(one.is_dir() for one in dumps.folder.iterdir())
    engine.dispose()
    return told


def manifest(settings: Settings) -> str:
    return (settings.data / FOLDER / "manifest.json").read_text()


def arm(moment: str) -> None:
    if moment.startswith("sync"):
        left = int(moment.removeprefix("sync "))

        def sync(handle: int) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                die()

        os.fsync = sync
    if moment.endswith("the switch"):
        Path.replace = switch(Path.replace, moment)  # type: ignore[method-assign, assignment]


def switch(replace: Callable[..., Path], moment: str) -> Callable[..., Path]:
    def switched(source: Path, target: Path) -> Path:
        if moment.startswith("before"):
            die()
        done = replace(source, target)
        die()
        return done

    return switched


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
