"""The history of changes: who, when, what, with the state before and after."""

from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from kb.db import DeskTable
from kb.desk.tables.columns import part_key


class History(DeskTable):
    """One row for each change. It keeps no foreign key: it outlives what it tells of."""

    __tablename__ = "history"
    __table_args__ = (Index(None, "record_id", "verb", "id"),)

    id: Mapped[int] = part_key()
    happened_at: Mapped[str]
    actor: Mapped[str]
    verb: Mapped[str]
    record_id: Mapped[str] = mapped_column(String(9))
    part: Mapped[str] = mapped_column(default="")
    # The one exception to "no catch-all JSON column": a row of any table, as it was and as it became.
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON)
