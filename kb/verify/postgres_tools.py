"""PostgreSQL's own programs: where they are, and how they are run."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sqlalchemy import make_url

from kb.errors import Broken, CannotStart
from kb.settings import Settings

DEBIAN = Path("/usr/lib/postgresql")
LOOK_SECONDS = 0.1


def program(name: str) -> Path:
    """The newest one that is installed, since an old pg_dump refuses a newer server. Raises CannotStart."""
    versions = sorted(DEBIAN.glob(f"*/bin/{name}"), key=lambda path: _number(path.parent.parent.name))
    on_path = shutil.which(name)
    found = [*versions[-1:], *([Path(on_path)] if on_path else [])]
    if not found:
        raise CannotStart(
            f"{name} is not installed",
            where="PATH",
            remedy="Install PostgreSQL's client programs (on Debian: postgresql-client) or put them on the PATH.",
        )
    return found[0]


def address(settings: Settings) -> str:
    """The database's address as PostgreSQL's programs read it, without the password."""
    url = make_url(settings.database).set(drivername="postgresql")
    return url._replace(password=None).render_as_string(hide_password=False)


def run(settings: Settings, name: str, *words: str, meanwhile: Callable[[], None]) -> None:
    """Run a program to its end, calling `meanwhile` as it goes. Raises Broken with what it said; stops with us."""
    with _started(settings, name, words, subprocess.DEVNULL) as child:
        while child.poll() is None:
            meanwhile()
            try:
                child.wait(LOOK_SECONDS)
            except subprocess.TimeoutExpired:
                continue


def lines(settings: Settings, name: str, *words: str) -> Iterator[bytes]:
    """The lines that a program writes. Raises Broken where it fails, after its last line."""
    with _started(settings, name, words, subprocess.PIPE) as child:
        if child.stdout is not None:
            yield from child.stdout


@contextmanager
def _started(settings: Settings, name: str, words: tuple[str, ...], out: int) -> Iterator[subprocess.Popen[bytes]]:
    password = make_url(settings.database).password
    # Not among the words: those stand in the list of processes for everybody to read.
    environment = {**os.environ, "LC_ALL": "C", **({"PGPASSWORD": str(password)} if password else {})}
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(
            [str(program(name)), *words], stdin=subprocess.DEVNULL, stdout=out, stderr=said, env=environment
        )
        try:
            yield child
        except BaseException:
            child.kill()
            raise
        finally:
            if child.stdout is not None:
                child.stdout.close()
            child.wait()
        if child.returncode:
            raise _failed(name, said)


def _failed(name: str, said: IO[bytes]) -> Broken:
    said.seek(0)
    text = said.read().decode("utf-8", "replace").strip()
    # The first line is the cause; what follows are its consequences and the statement.
    first = next((line for line in text.splitlines() if "error" in line.lower()), text.partition("\n")[0])
    return Broken(f"{name} did not succeed: {first or 'it said nothing'}", where="PostgreSQL")


def _number(version: str) -> int:
    found = re.match(r"\d+", version)
    return int(found[0]) if found else 0
