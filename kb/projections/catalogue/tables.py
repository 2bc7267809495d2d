"""Tables of the catalogue. They are outside the migrations: another shape means building anew."""

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from kb.db import ProjectionTable

# To be raised with every change of a column, or of what is put into one.
SHAPE = 1
# Both databases must sort alike, whatever the server's language is.
BY_CODE_POINT = String().with_variant(String(collation="C"), "postgresql")


class CatalogueRecord(ProjectionTable):
    """A record as lists show it, drawn from its latest edition; what the columns hold, `rows.Listed` says."""

    __tablename__ = "catalogue_record"
    __table_args__ = (Index(None, "kind", "sort_key", "record"), Index(None, "kind", "seq"))

    record: Mapped[str] = mapped_column(BY_CODE_POINT, primary_key=True)
    kind: Mapped[str]
    address: Mapped[str] = mapped_column(unique=True)
    version: Mapped[int]
    seq: Mapped[int]
    change: Mapped[str]
    standing: Mapped[str]
    digest: Mapped[str]
    issued: Mapped[str]
    reviewed: Mapped[bool]
    label: Mapped[str]
    lang: Mapped[str]
    statement: Mapped[str | None]
    verdict: Mapped[str | None]
    failing: Mapped[str | None]
    line: Mapped[str | None]
    confidence: Mapped[str | None]
    band: Mapped[str | None]
    seen_evidence: Mapped[int | None]
    origins: Mapped[int | None]
    replies: Mapped[str | None]
    who: Mapped[str | None]
    published: Mapped[str | None]
    genre: Mapped[str | None]
    seen: Mapped[bool | None]
    sort_key: Mapped[str] = mapped_column(BY_CODE_POINT)


class CatalogueLink(ProjectionTable):
    """One record refers to another, in the latest edition of the first; said once for each role."""

    __tablename__ = "catalogue_link"
    __table_args__ = (Index(None, "target", "role", "record"),)

    record: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    target: Mapped[str] = mapped_column(primary_key=True)
    address: Mapped[str]
