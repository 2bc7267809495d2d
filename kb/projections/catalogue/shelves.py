"""What pages ask of the figures: which measures and units there are, and the figures of one of them, in pieces."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from kb.projections.catalogue.figures import MEASURED, Placed
from kb.projections.catalogue.lists import COLUMNS, LIMIT, MOST, UnknownCursor, at_addresses
from kb.projections.catalogue.rows import Listed
from kb.projections.catalogue.tables import CatalogueFigure, CatalogueRecord

_OWN = (
    CatalogueFigure.record,
    CatalogueFigure.place,
    CatalogueFigure.shelf,
    CatalogueFigure.key,
    CatalogueFigure.said,
)


@dataclass(frozen=True)
class Shelf:
    """A measure, or a unit where none is given. `measure` is the measure's row, None for a unit."""

    shelf: str
    figures: int
    claims: int
    measure: Listed | None

    @property
    def name(self) -> str:
        """The slug of a measure, or the unit in words."""
        return self.shelf[1:]

    @property
    def is_measure(self) -> bool:
        return self.shelf.startswith(MEASURED)


@dataclass(frozen=True)
class Shelves:
    """Some of them; `next` is what to give as `after`, None at the end."""

    rows: tuple[Shelf, ...]
    next: str | None


@dataclass(frozen=True)
class Kept:
    """One figure with the row of its claim; `said` as `figures.Placed` has it, read."""

    place: int
    claim: Listed
    said: Mapping[str, Any]


@dataclass(frozen=True)
class Figures:
    """Some figures of a shelf, comparable ones together; `next` is a cursor, None at the end."""

    rows: tuple[Kept, ...]
    next: str | None


def shelves(session: Session, after: str | None = None, limit: int = LIMIT) -> Shelves:
    """Measures first, by slug, then units. Two statements."""
    size = max(1, min(limit, MOST))
    wanted = select(CatalogueFigure.shelf, func.count(), func.count(CatalogueFigure.record.distinct()))
    wanted = wanted.group_by(CatalogueFigure.shelf).order_by(CatalogueFigure.shelf).limit(size + 1)
    if after is not None:
        wanted = wanted.where(CatalogueFigure.shelf > after)
    rows = session.execute(wanted).all()
    measures = at_addresses(session, (_address(row[0]) for row in rows if row[0].startswith(MEASURED)))
    found = tuple(Shelf(row[0], row[1], row[2], measures.get(_address(row[0]))) for row in rows[:size])
    return Shelves(found, found[-1].shelf if len(rows) > size else None)


def figures(session: Session, shelf: str, after: tuple[str, int] | None = None, limit: int = LIMIT) -> Figures:
    """Figures of one shelf with their claims' rows. `after`: claim and place of the last one seen.

    Raises UnknownCursor where that is no figure of the shelf any more.
    """
    size = max(1, min(limit, MOST))
    here = (CatalogueFigure.key, CatalogueFigure.record, CatalogueFigure.place)
    wanted = select(*_OWN, *(column.label(f"claim_{column.key}") for column in COLUMNS))
    wanted = wanted.join(CatalogueRecord, CatalogueRecord.record == CatalogueFigure.record)
    wanted = wanted.where(CatalogueFigure.shelf == shelf).order_by(*here).limit(size + 1)
    if after is not None:
        key = session.scalar(
            select(CatalogueFigure.key).where(
                CatalogueFigure.record == after[0], CatalogueFigure.place == after[1], CatalogueFigure.shelf == shelf
            )
        )
        if key is None:
            raise UnknownCursor("this is not a place in the list", where="after", remedy="Start without “after”.")
        wanted = wanted.where(tuple_(*here) > (key, *after))
    rows = [_kept(dict(row._mapping)) for row in session.execute(wanted)]
    last = rows[size - 1] if len(rows) > size else None
    return Figures(tuple(rows[:size]), f"{last.claim.record}-{last.place}" if last else None)


def all_of(session: Session, records: list[str]) -> dict[str, list[Placed]]:
    """What is kept of each of these records, for `verify`."""
    found: dict[str, list[Placed]] = {record: [] for record in records}
    wanted = select(*_OWN).where(CatalogueFigure.record.in_(records)).order_by(CatalogueFigure.place)
    for row in session.execute(wanted):
        found[row.record].append(Placed(**row._mapping))
    return found


def _kept(row: Mapping[str, Any]) -> Kept:
    claim = Listed(**{column.key: row[f"claim_{column.key}"] for column in COLUMNS})
    return Kept(row["place"], claim, json.loads(row["said"]))


def _address(shelf: str) -> str:
    return f"topics/{shelf[1:]}"
