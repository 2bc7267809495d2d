"""Tables of the catalogue. They are outside the migrations: another shape means building anew."""

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from kb.db import ProjectionTable

# To be raised with every change of a column, or of what is put into one.
SHAPE = 5
# Both databases must sort alike, whatever the server's language is.
BY_CODE_POINT = String().with_variant(String(collation="C"), "postgresql")


class CatalogueRecord(ProjectionTable):
    """A record as lists show it, drawn from its latest edition; what the columns hold, `rows.Listed` says."""

    __tablename__ = "catalogue_record"
    __table_args__ = (Index(None, "kind", "sort_key", "record"), Index(None, "kind", "seq"), Index(None, "seq"))

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


class CatalogueText(ProjectionTable):
    """What the search index holds of the edition of this number: `pieces.SearchText`, and what hits are ordered by.

    The index itself, `catalogue_search`, is made by each database in its own way.
    """

    __tablename__ = "catalogue_text"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    # Among equals claims stand first; the greater, the earlier.
    kind_place: Mapped[int]
    # The number of the record's last correction, None where there was none.
    corrected: Mapped[int | None]
    head: Mapped[str]
    quoted: Mapped[str]
    rest: Mapped[str]


class CatalogueFacet(ProjectionTable):
    """By what a search can be narrowed, of the edition of this number; `facets.Facet`."""

    __tablename__ = "catalogue_facet"
    __table_args__ = (Index(None, "name", "value", "seq"), {"sqlite_with_rowid": False})

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(BY_CODE_POINT, primary_key=True)
    value: Mapped[str] = mapped_column(BY_CODE_POINT, primary_key=True)


class CatalogueFigure(ProjectionTable):
    """A figure of a claim, on the shelf of its measure or unit; `figures.Placed`."""

    __tablename__ = "catalogue_figure"
    __table_args__ = (Index(None, "shelf", "key", "record", "place"),)

    record: Mapped[str] = mapped_column(BY_CODE_POINT, primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    shelf: Mapped[str] = mapped_column(BY_CODE_POINT)
    key: Mapped[str] = mapped_column(BY_CODE_POINT)
    said: Mapped[str]
