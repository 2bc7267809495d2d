"""Second pairs of eyes: approvals of exactly one content, handing over and back, and comments."""

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kb.db import DeskTable
from kb.desk.tables.columns import both_or_neither, owned_by, part_key


class Approval(DeskTable):
    """Somebody approved the content with this digest; any later change has another digest."""

    __tablename__ = "approval"
    __table_args__ = (UniqueConstraint("record_id", "content_digest", "actor"),)

    id: Mapped[int] = part_key()
    record_id: Mapped[str] = owned_by("record")
    content_digest: Mapped[str] = mapped_column(String(64))
    actor: Mapped[str]
    approved_at: Mapped[str]
    comment: Mapped[str | None]


class Handover(DeskTable):
    """A draft handed to a second reader, or handed back with what is to be mended; the newest says where it lies."""

    __tablename__ = "handover"
    __table_args__ = (CheckConstraint("step IN ('submit', 'return')", name="step_listed"),)

    id: Mapped[int] = part_key()
    record_id: Mapped[str] = owned_by("record")
    step: Mapped[str]
    content_digest: Mapped[str] = mapped_column(String(64))
    actor: Mapped[str]
    made_at: Mapped[str]
    note: Mapped[str | None]


class Comment(DeskTable):
    """What a reader at the desk says of a field. It outlives the field: `about` keeps the words that it was said of."""

    __tablename__ = "comment"
    __table_args__ = (
        UniqueConstraint("record_id", "number"),
        both_or_neither("resolved_at", "resolved_by"),
    )

    id: Mapped[int] = part_key()
    record_id: Mapped[str] = owned_by("record")
    number: Mapped[int]
    field: Mapped[str]
    about: Mapped[str]
    body: Mapped[str]
    actor: Mapped[str]
    made_at: Mapped[str]
    resolved_at: Mapped[str | None]
    resolved_by: Mapped[str | None]
