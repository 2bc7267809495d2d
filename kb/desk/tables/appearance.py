"""Appearances: where a claim stands, and the chain through which it reaches us."""

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kb.db import DeskTable
from kb.desk.tables.columns import child_of, listed, owned_by, part_key
from kb.values import vocabulary


class Appearance(DeskTable):
    """One occurrence of a claim: a passage, its chain, and how certain the attribution is."""

    __tablename__ = "appearance"
    __table_args__ = (UniqueConstraint("claim_id", "number"), listed("certainty", vocabulary.CERTAINTY))

    id: Mapped[int] = part_key()
    claim_id: Mapped[str] = owned_by("claim")
    number: Mapped[int]
    passage_id: Mapped[int] = mapped_column(ForeignKey("passage.id"), index=True)
    # A draft may lack both; the gate asks for them.
    certainty: Mapped[str | None]
    certainty_reason: Mapped[str | None]


class OtherPlace(DeskTable):
    """A further place of the same words."""

    __tablename__ = "other_place"
    __table_args__ = (UniqueConstraint("appearance_id", "number"),)

    id: Mapped[int] = part_key()
    appearance_id: Mapped[int] = child_of("appearance")
    number: Mapped[int]
    passage_id: Mapped[int] = mapped_column(ForeignKey("passage.id"), index=True)


class ChainLink(DeskTable):
    """One voice of a chain. Position 1 is the outermost; the number stays when links move."""

    __tablename__ = "chain_link"
    __table_args__ = (
        UniqueConstraint("appearance_id", "number"),
        listed("role", vocabulary.LINK_ROLE),
        listed("attitude", vocabulary.ATTITUDE),
        CheckConstraint("position > 0", name="position_counts"),
        CheckConstraint("NOT unnamed OR agent_id IS NULL", name="unnamed_has_no_agent"),
    )

    id: Mapped[int] = part_key()
    appearance_id: Mapped[int] = child_of("appearance")
    number: Mapped[int]
    position: Mapped[int]
    agent_id: Mapped[str | None] = mapped_column(String(9), ForeignKey("agent.id"), index=True)
    unnamed: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str]
    role: Mapped[str]
    verb: Mapped[str | None]
    verb_language: Mapped[str | None]
    factive: Mapped[bool]
    attitude: Mapped[str]
    source_id: Mapped[str | None] = mapped_column(String(9), ForeignKey("source.id"))
    stated_on: Mapped[str | None]
    read_by_editor: Mapped[bool] = mapped_column(default=False)


class LinkHedge(DeskTable):
    """A hedge that belongs to one voice."""

    __tablename__ = "link_hedge"
    __table_args__ = (UniqueConstraint("link_id", "text"),)

    id: Mapped[int] = part_key()
    link_id: Mapped[int] = child_of("chain_link")
    position: Mapped[int]
    text: Mapped[str]
    language: Mapped[str]
