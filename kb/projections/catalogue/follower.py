"""The catalogue follows the log: each edition takes the place of the one before."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import cast

from sqlalchemy import Table, delete, func, insert, select
from sqlalchemy.orm import Session

from kb.log.read import Edition
from kb.log.tables import EditionRow
from kb.projections.catalogue.facets import facets
from kb.projections.catalogue.figures import placed
from kb.projections.catalogue.links import links
from kb.projections.catalogue.pieces import KINDS, SearchText, search_text
from kb.projections.catalogue.rows import listed
from kb.projections.catalogue.search_text import index_of
from kb.projections.catalogue.tables import (
    SHAPE,
    CatalogueFacet,
    CatalogueFigure,
    CatalogueLink,
    CatalogueRecord,
    CatalogueText,
)

CORRECTION = "correction"
_TABLES = (CatalogueRecord, CatalogueLink, CatalogueText, CatalogueFacet, CatalogueFigure)
_PLAIN = {"synchronize_session": False}


class Catalogue:
    """The projection behind every list and the search."""

    name = "catalogue"
    shape = SHAPE
    tables: Sequence[Table] = tuple(cast(Table, table.__table__) for table in _TABLES)

    def apply(self, session: Session, edition: Edition) -> None:
        """Put the edition's rows in the place of those of the record's version before."""
        self._remove(session, edition.record)
        session.execute(insert(CatalogueRecord).values(asdict(listed(edition))))
        if found := links(edition):
            session.execute(insert(CatalogueLink), [asdict(link) for link in found])
        if figures := placed(edition):
            session.execute(insert(CatalogueFigure), [asdict(figure) for figure in figures])
        self._add_to_search(session, edition)

    def forget(self, session: Session) -> None:
        """Empty all tables."""
        index_of(session).clear(session)
        for table in _TABLES:
            session.execute(delete(table), execution_options=_PLAIN)

    def _remove(self, session: Session, record: str) -> None:
        before = session.scalar(select(CatalogueRecord.seq).where(CatalogueRecord.record == record))
        if before is not None:
            index_of(session).remove(session, before)
            for of_edition in (CatalogueText, CatalogueFacet):
                session.execute(delete(of_edition).where(of_edition.seq == before), execution_options=_PLAIN)
        for of_record in (CatalogueRecord, CatalogueLink, CatalogueFigure):
            session.execute(delete(of_record).where(of_record.record == record), execution_options=_PLAIN)

    def _add_to_search(self, session: Session, edition: Edition) -> None:
        if edition.record_kind not in KINDS:
            return
        text, corrected = search_text(edition), last_correction(session, edition)
        session.execute(insert(CatalogueText).values(text_row(edition, text, corrected)))
        index_of(session).add(session, edition.seq, text)
        found = facets(edition, corrected=corrected is not None)
        session.execute(insert(CatalogueFacet), [asdict(facet) for facet in found])


def text_row(edition: Edition, text: SearchText, corrected: int | None) -> dict[str, str | int | None]:
    """The columns of `catalogue_text` for an edition."""
    place = len(KINDS) - KINDS.index(edition.record_kind)
    return {"seq": edition.seq, "kind_place": place, "corrected": corrected, **text._asdict()}


def last_correction(session: Session, edition: Edition) -> int | None:
    """The number of the record's last correction, up to this version; None where there was none."""
    if edition.version == 1:
        return None
    wanted = select(func.max(EditionRow.seq)).where(EditionRow.record == edition.record)
    return session.scalar(wanted.where(EditionRow.change == CORRECTION, EditionRow.seq <= edition.seq))


CATALOGUE = Catalogue()
