"""Every page that stands, for search engines: in parts by the number of the log's entry, each with its last change."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.projections.catalogue.tables import CatalogueRecord

# A sitemap may hold 50,000 addresses; a part has as many entries of the log, so it never has more pages.
PART = 20_000


@dataclass(frozen=True)
class Part:
    """A part of the sitemap that has any page; `changed` is when the last of its pages was published."""

    number: int
    changed: str


@dataclass(frozen=True)
class Place:
    """A page, by its address, and when it was last published."""

    address: str
    changed: str


def parts(session: Session, size: int = PART) -> list[Part]:
    """One statement over the catalogue. A page that is published anew moves into a later part."""
    number = CatalogueRecord.seq // size
    wanted = select(number.label("number"), func.max(CatalogueRecord.issued)).where(
        CatalogueRecord.standing == "current"
    )
    return [Part(*row) for row in session.execute(wanted.group_by("number").order_by("number"))]


def places(session: Session, part: int, size: int = PART) -> list[Place]:
    """The pages of a part, withdrawn ones left out: those stay, and need not be found."""
    wanted = select(CatalogueRecord.address, CatalogueRecord.issued).where(CatalogueRecord.standing == "current")
    within = wanted.where(CatalogueRecord.seq >= part * size, CatalogueRecord.seq < (part + 1) * size)
    return [Place(*row) for row in session.execute(within.order_by(CatalogueRecord.seq))]
