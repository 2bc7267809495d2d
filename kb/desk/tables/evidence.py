"""Evidence, searches without result and open questions: what bears on a claim, or would."""

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kb.db import DeskTable
from kb.desk.tables.columns import both_or_neither, child_of, listed, owned_by, part_key
from kb.values import vocabulary


class Evidence(DeskTable):
    """A passage that bears on an aspect. Its source, words and state stand in the passage."""

    __tablename__ = "evidence"
    __table_args__ = (
        UniqueConstraint("claim_id", "number"),
        listed("stance", vocabulary.STANCE),
        listed("grade", vocabulary.GRADE),
        listed("strength", vocabulary.STRENGTH),
        both_or_neither("strength", "strength_reason"),
        both_or_neither("translation", "translation_language"),
    )

    id: Mapped[int] = part_key()
    claim_id: Mapped[str] = owned_by("claim")
    number: Mapped[int]
    aspect_id: Mapped[int] = mapped_column(ForeignKey("aspect.id"), index=True)
    passage_id: Mapped[int] = mapped_column(ForeignKey("passage.id"), index=True)
    origin_id: Mapped[str] = mapped_column(String(9), ForeignKey("origin.id"), index=True)
    stance: Mapped[str]
    translation: Mapped[str | None]
    translation_language: Mapped[str | None]
    strength: Mapped[str | None]
    strength_reason: Mapped[str | None]
    grade: Mapped[str]
    grade_reason: Mapped[str]
    note: Mapped[str | None]


class Explanation(DeskTable):
    """One piece of evidence explains another."""

    __tablename__ = "explanation"
    __table_args__ = (CheckConstraint("evidence_id <> explained_id", name="not_itself"),)

    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id", ondelete="CASCADE"), primary_key=True)
    explained_id: Mapped[int] = mapped_column(ForeignKey("evidence.id", ondelete="CASCADE"), primary_key=True)


class Search(DeskTable):
    """A search that found nothing usable. With a passage where something was found and set aside."""

    __tablename__ = "search"
    __table_args__ = (
        UniqueConstraint("claim_id", "number"),
        listed("outcome", vocabulary.SEARCH_OUTCOME),
        listed("grade", vocabulary.GRADE),
        both_or_neither("grade", "grade_reason"),
        CheckConstraint(
            "(outcome = 'nothing_found') = (passage_id IS NULL)",
            name="found_names_its_passage",
        ),
        CheckConstraint(
            "outcome <> 'nothing_found' OR (searched_in IS NOT NULL AND searched_on IS NOT NULL)",
            name="nothing_found_where_and_when",
        ),
    )

    id: Mapped[int] = part_key()
    claim_id: Mapped[str] = owned_by("claim")
    number: Mapped[int]
    description: Mapped[str]
    outcome: Mapped[str]
    searched_in: Mapped[str | None]
    searched_on: Mapped[str | None]
    aspect_id: Mapped[int | None] = mapped_column(ForeignKey("aspect.id"))
    passage_id: Mapped[int | None] = mapped_column(ForeignKey("passage.id"))
    origin_id: Mapped[str | None] = mapped_column(String(9), ForeignKey("origin.id"))
    translation: Mapped[str | None]
    translation_language: Mapped[str | None]
    grade: Mapped[str | None]
    grade_reason: Mapped[str | None]
    note: Mapped[str | None]


class OpenQuestion(DeskTable):
    """What would have to be read; with a source where one is known that would settle it."""

    __tablename__ = "open_question"
    __table_args__ = (
        UniqueConstraint("claim_id", "number"),
        listed("grade", vocabulary.GRADE),
        both_or_neither("grade", "grade_reason"),
        both_or_neither("would_settle_id", "grade"),
    )

    id: Mapped[int] = part_key()
    claim_id: Mapped[str] = owned_by("claim")
    number: Mapped[int]
    label: Mapped[str]
    would_settle_id: Mapped[str | None] = mapped_column(String(9), ForeignKey("source.id"))
    aspect_id: Mapped[int | None] = mapped_column(ForeignKey("aspect.id"))
    origin_id: Mapped[str | None] = mapped_column(String(9), ForeignKey("origin.id"))
    grade: Mapped[str | None]
    grade_reason: Mapped[str | None]


class ReplyEvidence(DeskTable):
    """The evidence whose quote carries a reply."""

    __tablename__ = "reply_evidence"

    id: Mapped[int] = part_key()
    reply_id: Mapped[int] = child_of("reply")
    evidence_id: Mapped[int] = child_of("evidence")
    position: Mapped[int]
