"""Catalogue rows drawn again from the documents and compared, column by column."""

from collections.abc import Iterable, Iterator
from dataclasses import fields

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from kb.log.chain import Fault
from kb.log.read import COLUMNS as EDITION
from kb.log.read import Edition
from kb.log.tables import EditionRow
from kb.projections.catalogue.follower import CATALOGUE
from kb.projections.catalogue.links import Link, links
from kb.projections.catalogue.lists import COLUMNS
from kb.projections.catalogue.rows import Listed, listed
from kb.projections.catalogue.tables import CatalogueLink, CatalogueRecord
from kb.projections.follow import is_prepared
from kb.projections.positions import Position, position
from kb.verify.figure_rows import figure_faults, figures_of_nobody
from kb.verify.search_rows import SearchRows
from kb.verify.verdict import Verdict

BATCH = 100
NAME = "catalogue"


def check_catalogue(
    session: Session,
    last: int,
    verdict: Verdict,
    *,
    only: frozenset[str] | None = None,
    broken: frozenset[int] = frozenset(),
) -> None:
    """Adds the faults of the catalogue as far as it has followed the log, whose last number is `last`.

    `only`: these records alone. `broken`: numbers of editions that were named already, whose rows cannot be drawn.
    A catalogue that is behind is whole as far as it goes; `verdict.lag` says how far it is behind.
    """
    if not has_catalogue(session):
        verdict.lag = last + 1
        return
    at = position(session, NAME)
    verdict.lag = max(0, last - at.seq)
    verdict.problems.extend(_position(session, at))
    whole = (edition for edition in _current(session, at.seq, only) if edition.seq not in broken)
    search = SearchRows(session)
    for batch in _batches(whole):
        verdict.problems.extend(_compare(session, batch, verdict))
        verdict.problems.extend(search.compare(batch))
        verdict.problems.extend(figure_faults(session, batch))
    if only is None:
        verdict.problems.extend(_strangers(session, at.seq))
        verdict.problems.extend(figures_of_nobody(session, at.seq))
        verdict.problems.extend(search.strangers(select(EditionRow.seq).where(*_is_current(at.seq))))
    if only is None and not broken:
        verdict.problems.extend(search.whole_index())


def has_catalogue(session: Session) -> bool:
    """Whether there is one that can be read: a database that was only just brought back or upgraded has none yet."""
    return is_prepared(session, [CATALOGUE])


def _position(session: Session, at: Position) -> Iterator[Fault]:
    leaf_hash = session.scalar(select(EditionRow.leaf_hash).where(EditionRow.seq == at.seq))
    if at.digest != leaf_hash:
        yield Fault(NAME, None, "projection_position", f"It says that it has followed another log up to {at.seq}.")


def _current(session: Session, upto: int, only: frozenset[str] | None) -> Iterator[Edition]:
    """The latest edition of each record among those up to `upto`."""
    wanted = select(*EDITION).where(*_is_current(upto))
    if only is not None:
        wanted = wanted.where(EditionRow.record.in_(only))
    seq = -1
    while rows := session.execute(wanted.where(EditionRow.seq > seq).order_by(EditionRow.seq).limit(BATCH)).all():
        for row in rows:
            yield Edition(**row._mapping)
        seq = rows[-1].seq


def _is_current(upto: int) -> tuple[ColumnElement[bool], ...]:
    later = aliased(EditionRow)
    newer = (later.record == EditionRow.record) & (later.version > EditionRow.version) & (later.seq <= upto)
    return EditionRow.seq <= upto, ~select(later.seq).where(newer).exists()


def _batches(editions: Iterable[Edition]) -> Iterator[list[Edition]]:
    batch: list[Edition] = []
    for edition in editions:
        batch.append(edition)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _compare(session: Session, editions: list[Edition], verdict: Verdict) -> Iterator[Fault]:
    records = [edition.record for edition in editions]
    found = select(*COLUMNS).where(CatalogueRecord.record.in_(records))
    rows = {row.record: Listed(**row._mapping) for row in session.execute(found)}
    stored: dict[str, list[Link]] = {record: [] for record in records}
    wanted = select(CatalogueLink.record, CatalogueLink.role, CatalogueLink.target, CatalogueLink.address)
    for row in session.execute(wanted.where(CatalogueLink.record.in_(records))):
        stored[row.record].append(Link(*row))
    for edition in editions:
        verdict.counts.catalogue_rows += (edition.record in rows) + len(stored[edition.record])
        yield from _row_faults(edition, rows.get(edition.record))
        yield from _link_faults(edition, stored[edition.record])


def _row_faults(edition: Edition, row: Listed | None) -> Iterator[Fault]:
    if row is None:
        yield _fault(edition, "catalogue_record", "The record has no row in the catalogue.")
        return
    drawn = listed(edition)
    for field in fields(Listed):
        stored, made = getattr(row, field.name), getattr(drawn, field.name)
        if stored != made or type(stored) is not type(made):
            problem = f"The row says {_short(stored)}, the document {_short(made)}."
            yield _fault(edition, f"catalogue_record/{field.name}", problem)


def _link_faults(edition: Edition, stored: list[Link]) -> Iterator[Fault]:
    drawn = set(links(edition))
    for link in sorted(drawn - set(stored)):
        yield _fault(edition, "catalogue_link", f"The link to {link.target} as {link.role} is missing.")
    for link in sorted(set(stored) - drawn):
        yield _fault(edition, "catalogue_link", f"The document has no link to {_short(link.target)} as {link.role}.")


def _strangers(session: Session, upto: int) -> Iterator[Fault]:
    """Rows of records that were never published."""
    known = select(EditionRow.record).where(EditionRow.seq <= upto)
    rows = select(CatalogueRecord.record, CatalogueRecord.version).where(CatalogueRecord.record.not_in(known))
    for row in session.execute(rows):
        yield Fault(str(row.record), row.version, "catalogue_record", "The record has no edition.")
    owners = select(CatalogueLink.record, func.count()).where(CatalogueLink.record.not_in(known))
    for record, number in session.execute(owners.group_by(CatalogueLink.record)):
        yield Fault(str(record), None, "catalogue_link", f"{number} links of a record that has no edition.")


def _short(value: object) -> str:
    words = repr(value) if isinstance(value, str) else str(value)
    return words if len(words) <= 80 else f"{words[:79]}…"


def _fault(edition: Edition, where: str, problem: str) -> Fault:
    return Fault(edition.record, edition.version, where, problem)
