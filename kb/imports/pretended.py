"""Blobs for a dry run: what is put is kept in memory alone."""

import hashlib

from kb.desk.texts import Keeping


class Pretended:
    """Reads from the real ones, and writes nowhere."""

    def __init__(self, blobs: Keeping) -> None:
        self._blobs = blobs
        self._put: dict[str, bytes] = {}

    def put(self, data: bytes) -> str:
        name = hashlib.sha256(data).hexdigest()
        self._put[name] = data
        return name

    def get(self, sha256: str) -> bytes:
        return self._put[sha256] if sha256 in self._put else self._blobs.get(sha256)
