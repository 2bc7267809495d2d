"""The search's rows drawn again from the documents: texts, facets, and what each database has in its index."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any

from sqlalchemy import Select, select, text
from sqlalchemy.orm import Session

from kb.log.chain import Fault
from kb.log.read import Edition
from kb.log.tables import EditionRow
from kb.projections.catalogue.facets import Facet, facets
from kb.projections.catalogue.follower import CORRECTION, text_row
from kb.projections.catalogue.links import links
from kb.projections.catalogue.pieces import KINDS, SearchText, search_text
from kb.projections.catalogue.search_postgresql import keys
from kb.projections.catalogue.tables import CatalogueFacet, CatalogueText

INDEX = "catalogue_search"
_FACET = (CatalogueFacet.seq, CatalogueFacet.name, CatalogueFacet.value)
_IN_POSTGRES = "SELECT seq, tsvector_to_array(keys) FROM catalogue_search WHERE seq = ANY(:numbers)"


class SearchRows:
    """Compares batch after batch, and at the end the index as a whole. The newest editions of records come here."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._is_sqlite = session.get_bind().dialect.name == "sqlite"
        # Of all keys that the index should have for a row and a rank: a sum in which their order does not matter.
        self._sum = 0

    def compare(self, editions: Iterable[Edition]) -> Iterator[Fault]:
        """Faults of the rows of these editions."""
        some = [edition for edition in editions if edition.record_kind in KINDS]
        numbers = [edition.seq for edition in some]
        corrected = self._corrected(some)
        rows = {row["seq"]: row for row in self._mappings(select(*CatalogueText.__table__.columns), numbers)}
        stored: dict[int, set[Facet]] = {number: set() for number in numbers}
        for row in self._session.execute(select(*_FACET).where(CatalogueFacet.seq.in_(numbers))):
            stored[row.seq].add(Facet(*row))
        index = {} if self._is_sqlite else self._of_postgres(numbers)
        for edition in some:
            drawn, last = search_text(edition), corrected.get(edition.record)
            yield from _text_faults(edition, rows.get(edition.seq), text_row(edition, drawn, last))
            yield from _facet_faults(
                edition, stored[edition.seq], set(facets(edition, links(edition), corrected=last is not None))
            )
            if self._is_sqlite:
                self._count(drawn)
            elif index.get(edition.seq) != keys(drawn):
                yield _fault(edition, INDEX, "The words in the index are not those of the document.")

    def strangers(self, current: Select[int]) -> Iterator[Fault]:
        """Rows under a number that is not the newest edition of a record; `current` are those that are."""
        for table in (CatalogueText, CatalogueFacet):
            wanted = select(table.seq).distinct().where(table.seq.not_in(current))
            for number in self._session.scalars(wanted):
                yield _nobodys(number, str(table.__tablename__))
        if not self._is_sqlite:
            known = set(self._session.scalars(current))
            for number in self._session.scalars(text("SELECT seq FROM catalogue_search")):
                if number not in known:
                    yield _nobodys(number, INDEX)

    def whole_index(self) -> Iterator[Fault]:
        """On SQLite, whose index is asked for its words as a whole: whether they are those of the documents."""
        if not self._is_sqlite:
            return
        found = 0
        for term, rank, rows in self._session.execute(text("SELECT term, col, doc FROM catalogue_words")):
            found += _mark(rank, term) * rows
        if found != self._sum:
            problem = "The words in the index are not those of the documents; run `claimbase rebuild catalogue`."
            yield Fault("catalogue", None, INDEX, problem)

    def _count(self, drawn: SearchText) -> None:
        for rank, lines in drawn._asdict().items():
            self._sum += sum(_mark(rank, key) for key in set(lines.split()))

    def _corrected(self, editions: Sequence[Edition]) -> dict[str, int]:
        """The number of each record's last correction."""
        later = {edition.record: edition.seq for edition in editions if edition.version > 1}
        wanted = select(EditionRow.record, EditionRow.seq).where(EditionRow.record.in_(list(later)))
        rows = self._session.execute(wanted.where(EditionRow.change == CORRECTION).order_by(EditionRow.seq))
        return {record: seq for record, seq in rows if seq <= later[record]}

    def _of_postgres(self, numbers: Sequence[int]) -> dict[int, set[str]]:
        rows = self._session.execute(text(_IN_POSTGRES), {"numbers": list(numbers)})
        return {seq: set(found) for seq, found in rows}

    def _mappings(self, wanted: Select[Any], numbers: Sequence[int]) -> Iterator[Mapping[str, Any]]:
        for row in self._session.execute(wanted.where(CatalogueText.seq.in_(numbers))):
            yield dict(row._mapping)


def _text_faults(edition: Edition, row: Mapping[str, Any] | None, drawn: Mapping[str, Any]) -> Iterator[Fault]:
    if row is None:
        yield _fault(edition, "catalogue_text", "The record cannot be found: its text is not in the index.")
        return
    for name, made in drawn.items():
        if row[name] != made:
            yield _fault(edition, f"catalogue_text/{name}", "What can be found is not what the document says.")


def _facet_faults(edition: Edition, stored: set[Facet], drawn: set[Facet]) -> Iterator[Fault]:
    for one in sorted(drawn - stored):
        yield _fault(edition, "catalogue_facet", f"“{one.value}” is missing under {one.name}.")
    for one in sorted(stored - drawn):
        yield _fault(edition, "catalogue_facet", f"The document has no “{one.value[:80]}” under {one.name[:80]}.")


def _mark(rank: str, key: str) -> int:
    return int.from_bytes(blake2b(f"{rank} {key}".encode(), digest_size=8).digest())


def _nobodys(number: int, where: str) -> Fault:
    return Fault("catalogue", None, where, f"Under number {number} there is no newest edition of a record.")


def _fault(edition: Edition, where: str, problem: str) -> Fault:
    return Fault(edition.record, edition.version, where, problem)
