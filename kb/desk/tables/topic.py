"""Topics: subjects under which claims are listed; a measure is one."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from kb.db import DeskTable
from kb.desk.tables.columns import listed, record_key
from kb.values import vocabulary


class Topic(DeskTable):
    """A topic, or with `measure_kind` a measure. The slug is its address and does not change."""

    __tablename__ = "topic"
    __table_args__ = (
        listed("measure_kind", vocabulary.MEASURE_KIND),
        CheckConstraint("broader_id <> id", name="not_broader_than_itself"),
    )

    id: Mapped[str] = record_key()
    slug: Mapped[str] = mapped_column(unique=True)
    label: Mapped[str]
    measure_kind: Mapped[str | None]
    broader_id: Mapped[str | None] = mapped_column(String(9), ForeignKey("topic.id"))
