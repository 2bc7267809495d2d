"""The tables of all current editions, written in one pass over the log, a few editions in memory at a time."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy.orm import Session

from kb.errors import Missing
from kb.formats.table import Lines
from kb.formats.tables.column import Table
from kb.formats.tables.every import OF_KIND, TABLES
from kb.formats.tables.package import DESCRIPTOR, README, RIGHTS, SUMS, File, Package, descriptor, sums
from kb.formats.tables.readme import readme, rights
from kb.formats.tables.row import Row, record, say
from kb.log import read
from kb.projections.dumps.manifest import sync
from kb.projections.dumps.packed import Packed

FILES = (*(table.file for table in TABLES), DESCRIPTOR, README, RIGHTS, SUMS)


class _Written:
    """A table that is being written, line by line."""

    def __init__(self, table: Table, place: Path, opened: ExitStack) -> None:
        self.table = table
        self.rows = 0
        self._lines = Lines(table.names, table.texts)
        self._file = opened.enter_context(Packed(place / table.file))
        self._file.write(self._lines.header())

    def add(self, record: Row) -> None:
        for cells in self.table.lines(record):
            self._file.write(self._lines.row(cells))
            self.rows += 1

    def told(self) -> File:
        return File(self.table, self.rows, self._file.bytes, self._file.sha256)


def write_tables(session: Session, place: Path, progress: Callable[[int, int], None]) -> Package:
    """All of FILES into an empty folder; one state of the log gives the same bytes wherever they are written.

    `progress` is told the number of the log that was reached, and its last one. Raises Missing where the log is empty,
    OSError where there is no writing.
    """
    head = read.head(session)
    if head.leaf_hash is None or head.time is None:
        raise Missing("the log is empty: there is nothing to write", where="log", remedy="Run `claimbase init`.")
    foundation = read.version(session, "foundation", 1).document
    with ExitStack() as opened:
        written = {table.name: _Written(table, place, opened) for table in TABLES}
        for edition in read.current(session):
            tables = OF_KIND.get(edition.record_kind, ())
            # What was removed has no document, and no row.
            if tables and not edition.removed:
                row = record(edition.document, edition.digest, edition.seq)
                for table in tables:
                    written[table.name].add(row)
            progress(edition.seq, head.seq)
    package = Package(
        base=str(foundation["mainEntity"]["baseAddress"]),
        publisher=str(say(foundation["byline"])),
        licence=str(foundation["mainEntity"]["license"]),
        seq=head.seq,
        leaf_hash=head.leaf_hash,
        time=head.time,
        files=[one.told() for one in written.values()],
    )
    _explain(package, place)
    return package


def _explain(package: Package, place: Path) -> None:
    """Descriptor, page and licence beside the tables, and last of all the sums."""
    sha256 = {file.table.file: file.sha256 for file in package.files}
    for name, data in ((DESCRIPTOR, descriptor(package)), (README, readme(package)), (RIGHTS, rights(package))):
        sha256[name] = _write(place / name, data)
    _write(place / SUMS, sums(package, sha256))
    sync(place)


def _write(path: Path, data: bytes) -> str:
    with Packed(path) as file:
        file.write(data)
    return file.sha256
