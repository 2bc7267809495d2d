"""Assessments: verdicts of aspects, confidence with its reason, and replies. The headline is computed, never stored."""

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kb.db import DeskTable
from kb.desk.tables.columns import both_or_neither, child_of, listed, owned_by, part_key
from kb.values import vocabulary


class Assessment(DeskTable):
    """One for each claim. `override_verdict` only where an editor departs from the roll-up, with the reason."""

    __tablename__ = "assessment"
    __table_args__ = (
        UniqueConstraint("claim_id"),
        listed("override_verdict", vocabulary.VERDICT),
        both_or_neither("override_verdict", "override_reason"),
    )

    id: Mapped[int] = part_key()
    claim_id: Mapped[str] = owned_by("claim")
    number: Mapped[int]
    override_verdict: Mapped[str | None]
    override_reason: Mapped[str | None]
    confidence: Mapped[str]
    reason: Mapped[str]
    confidence_reason: Mapped[str | None]
    would_change: Mapped[str | None]
    assessed_on: Mapped[str]
    # The version of the page "method" that was in force, as `/method/v{n}`.
    method_version: Mapped[int]


class AspectVerdict(DeskTable):
    """The verdict on one aspect."""

    __tablename__ = "aspect_verdict"
    __table_args__ = (UniqueConstraint("aspect_id"), listed("verdict", vocabulary.VERDICT))

    id: Mapped[int] = part_key()
    assessment_id: Mapped[int] = child_of("assessment")
    aspect_id: Mapped[int] = child_of("aspect")
    verdict: Mapped[str]
    confidence: Mapped[str]
    reason: Mapped[str | None]


class Reply(DeskTable):
    """What somebody concerned has said to the matter. By an agent, by a name only, or not said by whom."""

    __tablename__ = "reply"
    __table_args__ = (
        UniqueConstraint("claim_id", "number"),
        CheckConstraint("unnamed = (agent_id IS NULL AND name IS NULL)", name="who_or_unnamed"),
        both_or_neither("translation", "translation_language"),
    )

    id: Mapped[int] = part_key()
    claim_id: Mapped[str] = owned_by("claim")
    number: Mapped[int]
    position: Mapped[int]
    agent_id: Mapped[str | None] = mapped_column(String(9), ForeignKey("agent.id"), index=True)
    name: Mapped[str | None]
    unnamed: Mapped[bool] = mapped_column(default=False)
    statement: Mapped[str]
    short: Mapped[str]
    stated_on: Mapped[str | None]
    passage_id: Mapped[int | None] = mapped_column(ForeignKey("passage.id"))
    origin_id: Mapped[str | None] = mapped_column(String(9), ForeignKey("origin.id"))
    translation: Mapped[str | None]
    translation_language: Mapped[str | None]
