"""The bytes of a page, unpacked as they come and counted while they grow."""

import zlib
from io import BytesIO
from typing import Protocol

from kb.capture.door.limits import Limits, size
from kb.capture.door.refusal import NotFetched

_STEP = 65_536
_GZIP_OR_ZLIB = 47
_BARE_DEFLATE = -15
_PACKED = ("gzip", "x-gzip", "deflate")


class _Inflater(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    @property
    def unconsumed_tail(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class Body:
    """Takes what is sent; refuses codings that were not asked for, and more than the limits allow."""

    def __init__(self, coding: str, limits: Limits) -> None:
        """`coding` is the Content-Encoding as sent, or empty."""
        self._coding = coding.strip().lower()
        if self._coding not in ("", "identity", *_PACKED):
            raise NotFetched("The page's server packed the page in a way that was not asked for.")
        self._limits = limits
        self._sent = 0
        self._data = BytesIO()
        self._inflater: _Inflater | None = None

    def take(self, chunk: bytes) -> None:
        self._sent += len(chunk)
        if self._coding not in _PACKED:
            self._keep(chunk)
            return
        try:
            while chunk:
                chunk = self._unpack(chunk)
        except zlib.error:
            raise NotFetched("The page was sent packed, and cannot be unpacked.") from None

    def whole(self) -> bytes:
        """All of it, unpacked; refuses what was cut off, and nothing at all."""
        if self._inflater is not None and not self._inflater.eof:
            raise NotFetched("The page was cut off on its way.")
        if not self._data.tell():
            raise NotFetched("The page's server answered, but with an empty page.")
        return self._data.getvalue()

    def _unpack(self, chunk: bytes) -> bytes:
        """What is left over, which begins a further part: a gzip file may have several."""
        if self._inflater is None or self._inflater.eof:
            # A bare stream of deflate has no header to know it by; some servers send one under that name.
            bare = self._coding == "deflate" and chunk[0] & 0x0F != 8
            self._inflater = zlib.decompressobj(_BARE_DEFLATE if bare else _GZIP_OR_ZLIB)
        while True:
            piece = self._inflater.decompress(chunk, _STEP)
            self._keep(piece)
            chunk = self._inflater.unconsumed_tail
            if self._inflater.eof or (not chunk and len(piece) < _STEP):
                return self._inflater.unused_data

    def _keep(self, piece: bytes) -> None:
        self._data.write(piece)
        length = self._data.tell()
        if length > self._limits.ratio_from and length > self._limits.ratio * self._sent:
            raise NotFetched(f"The page unpacks to more than {self._limits.ratio} times what was sent.")
        if length > self._limits.inflated:
            raise NotFetched(f"The page is larger than {size(self._limits.inflated)} when unpacked.")
