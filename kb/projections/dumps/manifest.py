"""What the files of a set are: which position of the log they show, and name, size and sha256 of each."""

import os
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kb.formats.holdings import Counts, File

NAME = "manifest.json"
# Of the files and of the manifest: those of another shape are made again.
SHAPE = 1


class Manifest(BaseModel):
    """The files stand in `folder`, beside the manifest; all show the log at entry `seq`, issued at `time`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    shape: int
    folder: str = Field(pattern="^[0-9]+-[a-z0-9_]+$")
    seq: int
    leaf_hash: str
    time: str
    # When the files were made, in UTC.
    made: str
    files: tuple[File, ...]
    # Of the current set.
    counts: Counts

    def file(self, name: str) -> File | None:
        """The file of this name."""
        return next((file for file in self.files if file.name == name), None)


def read_manifest(folder: Path) -> Manifest | None:
    """The one that stands in the folder; None where there is none, or none that this code can read."""
    try:
        found = Manifest.model_validate_json((folder / NAME).read_bytes())
    except (OSError, ValidationError):
        return None
    return found if found.shape == SHAPE else None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """From this moment on its files are the newest: whole or not at all."""
    beside = folder / f".{NAME}"
    with beside.open("w", encoding="utf-8") as file:
        file.write(manifest.model_dump_json(indent=1) + "\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(folder / NAME)
    sync(folder)


def sync(folder: Path) -> None:
    """Let the folder's own entries last."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
