"""Figures: numbers in a claim or in evidence, as printed and as read. Decimals are canonical strings."""

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kb.db import DeskTable
from kb.desk.tables.columns import both_or_neither, listed, owned_by, part_key
from kb.values import vocabulary


class Figure(DeskTable):
    """A number. A bound is empty where the words give none; no bound is invented."""

    __tablename__ = "figure"
    __table_args__ = (
        UniqueConstraint("claim_id", "number"),
        listed("comparator", vocabulary.COMPARATOR),
        both_or_neither("low", "low_inclusive"),
        both_or_neither("high", "high_inclusive"),
        both_or_neither("start_at", "end_at"),
        CheckConstraint("0 <= start_at AND start_at < end_at", name="in_order"),
    )

    id: Mapped[int] = part_key()
    claim_id: Mapped[str] = owned_by("claim")
    number: Mapped[int]
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id", ondelete="CASCADE"), index=True)
    aspect_id: Mapped[int | None] = mapped_column(ForeignKey("aspect.id"))
    raw: Mapped[str]
    raw_language: Mapped[str]
    value: Mapped[str | None]
    low: Mapped[str | None]
    low_inclusive: Mapped[bool | None]
    high: Mapped[str | None]
    high_inclusive: Mapped[bool | None]
    comparator: Mapped[str]
    unit: Mapped[str]
    counted: Mapped[str | None]
    measure_id: Mapped[str | None] = mapped_column(String(9), ForeignKey("topic.id"))
    scope: Mapped[str | None]
    rounding_step: Mapped[str | None]
    period: Mapped[str | None]  # EDTF
    period_note: Mapped[str | None]
    counted_by: Mapped[str | None]
    counted_by_agent_id: Mapped[str | None] = mapped_column(String(9), ForeignKey("agent.id"))
    share_of_id: Mapped[int | None] = mapped_column(ForeignKey("figure.id"))
    start_at: Mapped[int | None]
    end_at: Mapped[int | None]
    note: Mapped[str | None]
