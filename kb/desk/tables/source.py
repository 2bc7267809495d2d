"""Sources: works that can be cited, and their lineage."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from kb.db import DeskTable
from kb.desk.tables.columns import listed, record_key
from kb.values import vocabulary


class Source(DeskTable):
    """A work. Publisher and author stand as printed; agents are linked by an editor or an exact name."""

    __tablename__ = "source"
    __table_args__ = (
        listed("work_class", vocabulary.SOURCE_CLASS),
        listed("status", vocabulary.WORK_STATUS),
        CheckConstraint("copy_of_id <> id", name="no_copy_of_itself"),
    )

    id: Mapped[str] = record_key()
    title: Mapped[str]
    title_language: Mapped[str | None]
    title_from_address: Mapped[bool] = mapped_column(default=False)
    publisher_as_printed: Mapped[str]
    author_as_printed: Mapped[str | None]
    publisher_id: Mapped[str | None] = mapped_column(String(9), ForeignKey("agent.id"))
    published: Mapped[str]  # EDTF
    date_note: Mapped[str | None]
    url: Mapped[str | None] = mapped_column(index=True)
    work_class: Mapped[str]
    genre: Mapped[str]
    language: Mapped[str]
    licence: Mapped[str | None]
    seen: Mapped[bool]
    status: Mapped[str] = mapped_column(default="available")
    status_date: Mapped[str | None]
    copy_of_id: Mapped[str | None] = mapped_column(String(9), ForeignKey("source.id"))
    copy_of_as_printed: Mapped[str | None]
    note: Mapped[str | None]


class SourceAuthor(DeskTable):
    """An author of a source who is an agent."""

    __tablename__ = "source_author"

    source_id: Mapped[str] = mapped_column(String(9), ForeignKey("source.id", ondelete="CASCADE"), primary_key=True)
    agent_id: Mapped[str] = mapped_column(String(9), ForeignKey("agent.id"), primary_key=True)
    position: Mapped[int]


class SourceDerivation(DeskTable):
    """`source_id` draws on `from_id`."""

    __tablename__ = "source_derivation"
    __table_args__ = (CheckConstraint("source_id <> from_id", name="not_from_itself"),)

    source_id: Mapped[str] = mapped_column(String(9), ForeignKey("source.id", ondelete="CASCADE"), primary_key=True)
    from_id: Mapped[str] = mapped_column(String(9), ForeignKey("source.id"), primary_key=True)
    position: Mapped[int]


class SourceOrigin(DeskTable):
    """`source_id` rests on `origin_id`."""

    __tablename__ = "source_origin"

    source_id: Mapped[str] = mapped_column(String(9), ForeignKey("source.id", ondelete="CASCADE"), primary_key=True)
    origin_id: Mapped[str] = mapped_column(String(9), ForeignKey("origin.id"), primary_key=True)
    position: Mapped[int]
