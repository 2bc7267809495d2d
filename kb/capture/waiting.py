"""What was brought in and waits for its editor to say what it is: facts under a name that nobody can guess.

Bytes and text lie among the blobs; what is never taken up is forgotten, and such bytes belong to nothing.
"""

import json
import re
import secrets
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from kb.capture.extracted import Proposed
from kb.errors import Missing

KEPT = 7 * 24 * 60 * 60
_KEY = re.compile(r"[0-9a-f]{32}", re.ASCII)


class NothingWaits(Missing):
    """The name is unknown: it was taken up, or forgotten."""


@dataclass(frozen=True)
class Brought:
    """Hashes of bytes and text, and how both came; `address` is what the editor typed, `notes` are sentences."""

    sha256: str
    text_sha256: str
    characters: int
    media_type: str
    retrieved_on: str
    retrieved_with: str
    retrieved_from: str | None
    address: str | None
    notes: tuple[str, ...]
    proposed: Proposed


class Waiting:
    """A folder with one small file for each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, brought: Brought) -> str:
        """Its name. Whatever waited for a week is forgotten by the way."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._sweep()
        key = secrets.token_hex(16)
        self._path(key).write_text(json.dumps(asdict(brought)), "utf-8")
        return key

    def get(self, key: str) -> Brought:
        """Raises NothingWaits."""
        try:
            found = json.loads(self._path(key).read_text("utf-8"))
        except FileNotFoundError:
            raise _nothing() from None
        return Brought(**found | {"notes": tuple(found["notes"]), "proposed": Proposed(**found["proposed"])})

    def drop(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    def _sweep(self) -> None:
        oldest = time.time() - KEPT
        for path in self.folder.glob("*.json"):
            if path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        # A name from outside must never lead to another folder.
        if not _KEY.fullmatch(key):
            raise _nothing()
        return self.folder / f"{key}.json"


def _nothing() -> NothingWaits:
    return NothingWaits("Nothing waits here: it was taken up, or it waited for too long.", remedy="Bring it in again.")
