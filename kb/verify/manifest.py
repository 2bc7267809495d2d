"""The manifest of a copy: what is in it, each file with its sha256, and a digest over all of that."""

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from kb.errors import Refused

NAME = "manifest.json"
TYPE = "claimbase/backup/1"
CHUNK = 1 << 20

# Told how much is done, and of how much where that is known.
Progress = Callable[[int, int | None], None]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class NotACopy(Refused):
    """What was given is no backup that `claimbase backup` made."""


class AlteredCopy(Refused):
    """A file of the copy is missing, torn, changed or too many."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class HeadAt(_Strict):
    """Where the log ended: number and hash of its newest leaf."""

    seq: Annotated[int, Field(ge=0)]
    leaf_hash: Digest


class Counts(_Strict):
    """What the copy holds; `files` are the held bytes of snapshots."""

    editions: int
    records: int
    files: int


class File(_Strict):
    """A file of the copy; `path` is relative to it, with slashes."""

    path: Annotated[str, Field(pattern=r"^(database\.(sqlite3|dump)|blobs/[0-9a-f]{2}/[0-9a-f]{64})$")]
    bytes: Annotated[int, Field(ge=0)]
    sha256: Digest


class Manifest(_Strict):
    """The manifest. `digest` is the sha256 of the others' bytes, so that a change in the manifest itself shows."""

    type: Literal["claimbase/backup/1"]
    made: str
    software: str
    base: str
    engine: Literal["sqlite", "postgresql"]
    schema_revision: str
    head: HeadAt
    counts: Counts
    files: list[File]
    digest: Digest

    @model_validator(mode="after")
    def _says_its_own_digest(self) -> Self:
        if self.digest != hashlib.sha256(_bytes(self.model_dump(exclude={"digest"}))).hexdigest():
            raise ValueError("its digest is not that of what it says")
        return self

    @property
    def database(self) -> File:
        """The file that holds the database."""
        return next(file for file in self.files if file.path.startswith("database."))

    def in_words(self) -> str:
        """One line for people."""
        counts = self.counts
        what = f"{counts.editions} editions of {counts.records} records and {counts.files} held files"
        return f"{what}, of {self.made}, head {self.head.leaf_hash}."


def make_manifest(folder: Path, facts: dict[str, Any]) -> Manifest:
    """Hash every file of the folder and write the manifest; `facts` is everything but type, files and digest."""
    files = [_file(folder, path) for path in _paths(folder)]
    said = {"type": TYPE, **facts, "files": files}
    manifest = Manifest.model_validate({**said, "digest": hashlib.sha256(_bytes(_plain(said))).hexdigest()})
    (folder / NAME).write_bytes(_bytes(manifest.model_dump()))
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """Raises NotACopy, or AlteredCopy where the manifest is not the one that was written."""
    path = folder / NAME
    if folder.is_file() or not path.is_file():
        raise NotACopy(
            "this is not a backup: it has no manifest",
            where=str(folder),
            remedy="Name the folder that `claimbase backup` made. A copied database file is none: of a database in "
            "use it lacks what is still in its journal.",
        )
    data = path.read_bytes()
    try:
        manifest = Manifest.model_validate_json(data)
    except ValidationError as error:
        raise _altered(path, _first_words(error)) from error
    if data != _bytes(manifest.model_dump()):
        raise _altered(path, "its bytes are not those that were written")
    return manifest


def check_files(folder: Path, manifest: Manifest, progress: Progress) -> None:
    """Every file is there, whole, and nothing else. Raises AlteredCopy for the first that is not so."""
    listed = {file.path: file for file in manifest.files}
    found = set(_paths(folder)) - {NAME}
    if missing := sorted(listed.keys() - found):
        raise _altered(folder / missing[0], f"it is missing ({len(missing)} of {len(listed)} files are)")
    if strange := sorted(found - listed.keys()):
        raise _altered(folder / strange[0], "the manifest does not have this file")
    done, total = 0, sum(file.bytes for file in manifest.files)
    for file in manifest.files:
        path = folder / file.path
        if path.stat().st_size != file.bytes:
            raise _altered(path, f"it has {path.stat().st_size} bytes, not {file.bytes}")
        if sha256_of(path) != file.sha256:
            raise _altered(path, "its bytes are not those that were written")
        done += file.bytes
        progress(done, total)


def sha256_of(path: Path) -> str:
    """The sha256 of a file, read in pieces."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            found.update(chunk)
    return found.hexdigest()


def _paths(folder: Path) -> Iterator[str]:
    return (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if not path.is_dir())


def _file(folder: Path, path: str) -> dict[str, Any]:
    return {"path": path, "bytes": (folder / path).stat().st_size, "sha256": sha256_of(folder / path)}


def _plain(value: dict[str, Any]) -> dict[str, Any]:
    """In the order of the model's fields, since the digest is of bytes."""
    return {name: value[name] for name in Manifest.model_fields if name in value}


def _bytes(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _first_words(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    where = ".".join(str(step) for step in first["loc"])
    return f"{where}: {first['msg']}" if where else first["msg"]


def _altered(path: Path, problem: str) -> AlteredCopy:
    return AlteredCopy(
        f"the backup is not as it was made: {problem}", where=str(path), remedy="Take another backup; keep this one."
    )
