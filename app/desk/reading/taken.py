"""Quotes of a source that were taken before, with the claims that they were taken for."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.web.views.text import Mark
from kb.desk.labels import labels_of
from kb.desk.quotes import owners_of
from kb.desk.tables import Passage

# The word before the number of a part, as an editor calls it.
PARTS = {"appearance": "claim", "evidence": "evidence", "search": "search", "reply": "reply", "left-out": "left out"}


@dataclass(frozen=True)
class Taken:
    """A quote; `number` is its number beside the text, `record` and `part` where it was taken for."""

    number: int
    start: int
    end: int
    record: str
    part: str
    label: str

    @property
    def is_left_out(self) -> bool:
        return self.part.startswith("left-out")

    @property
    def used_as(self) -> str:
        return next(words for stem, words in PARTS.items() if self.part.startswith(stem))

    @property
    def mark(self) -> Mark:
        return Mark(self.number, self.start, self.end)


def taken_from(session: Session, source_id: str, text_sha256: str) -> list[Taken]:
    """All that stand in exactly this text, in their order. A fixed number of statements."""
    wanted = (
        select(Passage.id, Passage.start_at, Passage.end_at)
        .where(Passage.source_id == source_id, Passage.text_sha256 == text_sha256, Passage.state == "verified")
        .order_by(Passage.start_at, Passage.end_at, Passage.id)
    )
    rows = session.execute(wanted).all()
    owners = owners_of(session, [source_id])
    labels = labels_of(session, [owners[row.id][0] for row in rows if row.id in owners])
    return [
        Taken(number, row.start_at, row.end_at, *owners[row.id], labels.get(owners[row.id][0], "a claim without words"))
        for number, row in enumerate((row for row in rows if row.id in owners), 1)
    ]
