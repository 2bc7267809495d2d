"""Where the index on disk stands: a small file that is replaced as a whole, and the token that asks for a new index."""

import hashlib
import json
import os
import secrets
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from kb.errors import Broken
from kb.formats.ns.published import vocabulary_nquads

# Raised by whoever changes what an index holds of an entry: indexes of another shape are made anew.
NUMBER = 1
# The name of the index, and of its folder in the data folder.
FOLDER = "triples"
_POINTER = "pointer.json"
_RENEW = "renew"


@dataclass(frozen=True)
class Pointer:
    """The generation that is read, and what it was made of.

    `leaf` is the hash of the log's leaf `seq`, which commits to all before it. `first` is the number of the oldest
    generation of the same building. `renew` is the token that was in force when that was begun. `quads`: as last
    counted.
    """

    shape: str
    seq: int
    leaf: str
    generation: str
    first: int
    renew: str
    quads: int


@cache
def shape() -> str:
    """Of an index that this code makes: its number, and what vocabulary it holds."""
    return f"{NUMBER}-{hashlib.sha256(vocabulary_nquads()).hexdigest()[:16]}"


def read_pointer(folder: Path) -> Pointer | None:
    """None where there is none. Raises Broken where it cannot be read."""
    path = folder / _POINTER
    try:
        found = Pointer(**json.loads(path.read_bytes()))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, TypeError) as error:
        raise Broken("the pointer of the index on disk cannot be read", where=str(path)) from error
    if any(type(value) is not Pointer.__annotations__[name] for name, value in asdict(found).items()):
        raise Broken("the pointer of the index on disk has another form", where=str(path))
    return found


def write_pointer(folder: Path, pointer: Pointer) -> None:
    """All of it or nothing, and on the disk when this returns."""
    _replace(folder / _POINTER, json.dumps(asdict(pointer)))


def remove_pointer(folder: Path) -> None:
    """There is no index on disk any more."""
    (folder / _POINTER).unlink(missing_ok=True)


def renew(folder: Path) -> None:
    """Ask for a new index: whoever has one, or makes one, begins anew. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    _replace(folder / _RENEW, secrets.token_hex(8))


def renewal(folder: Path) -> str:
    """The token in force; an index that was begun under another one has to be made anew. "" where there is none."""
    try:
        return (folder / _RENEW).read_text("ascii").strip()
    except (OSError, ValueError):
        return ""


def sync(folder: Path) -> None:
    """What was renamed in the folder stays so."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _replace(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("w", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync(path.parent)
