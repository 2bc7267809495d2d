"""Records of every kind: one space of ids, one revision each, and the counters of their parts."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from kb.db import DeskTable
from kb.desk.tables.columns import listed
from kb.values import vocabulary


class Record(DeskTable):
    """What every record has. `language` is that of the desk's own prose in it."""

    __tablename__ = "record"
    __table_args__ = (listed("kind", vocabulary.RECORD_KIND), CheckConstraint("revision > 0", name="revision_counts"))

    id: Mapped[str] = mapped_column(String(9), primary_key=True)
    kind: Mapped[str]
    language: Mapped[str] = mapped_column(default="en")
    revision: Mapped[int] = mapped_column(default=1)
    # Withdrawn stays withdrawn until it is restored, however often everything is published.
    withdrawn: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[str]


class PartCounter(DeskTable):
    """The last number given to a kind of part of a record. It never goes back."""

    __tablename__ = "part_counter"
    __table_args__ = (CheckConstraint("last > 0", name="last_counts"),)

    record_id: Mapped[str] = mapped_column(String(9), ForeignKey("record.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]
