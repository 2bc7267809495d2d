"""Approvals: a second pair of eyes on exactly this content."""

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kb.db import DeskTable
from kb.desk.tables.columns import owned_by, part_key


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
