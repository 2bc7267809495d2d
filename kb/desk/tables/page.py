"""Pages of the desk's own: method, about, corrections policy, glossary."""

from sqlalchemy.orm import Mapped, mapped_column

from kb.db import DeskTable
from kb.desk.tables.columns import record_key


class Page(DeskTable):
    """A text with versions; the slug is its address, the body is CommonMark."""

    __tablename__ = "page"

    id: Mapped[str] = record_key()
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    body: Mapped[str]
