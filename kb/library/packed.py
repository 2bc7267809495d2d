"""A file as bytes, unpacked where its name says that it is packed."""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import zstandard

from kb.errors import Missing, Refused
from kb.values.prose import shown

PACKED = (".gz", ".zst")
# Packed bytes that are read at a time.
PIECE = 2**16


@contextmanager
def unpacked(path: Path) -> Iterator[io.BufferedReader]:
    """The bytes within, a few in memory at a time.

    Raises Missing or Refused, also while they are read: a file that ends too early is no shorter file.
    """
    where = shown(str(path), 200)
    try:
        with path.open("rb") as file, _within(file, path.suffix) as stream:
            yield stream
    except FileNotFoundError as error:
        remedy = "Download it first: nothing is fetched from the network." if ":/" in where else ""
        raise Missing("there is no such file", where=where, remedy=remedy) from error
    except (EOFError, gzip.BadGzipFile, zlib.error, zstandard.ZstdError) as error:
        what = f"the file is not whole, or not packed as its name says ({error})"
        raise Refused(what, where=where, remedy="Get it again, and compare its sha256.") from error
    except OSError as error:
        raise Refused(f"the file cannot be read ({error.strerror or error})", where=where) from error


def _within(file: io.BufferedReader, ending: str) -> io.BufferedReader:
    # Nothing at all, packed, is some bytes long; those who unpack would take a download that never began for it.
    if ending in PACKED and not file.peek(1):
        raise EOFError("it is empty")
    if ending == ".gz":
        return io.BufferedReader(gzip.GzipFile(fileobj=file), PIECE)
    return io.BufferedReader(_Frames(file), PIECE) if ending == ".zst" else file


class _Frames(io.RawIOBase):
    """The frames of a zstd file one after another; raises EOFError where the last one is not whole.

    zstandard's own reader takes such a file for a shorter one.
    """

    def __init__(self, file: io.BufferedReader) -> None:
        self._file = file
        self._frame: zstandard.ZstdDecompressionObj | None = None
        self._packed = b""
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready and self._more():
            pass
        with memoryview(buffer) as room:
            count = min(len(room), len(self._ready))
            room[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _more(self) -> bool:
        """Unpack the next piece; False at the end of the file."""
        packed = self._packed or self._file.read(PIECE)
        if not packed:
            if self._frame:
                raise EOFError("the last frame breaks off")
            return False
        frame = self._frame or zstandard.ZstdDecompressor().decompressobj()
        self._ready = memoryview(frame.decompress(packed))
        self._frame, self._packed = (None, frame.unused_data) if frame.eof else (frame, b"")
        return True
