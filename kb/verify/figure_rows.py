"""Rows of figures drawn again from the documents and compared."""

from collections.abc import Iterator, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.log.chain import Fault
from kb.log.read import Edition
from kb.log.tables import EditionRow
from kb.projections.catalogue.figures import placed
from kb.projections.catalogue.shelves import all_of
from kb.projections.catalogue.tables import CatalogueFigure

TABLE = "catalogue_figure"


def figure_faults(session: Session, editions: Sequence[Edition]) -> Iterator[Fault]:
    """Of the newest editions of some records."""
    stored = all_of(session, [edition.record for edition in editions])
    for edition in editions:
        drawn, there = placed(edition), stored[edition.record]
        if len(drawn) != len(there):
            yield _fault(edition, f"There are {len(there)} rows for the {len(drawn)} figures of the document.")
        elif drawn != there:
            wrong = next(row.place for row, other in zip(drawn, there, strict=True) if row != other)
            yield _fault(edition, f"The row of figure {wrong} is not what the document says.")


def figures_of_nobody(session: Session, upto: int) -> Iterator[Fault]:
    """Rows of records that were never published."""
    known = select(EditionRow.record).where(EditionRow.seq <= upto)
    owners = select(CatalogueFigure.record, func.count()).where(CatalogueFigure.record.not_in(known))
    for record, number in session.execute(owners.group_by(CatalogueFigure.record)):
        yield Fault(str(record), None, TABLE, f"{number} figures of a record that has no edition.")


def _fault(edition: Edition, problem: str) -> Fault:
    return Fault(edition.record, edition.version, TABLE, problem)
