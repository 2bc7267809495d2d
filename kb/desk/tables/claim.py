"""Claims: their words, aspects, topics, mentions, persons concerned and relations."""

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kb.db import DeskTable
from kb.desk.tables.columns import both_or_neither, child_of, listed, owned_by, part_key, record_key
from kb.values import vocabulary


class Claim(DeskTable):
    """One checkable statement. Its texts stand in `claim_text`, one row for each language.

    A draft may lack its types until it is published; the gate asks for them.
    """

    __tablename__ = "claim"
    __table_args__ = (
        listed("claim_type", vocabulary.CLAIM_TYPE),
        listed("commitment", vocabulary.COMMITMENT),
        listed("checkability", vocabulary.CHECKABILITY),
    )

    id: Mapped[str] = record_key()
    claim_type: Mapped[str | None]
    commitment: Mapped[str | None]
    checkability: Mapped[str | None]
    checkability_reason: Mapped[str | None]
    note: Mapped[str | None]
    # The day on which a reply was looked for and none was found.
    no_reply_found_on: Mapped[str | None]


class ClaimText(DeskTable):
    """Statement, question or title of a claim in one language."""

    __tablename__ = "claim_text"
    __table_args__ = (CheckConstraint("field IN ('statement', 'question', 'title')", name="field_listed"),)

    claim_id: Mapped[str] = mapped_column(String(9), ForeignKey("claim.id", ondelete="CASCADE"), primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]


class ClaimWord(DeskTable):
    """A hedge or a booster, as printed."""

    __tablename__ = "claim_word"
    __table_args__ = (
        UniqueConstraint("claim_id", "kind", "text"),
        CheckConstraint("kind IN ('hedge', 'booster')", name="kind_listed"),
    )

    id: Mapped[int] = part_key()
    claim_id: Mapped[str] = owned_by("claim")
    kind: Mapped[str]
    position: Mapped[int]
    text: Mapped[str]
    language: Mapped[str]


class ClaimTopic(DeskTable):
    """A claim stands under a topic."""

    __tablename__ = "claim_topic"

    claim_id: Mapped[str] = mapped_column(String(9), ForeignKey("claim.id", ondelete="CASCADE"), primary_key=True)
    topic_id: Mapped[str] = mapped_column(String(9), ForeignKey("topic.id"), primary_key=True)
    position: Mapped[int]


class Aspect(DeskTable):
    """A part of a claim that can be right or wrong by itself: the unit of judgement."""

    __tablename__ = "aspect"
    __table_args__ = (UniqueConstraint("claim_id", "number"), UniqueConstraint("claim_id", "code"))

    id: Mapped[int] = part_key()
    claim_id: Mapped[str] = owned_by("claim")
    number: Mapped[int]
    position: Mapped[int]
    code: Mapped[str]
    label: Mapped[str]
    main: Mapped[bool]


class Mention(DeskTable):
    """Somebody or something named in a claim. Who is no agent has names, visibility and living here."""

    __tablename__ = "mention"
    __table_args__ = (
        UniqueConstraint("claim_id", "number"),
        listed("visibility", vocabulary.VISIBILITY),
        listed("living", vocabulary.LIVING),
        both_or_neither("living", "living_as_of"),
    )

    id: Mapped[int] = part_key()
    claim_id: Mapped[str] = owned_by("claim")
    number: Mapped[int]
    agent_id: Mapped[str | None] = mapped_column(String(9), ForeignKey("agent.id"), index=True)
    name: Mapped[str]
    as_printed: Mapped[str | None]
    as_printed_language: Mapped[str | None]
    genre: Mapped[str | None]
    visibility: Mapped[str] = mapped_column(default="public")
    living: Mapped[str | None]
    living_as_of: Mapped[str | None]
    living_source_id: Mapped[str | None] = mapped_column(String(9), ForeignKey("source.id"))


class MentionName(DeskTable):
    """Another name of what is mentioned."""

    __tablename__ = "mention_name"
    __table_args__ = (UniqueConstraint("mention_id", "text"),)

    id: Mapped[int] = part_key()
    mention_id: Mapped[int] = child_of("mention")
    position: Mapped[int]
    text: Mapped[str]
    language: Mapped[str]


class Concerned(DeskTable):
    """A person not known to be dead whom the claim touches. A private one has a name and no page."""

    __tablename__ = "concerned"
    __table_args__ = (
        UniqueConstraint("claim_id", "number"),
        UniqueConstraint("claim_id", "agent_id"),
        listed("living", vocabulary.LIVING),
        both_or_neither("living", "living_as_of"),
    )

    id: Mapped[int] = part_key()
    claim_id: Mapped[str] = owned_by("claim")
    number: Mapped[int]
    agent_id: Mapped[str] = mapped_column(String(9), ForeignKey("agent.id"), index=True)
    name: Mapped[str]
    living: Mapped[str | None]
    living_as_of: Mapped[str | None]
    living_source_id: Mapped[str | None] = mapped_column(String(9), ForeignKey("source.id"))


class Relation(DeskTable):
    """A typed link between claims; a symmetric one stands once, on the claim logged first."""

    __tablename__ = "relation"
    __table_args__ = (
        UniqueConstraint("claim_id", "type", "target_id"),
        listed("type", vocabulary.RELATION),
        CheckConstraint("claim_id <> target_id", name="not_to_itself"),
    )

    id: Mapped[int] = part_key()
    claim_id: Mapped[str] = owned_by("claim")
    type: Mapped[str]
    target_id: Mapped[str] = mapped_column(String(9), ForeignKey("claim.id", ondelete="CASCADE"), index=True)
