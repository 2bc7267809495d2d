"""Origins: where a piece of information first came from."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from kb.db import DeskTable
from kb.desk.tables.columns import record_key


class Origin(DeskTable):
    """An announcement, a treaty, a person's own words. Label and note name no private person."""

    __tablename__ = "origin"

    id: Mapped[str] = record_key()
    label: Mapped[str]
    genre: Mapped[str]
    seen: Mapped[bool]
    first_hand_source_id: Mapped[str | None] = mapped_column(String(9), ForeignKey("source.id"))
    note: Mapped[str | None]
