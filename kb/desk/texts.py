"""Texts of record that the desk holds: from the blobs, by source."""

from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk.tables import Snapshot


class Keeping(Protocol):
    """Where bytes are kept; `kb.blobs` does it on the disk."""

    def put(self, data: bytes) -> str: ...
    def get(self, sha256: str) -> bytes: ...


@dataclass(frozen=True)
class HeldText:
    """The text of record of a held snapshot."""

    snapshot_id: int
    sha256: str
    text: str


class Texts:
    """Looks texts up once each; a source has the text of its newest held snapshot."""

    def __init__(self, session: Session, blobs: Keeping) -> None:
        self._session = session
        self._blobs = blobs
        self._known: dict[str, HeldText | None] = {}

    def of(self, source_id: str) -> HeldText | None:
        if source_id not in self._known:
            self._known[source_id] = self._look(source_id)
        return self._known[source_id]

    def forget(self, source_id: str) -> None:
        """After a snapshot was brought in."""
        self._known.pop(source_id, None)

    def _look(self, source_id: str) -> HeldText | None:
        held = select(Snapshot).where(Snapshot.source_id == source_id, Snapshot.holding == "held")
        found = self._session.scalars(held.order_by(Snapshot.number.desc()).limit(1)).first()
        if found is None:
            return None
        return HeldText(found.id, found.text_sha256, self._blobs.get(found.text_sha256).decode("utf-8"))
