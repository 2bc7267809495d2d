"""Snapshots, what a source said at one moment; their segments; and passages, exact quotes of a source."""

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kb.db import DeskTable
from kb.desk.tables.columns import both_or_neither, child_of, listed, owned_by, part_key
from kb.values import vocabulary


class Snapshot(DeskTable):
    """Held: bytes lie in the blobs under `sha256`, the text of record under `text_sha256`. Withheld: hashes only."""

    __tablename__ = "snapshot"
    __table_args__ = (
        UniqueConstraint("source_id", "number"),
        UniqueConstraint("source_id", "sha256"),
        listed("holding", vocabulary.HOLDING),
        CheckConstraint("byte_size >= 0", name="size_counts"),
    )

    id: Mapped[int] = part_key()
    source_id: Mapped[str] = owned_by("source")
    number: Mapped[int]
    holding: Mapped[str]
    open_to_readers: Mapped[bool] = mapped_column(default=False)
    sha256: Mapped[str] = mapped_column(String(64))
    text_sha256: Mapped[str] = mapped_column(String(64))
    byte_size: Mapped[int]
    characters: Mapped[int]
    media_type: Mapped[str]
    language: Mapped[str | None]
    retrieved_from: Mapped[str | None]
    retrieved_on: Mapped[str]
    retrieved_with: Mapped[str | None]


class Segment(DeskTable):
    """A stretch of a text of record with its role; start and end in code points."""

    __tablename__ = "segment"
    __table_args__ = (
        UniqueConstraint("snapshot_id", "code"),
        UniqueConstraint("source_id", "number"),
        listed("role", vocabulary.SEGMENT_ROLE),
        CheckConstraint("0 <= start_at AND start_at < end_at", name="in_order"),
    )

    id: Mapped[int] = part_key()
    source_id: Mapped[str] = owned_by("source")
    snapshot_id: Mapped[int] = child_of("snapshot")
    number: Mapped[int]
    code: Mapped[str]
    start_at: Mapped[int]
    end_at: Mapped[int]
    role: Mapped[str]
    claims_taken: Mapped[bool]
    note: Mapped[str | None]


class Passage(DeskTable):
    """An exact quote of a source and how it is known. Offsets are code points, end exclusive."""

    __tablename__ = "passage"
    __table_args__ = (
        listed("state", vocabulary.QUOTE_STATE),
        both_or_neither("start_at", "end_at"),
        both_or_neither("occurrence", "occurrences"),
        both_or_neither("exact", "language"),
        CheckConstraint("0 <= start_at AND start_at < end_at", name="in_order"),
        CheckConstraint("0 < occurrence AND occurrence <= occurrences", name="occurrence_counts"),
        CheckConstraint("(state = 'unseen') = (exact IS NULL)", name="unseen_has_no_words"),
        CheckConstraint(
            "state <> 'verified' OR (snapshot_id IS NOT NULL AND start_at IS NOT NULL AND text_sha256 IS NOT NULL)",
            name="verified_in_a_text",
        ),
    )

    id: Mapped[int] = part_key()
    source_id: Mapped[str] = mapped_column(String(9), ForeignKey("source.id"), index=True)
    snapshot_id: Mapped[int | None] = mapped_column(ForeignKey("snapshot.id"))
    state: Mapped[str]
    exact: Mapped[str | None]
    language: Mapped[str | None]
    prefix: Mapped[str | None]
    suffix: Mapped[str | None]
    start_at: Mapped[int | None]
    end_at: Mapped[int | None]
    occurrence: Mapped[int | None]
    occurrences: Mapped[int | None]
    segment: Mapped[str | None]
    text_sha256: Mapped[str | None] = mapped_column(String(64))


class LeftOutSentence(DeskTable):
    """A sentence of a text that was not made a claim, and why; desk work, never published."""

    __tablename__ = "left_out_sentence"
    __table_args__ = (UniqueConstraint("source_id", "number"),)

    id: Mapped[int] = part_key()
    source_id: Mapped[str] = owned_by("source")
    number: Mapped[int]
    passage_id: Mapped[int] = mapped_column(ForeignKey("passage.id"))
    reason: Mapped[str]
