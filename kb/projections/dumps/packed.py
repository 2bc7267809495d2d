"""A file that is packed while it is written, with its size and its sha256 counted on the way to the disk."""

import hashlib
import os
import zlib
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import zstandard

# Quick enough to follow a log, and small enough to be fetched; more of either costs much and gives little.
GZIP_LEVEL = 6
ZSTD_LEVEL = 9


class _Packer(Protocol):
    def compress(self, data: bytes, /) -> bytes: ...

    def flush(self) -> bytes: ...


class Packed:
    """`with Packed(path, "gz") as file: file.write(b"…")`: `bytes` and `sha256` are those of the file on the disk.

    `compression` is "gz", "zst" or "" for none. The same bytes written give the same file: no name, no time in it.
    """

    def __init__(self, path: Path, compression: str = "") -> None:
        self.bytes = 0
        self._digest = hashlib.sha256()
        self._file = path.open("xb")
        self._packer = _packer(compression)
        self._is_used = False

    def write(self, data: bytes) -> None:
        """Pack it and write it."""
        self._is_used = self._is_used or bool(data)
        self.write_packed(data if self._packer is None else self._packer.compress(data))

    def write_packed(self, data: bytes) -> None:
        """What is packed already goes to the disk as it is: frames of zstd after one another are one file of zstd."""
        self._file.write(data)
        self._digest.update(data)
        self.bytes += len(data)

    @property
    def sha256(self) -> str:
        """In hexadecimal."""
        return self._digest.hexdigest()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """On the disk, whole, at the end; where there was an error, it is only closed."""
        try:
            if error is None:
                # Frames that were made elsewhere need no empty one after them.
                if self._packer is not None and (self._is_used or not self.bytes):
                    self.write_packed(self._packer.flush())
                self._file.flush()
                os.fsync(self._file.fileno())
        finally:
            self._file.close()


def _packer(compression: str) -> _Packer | None:
    if compression == "gz":
        # The window's number asks zlib for the head of a gzip file, whose time it leaves at 0.
        return zlib.compressobj(GZIP_LEVEL, wbits=zlib.MAX_WBITS + 16)
    if compression == "zst":
        return zstandard.ZstdCompressor(level=ZSTD_LEVEL, write_checksum=True).compressobj()
    return None
