"""Long outputs: to standard output, or to a file that is whole or not there."""

import hashlib
import os
import sys
from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from kb.errors import CannotStart

# Chunks that are made before they are wanted: with one, each of the two threads would wait for the other's slowest.
AHEAD = 3


def to_standard_output(chunks: Iterable[bytes]) -> str:
    """Gives the sha256 of what was written."""
    digest = hashlib.sha256()
    with closing(_ahead(chunks)) as made:
        for chunk in made:
            digest.update(chunk)
            _put(chunk)
    return digest.hexdigest()


def to_file(out: Path, chunks: Iterable[bytes]) -> str:
    """Write beside, then rename; the sha256 goes into `FILE.sha256` as `sha256sum` writes it. Gives the sha256.

    Raises CannotStart where there is no writing, or where something is that a file must not replace.
    """
    # A device or a pipe would be gone for every program; a folder cannot be replaced, and has no name where it is ".".
    if out.exists() and not out.is_file():
        remedy = "Name a file, or leave --out away and send standard output there."
        raise CannotStart("is not a file, and is not replaced by one.", where=str(out), remedy=remedy)
    part, digest = out.with_name(out.name + ".part"), hashlib.sha256()
    told, told_part = out.with_name(out.name + ".sha256"), out.with_name(out.name + ".sha256.part")
    try:
        with part.open("wb") as file, closing(_ahead(chunks)) as made:
            for chunk in made:
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        # Both are whole before either has its name.
        told_part.write_text(f"{digest.hexdigest()}  {out.name}\n", "utf-8")
        part.replace(out)
        told_part.replace(told)
    except OSError as error:
        raise CannotStart(f"cannot be written: {error.strerror}", where=str(out)) from error
    finally:
        part.unlink(missing_ok=True)
        told_part.unlink(missing_ok=True)
    return digest.hexdigest()


def _put(chunk: bytes) -> None:
    try:
        sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        # What is still held back would be tried again at the end, and fail again, with Python's own words.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise CannotStart(f"cannot be written: {error.strerror}", where="standard output") from error


def _ahead(chunks: Iterable[bytes]) -> Generator[bytes, None, None]:
    """The same; while one is hashed and written, another thread makes the next ones.

    The making is what has a thread of its own: it never waits for whoever reads our output, so Ctrl-C ends it at once.
    Whoever closes this closes the database after it.
    """
    coming = iter(chunks)
    with ThreadPoolExecutor(1) as maker:
        made = deque(maker.submit(next, coming, None) for _ in range(AHEAD))
        while (chunk := made.popleft().result()) is not None:
            made.append(maker.submit(next, coming, None))
            yield chunk
