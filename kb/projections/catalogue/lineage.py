"""Who carries what: sources that carry an origin, however far down the line; sources of an agent as evidence."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.projections.catalogue.lists import COLUMNS, LIMIT, MOST, Page
from kb.projections.catalogue.rows import Listed
from kb.projections.catalogue.tables import CatalogueLink, CatalogueRecord

DOWN = ("copy_of", "derived_from")
BY = ("publisher", "author")


@dataclass(frozen=True)
class Given:
    """A source, and in how many claims it serves as evidence."""

    row: Listed
    claims: int


def carriers_of(session: Session, address: str, limit: int = MOST) -> Page:
    """Sources that rest on an origin or are it, and those that copy or draw on one of them, by their title.

    One statement. `next` is the last one's id where there are more.
    """
    link, record = CatalogueLink, CatalogueRecord
    rests = select(link.address).where(link.target == address, link.role == "rests_on")
    first = select(link.target).where(link.address == address, link.role == "first_hand")
    start = rests.union(first).subquery()
    line = select(start.c.address).cte("line", recursive=True)
    below = select(link.address).join(line, link.target == line.c.address).where(link.role.in_(DOWN))
    # UNION, not UNION ALL: a source that was met already is not followed again, so that no circle goes on for ever.
    line = line.union(below)
    wanted = select(*COLUMNS).where(record.kind == "source", record.address.in_(select(line.c.address)))
    rows = session.execute(wanted.order_by(record.sort_key, record.record).limit(limit + 1)).all()
    found = tuple(Listed(**row._mapping) for row in rows[:limit])
    return Page(found, found[-1].record if len(rows) > limit else None)


def evidence_given(session: Session, address: str, limit: int = LIMIT) -> tuple[list[Given], bool]:
    """Sources that an agent published or wrote and that serve as evidence, those in most claims first.

    True where there are more. One statement.
    """
    link, record = CatalogueLink, CatalogueRecord
    works = select(link.address).where(link.target == address, link.role.in_(BY))
    used = select(link.target, func.count(link.record.distinct()).label("claims"))
    used = used.where(link.role == "evidence", link.target.in_(works)).group_by(link.target)
    counted = used.subquery()
    wanted = select(*COLUMNS, counted.c.claims).join(counted, counted.c.target == record.address)
    wanted = wanted.where(record.kind == "source")
    order = (counted.c.claims.desc(), record.sort_key, record.record)
    found = []
    for row in session.execute(wanted.order_by(*order).limit(limit + 1)):
        columns = dict(row._mapping)
        claims = columns.pop("claims")
        found.append(Given(Listed(**columns), claims))
    return found[:limit], len(found) > limit
