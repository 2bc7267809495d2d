"""The catalogue follows the log: each edition takes the place of the one before."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Table, delete, func, insert, select
from sqlalchemy.orm import Session

from kb.db import ProjectionTable
from kb.log.read import Edition
from kb.log.tables import EditionRow
from kb.projections.catalogue.facets import facets
from kb.projections.catalogue.figures import placed
from kb.projections.catalogue.links import Link, links
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

    def apply(self, session: Session, editions: Sequence[Edition]) -> None:
        """Put the rows of the records' editions in the place of those of their versions before.

        Of a record that comes more than once only the last edition is left, and so only that is put in.
        """
        latest = list({edition.record: edition for edition in editions}.values())
        found = {edition.seq: links(edition) for edition in latest}
        self._remove(session, [edition.record for edition in latest])
        _put_in(session, CatalogueRecord, [vars(listed(edition)) for edition in latest])
        _put_in(session, CatalogueLink, [vars(link) for some in found.values() for link in some])
        _put_in(session, CatalogueFigure, [vars(figure) for edition in latest for figure in placed(edition)])
        self._add_to_search(session, [edition for edition in latest if edition.record_kind in KINDS], found)

    def forget(self, session: Session) -> None:
        """Empty all tables."""
        index_of(session).clear(session)
        for table in _TABLES:
            session.execute(delete(table), execution_options=_PLAIN)

    def _remove(self, session: Session, records: Sequence[str]) -> None:
        here = session.execute(
            select(CatalogueRecord.record, CatalogueRecord.seq).where(CatalogueRecord.record.in_(records))
        ).all()
        # A record without a row of its own has none in any other table: all of them are put in together.
        if not here:
            return
        known, seqs = [row.record for row in here], [row.seq for row in here]
        index_of(session).remove(session, seqs)
        for of_edition in (CatalogueText, CatalogueFacet):
            session.execute(delete(of_edition).where(of_edition.seq.in_(seqs)), execution_options=_PLAIN)
        for of_record in (CatalogueRecord, CatalogueLink, CatalogueFigure):
            session.execute(delete(of_record).where(of_record.record.in_(known)), execution_options=_PLAIN)

    def _add_to_search(
        self, session: Session, editions: Sequence[Edition], found: Mapping[int, Sequence[Link]]
    ) -> None:
        corrected = last_corrections(session, editions)
        texts = {edition.seq: search_text(edition) for edition in editions}
        last = {edition.seq: corrected.get(edition.record) for edition in editions}
        rows = [text_row(edition, texts[edition.seq], last[edition.seq]) for edition in editions]
        _put_in(session, CatalogueText, rows)
        index_of(session).add(session, texts)
        drawn = (facets(one, found[one.seq], corrected=last[one.seq] is not None) for one in editions)
        _put_in(session, CatalogueFacet, [vars(facet) for some in drawn for facet in some])


def _put_in(session: Session, table: type[ProjectionTable], rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        session.connection().execute(insert(cast(Table, table.__table__)), list(rows))


def text_row(edition: Edition, text: SearchText, corrected: int | None) -> dict[str, str | int | None]:
    """The columns of `catalogue_text` for an edition."""
    place = len(KINDS) - KINDS.index(edition.record_kind)
    return {"seq": edition.seq, "kind_place": place, "corrected": corrected, **text._asdict()}


def last_corrections(session: Session, editions: Sequence[Edition]) -> dict[str, int]:
    """The number of each record's last correction, up to the last of these; a record without one is left out.

    Of a record there must be no later edition among those up to there than the one given.
    """
    grown = {edition.record: edition.seq for edition in editions if edition.version > 1}
    if not grown:
        return {}
    wanted = select(EditionRow.record, func.max(EditionRow.seq)).where(EditionRow.record.in_(list(grown)))
    wanted = wanted.where(EditionRow.change == CORRECTION, EditionRow.seq <= max(grown.values()))
    return {row[0]: row[1] for row in session.execute(wanted.group_by(EditionRow.record))}


CATALOGUE = Catalogue()
