"""What pages ask of the catalogue: lists, look-ups, claims that name a record, relations both ways, counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, bindparam, case, func, literal, select, tuple_
from sqlalchemy.orm import Session, aliased

from kb.errors import Refused
from kb.projections.catalogue.rows import Listed
from kb.projections.catalogue.tables import CatalogueLink, CatalogueRecord
from kb.values.vocabulary import INVERSE, RELATION, SYMMETRIC

LIMIT = 50
MOST = 200
COLUMNS = tuple(getattr(CatalogueRecord, field.name) for field in fields(Listed))


class UnknownCursor(Refused):
    """`after` names no record of this list."""


@dataclass(frozen=True)
class Page:
    """Some rows of a list; `next` is what to give as `after` for those that follow, None at the end."""

    rows: tuple[Listed, ...]
    next: str | None


@dataclass(frozen=True)
class Related:
    """A claim that is related to the one asked about; `word` says how the one asked about stands to it.

    "depends_on", or the computed inverse, "needed_by".
    """

    word: str
    row: Listed


def _both_ways() -> CompoundSelect[*tuple[Any, ...]]:
    """The rows related to a `record`, by what it says and by what is said of it."""
    own, other = aliased(CatalogueRecord), CatalogueRecord
    to = select(CatalogueLink.role, *COLUMNS, literal(0).label("back"))
    to = to.join(other, other.address == CatalogueLink.target).where(CatalogueLink.record == bindparam("record"))
    back = select(CatalogueLink.role, *COLUMNS, literal(1).label("back"))
    back = back.join(other, other.record == CatalogueLink.record)
    back = back.join(own, own.address == CatalogueLink.target).where(own.record == bindparam("record"))
    return to.where(CatalogueLink.role.in_(RELATION.words)).union_all(
        back.where(CatalogueLink.role.in_(RELATION.words))
    )


# Every page of a claim asks it. To put it together takes longer than to run it, so that is done once.
_BOTH_WAYS = _both_ways()


def list_records(
    session: Session, kind: str, after: str | None = None, limit: int = LIMIT, *, newest: bool = False
) -> Page:
    """Records of a kind by their label, or those last published first; withdrawn claims stay, marked.

    `after` is the id of the last record on the page before, or the number of its entry of the log where `newest`.
    """
    return _page(session, select(*COLUMNS).where(CatalogueRecord.kind == kind), after, limit, newest=newest)


def records_of(
    session: Session,
    address: str,
    *roles: str,
    kind: str | None = None,
    after: str | None = None,
    limit: int = LIMIT,
    newest: bool = False,
) -> Page:
    """Records that name the one at `address` in one of the roles of `links.ROLES`, in any where none is given."""
    link = select(CatalogueLink.record).where(CatalogueLink.target == address)
    if roles:
        link = link.where(CatalogueLink.role.in_(roles))
    wanted = select(*COLUMNS).where(CatalogueRecord.record.in_(link))
    return _page(session, wanted.where(CatalogueRecord.kind == kind) if kind else wanted, after, limit, newest=newest)


def claims_of(
    session: Session, address: str, *roles: str, after: str | None = None, limit: int = LIMIT, newest: bool = False
) -> Page:
    """Claims that name the record at `address`: by topic, as voice, in evidence, by origin, or in any role."""
    return records_of(session, address, *roles, kind="claim", after=after, limit=limit, newest=newest)


def related(session: Session, record: str) -> list[Related]:
    """Claims related to this one, both ways, in the order of the list of relations. One statement."""
    found = []
    for row in session.execute(_BOTH_WAYS, {"record": record}):
        columns = dict(row._mapping)
        role, backwards = columns.pop("role"), columns.pop("back")
        word = INVERSE[role] if backwards and role not in SYMMETRIC else role
        found.append((RELATION.words.index(role), backwards, Related(word, Listed(**columns))))
    found.sort(key=lambda one: (one[0], one[1], one[2].row.sort_key, one[2].row.record))
    # A symmetric relation is stored once; should both claims hold it, it is still shown once.
    return list({(one.word, one.row.record): one for _, _, one in found}.values())


def find(session: Session, record: str) -> Listed | None:
    """The row of a record by its id."""
    row = session.execute(select(*COLUMNS).where(CatalogueRecord.record == record)).first()
    return Listed(**row._mapping) if row else None


def at_addresses(session: Session, addresses: Iterable[str]) -> dict[str, Listed]:
    """The rows at these addresses; an address that nothing is published at is left out."""
    wanted = select(*COLUMNS).where(CatalogueRecord.address.in_(list(addresses)))
    return {row.address: Listed(**row._mapping) for row in session.execute(wanted)}


def counts(session: Session) -> dict[str, int]:
    """How many published records there are of each kind, withdrawn ones too; kinds without any are left out.

    `withdrawn` says how many of the claims are.
    """
    gone = (CatalogueRecord.kind == "claim") & (CatalogueRecord.standing == "withdrawn")
    wanted = select(CatalogueRecord.kind, func.count(), func.sum(case((gone, 1), else_=0)))
    rows = session.execute(wanted.group_by(CatalogueRecord.kind)).all()
    numbers = {row[0]: row[1] for row in rows}
    return numbers | ({"withdrawn": withdrawn} if (withdrawn := sum(row[2] for row in rows)) else {})


def _page(
    session: Session,
    wanted: Select[*tuple[object, ...]],
    after: str | None,
    limit: int,
    *,
    newest: bool = False,
) -> Page:
    size = max(1, min(limit, MOST))
    order = [CatalogueRecord.seq.desc()] if newest else [CatalogueRecord.sort_key, CatalogueRecord.record]
    if after is not None:
        wanted = wanted.where(_before(after) if newest else _beyond(session, after))
    rows: Sequence[Listed] = [
        Listed(**row._mapping) for row in session.execute(wanted.order_by(*order).limit(size + 1))
    ]
    if len(rows) <= size:
        return Page(tuple(rows), None)
    last = rows[size - 1]
    return Page(tuple(rows[:size]), str(last.seq) if newest else last.record)


def _before(after: str) -> ColumnElement[bool]:
    """By number: a record that is published anew meanwhile moves to the front, and must not take the reader there."""
    if not (after.isascii() and after.isdecimal() and len(after) < 10):
        raise _unknown()
    return CatalogueRecord.seq < int(after)


def _beyond(session: Session, after: str) -> ColumnElement[bool]:
    last = find(session, after)
    if last is None:
        raise _unknown()
    here = tuple_(CatalogueRecord.sort_key, CatalogueRecord.record)
    return here > (last.sort_key, last.record)


def _unknown() -> UnknownCursor:
    return UnknownCursor("this is not a place in the list", where="after", remedy="Start without “after”.")
