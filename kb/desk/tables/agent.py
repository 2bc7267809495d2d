"""Agents: who stands in a chain, is concerned, or is named publisher or author by an editor."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kb.db import DeskTable
from kb.desk.tables.columns import both_or_neither, listed, owned_by, part_key, record_key
from kb.values import vocabulary


class Agent(DeskTable):
    """A person, organisation, office, account or unnamed source. Living or dead is a dated statement."""

    __tablename__ = "agent"
    __table_args__ = (
        listed("kind", vocabulary.AGENT_KIND),
        listed("visibility", vocabulary.VISIBILITY),
        listed("living", vocabulary.LIVING),
        both_or_neither("living", "living_as_of"),
    )

    id: Mapped[str] = record_key()
    kind: Mapped[str]
    name: Mapped[str]
    genre: Mapped[str | None]
    visibility: Mapped[str] = mapped_column(default="public")
    living: Mapped[str | None]
    living_as_of: Mapped[str | None]
    # Points at `record`, not at `source`: a source names its publisher, and tables in a circle cannot be made in order.
    living_source_id: Mapped[str | None] = mapped_column(String(9), ForeignKey("record.id"))
    note: Mapped[str | None]


class AgentName(DeskTable):
    """Another name of an agent, as it is written somewhere."""

    __tablename__ = "agent_name"
    __table_args__ = (UniqueConstraint("agent_id", "text"),)

    id: Mapped[int] = part_key()
    agent_id: Mapped[str] = owned_by("agent")
    position: Mapped[int]
    text: Mapped[str]
    language: Mapped[str]
