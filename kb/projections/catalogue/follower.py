"""The catalogue follows the log: each edition takes the place of the one before."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import cast

from sqlalchemy import Table, delete, insert
from sqlalchemy.orm import Session

from kb.log.read import Edition
from kb.projections.catalogue.links import links
from kb.projections.catalogue.rows import listed
from kb.projections.catalogue.tables import SHAPE, CatalogueLink, CatalogueRecord


class Catalogue:
    """The projection behind every list."""

    name = "catalogue"
    shape = SHAPE
    tables: Sequence[Table] = (cast(Table, CatalogueRecord.__table__), cast(Table, CatalogueLink.__table__))

    def apply(self, session: Session, edition: Edition) -> None:
        """Put the edition's row and links in the place of those of the record's version before."""
        for table in (CatalogueRecord, CatalogueLink):
            session.execute(
                delete(table).where(table.record == edition.record), execution_options={"synchronize_session": False}
            )
        session.execute(insert(CatalogueRecord).values(asdict(listed(edition))))
        if found := links(edition):
            session.execute(insert(CatalogueLink), [asdict(link) for link in found])

    def forget(self, session: Session) -> None:
        """Empty both tables."""
        for table in (CatalogueRecord, CatalogueLink):
            session.execute(delete(table), execution_options={"synchronize_session": False})


CATALOGUE = Catalogue()
