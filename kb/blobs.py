"""Bytes that are kept: files named by the sha256 of what they hold, never overwritten, never trusted unread."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from kb.errors import Broken, Missing, Refused

HEX = frozenset("0123456789abcdef")


class NoSuchBlob(Missing):
    """No bytes are held under this sha256."""


class AlteredBlob(Broken):
    """What is held is not what its name says."""


class Blobs:
    """A folder of bytes; each file stands in a folder of its name's first two letters."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, data: bytes) -> str:
        """Keep the bytes; gives their sha256. What is there already stays as it is.

        On the return the bytes are on the disk, whole: written beside, synced, renamed. A file that is there but
        altered is put right.
        """
        name = hashlib.sha256(data).hexdigest()
        path = self._path(name)
        if not self._holds(path, data):
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(path, data)
            # A new folder's own entry must last as well.
            _sync(self.folder)
        return name

    def get(self, sha256: str) -> bytes:
        """The bytes. Raises NoSuchBlob, or AlteredBlob rather than give wrong ones."""
        try:
            data = self._path(sha256).read_bytes()
        except FileNotFoundError:
            raise NoSuchBlob("no bytes are held under this hash", where=sha256) from None
        except OSError as error:
            raise AlteredBlob(f"the held bytes cannot be read ({error.strerror})", where=sha256) from error
        if (found := hashlib.sha256(data).hexdigest()) != sha256:
            remedy = "Put the file back from a backup."
            raise AlteredBlob(
                f"the held bytes are not what they were: their sha256 is {found}", where=sha256, remedy=remedy
            )
        return data

    def has(self, sha256: str) -> bool:
        """True where bytes are held under this name; only `get` says whether they are still the right ones."""
        return self._path(sha256).is_file()

    def names(self) -> Iterator[str]:
        """The sha256 of everything that is held, sorted."""
        for path in sorted(self.folder.glob("[0-9a-f][0-9a-f]/*")):
            if _is_name(path.name):
                yield path.name

    def _path(self, sha256: str) -> Path:
        # A name from outside must never lead to another folder.
        if not _is_name(sha256):
            raise Refused("this is not a sha256 in lower-case hexadecimal", where=sha256[:80])
        return self.folder / sha256[:2] / sha256

    def _holds(self, path: Path, data: bytes) -> bool:
        return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data


def _is_name(text: str) -> bool:
    return len(text) == 64 and HEX.issuperset(text)


def _write_whole(path: Path, data: bytes) -> None:
    """All of it under its name, or nothing: temporary file, fsync, rename, fsync of the folder."""
    handle, beside = tempfile.mkstemp(prefix=".part-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(0o644)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    _sync(path.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
