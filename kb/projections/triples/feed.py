"""From the log to entries of the index; the log itself as triples is written here."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import Session

from kb.documents.addresses import iri, page, version_iri
from kb.documents.context import PREFIXES
from kb.documents.terms import PROPERTIES, concept
from kb.log.standing import Step, judge
from kb.log.tables import EditionRow
from kb.projections.triples.entry import Entry
from kb.values.vocabulary import CHANGE, STANDING

BATCH = 100
# Of compressed N-Quads. A batch is held in memory three times: as rows, as entries and as the bytes that are sent.
MOST_BYTES = 2**20
LOG = "log"

_TYPE = f"{PREFIXES['rdf']}type"
_EDITION = f"{PREFIXES['cb']}Edition"
_SEQ, _STANDING = f"{PREFIXES['cb']}seq", f"{PREFIXES['cb']}standing"
_CURRENT = f"{PREFIXES['dcat']}hasCurrentVersion"
_XSD = PREFIXES["xsd"]


class _Version(NamedTuple):
    """What the log says of one version of a record, without its content."""

    seq: int
    address: str
    version: int
    change: str
    issued: str
    digest: str
    removed: bool


def entries(session: Session, base: str, seq: int, limit: int = BATCH) -> list[Entry]:
    """What the log has after `seq` (-1: from the first), in order, at most `limit`; two statements."""
    columns = (EditionRow.seq, EditionRow.leaf_hash, EditionRow.record, EditionRow.version, EditionRow.nquads)
    wanted = select(*columns, _is_removed())
    rows = session.execute(wanted.where(EditionRow.seq > seq).order_by(EditionRow.seq).limit(limit)).all()
    rows = list(_not_too_many(rows))
    lives = _lives(session, {row.record for row in rows})
    return [_entry(base, row, [one for one in lives[row.record] if one.version <= row.version]) for row in rows]


def leaf_hash_at(session: Session, seq: int) -> str | None:
    """The hash of an entry, which commits to all before it; None where the log does not go that far."""
    return session.scalar(select(EditionRow.leaf_hash).where(EditionRow.seq == seq))


def _entry(base: str, row: Row[*tuple[Any, ...]], life: Sequence[_Version]) -> Entry:
    return Entry(
        row.seq,
        row.leaf_hash,
        page(base, life[-1].address),
        row.version,
        tuple(one.version for one in life if one.removed),
        nquads=b"" if row.removed else row.nquads,
        log=b"".join(_log(base, life)),
    )


def _not_too_many(rows: Iterable[Row[*tuple[Any, ...]]]) -> Iterator[Row[*tuple[Any, ...]]]:
    """The first, and as many more as stay within MOST_BYTES."""
    size = 0
    for row in rows:
        size += len(row.nquads)
        if size > MOST_BYTES and size > len(row.nquads):
            return
        yield row


def _lives(session: Session, records: Iterable[str]) -> dict[str, list[_Version]]:
    """All versions of these records, the first one first."""
    wanted = select(EditionRow.record, *(getattr(EditionRow, name) for name in _Version._fields[:-1]), _is_removed())
    found: dict[str, list[_Version]] = defaultdict(list)
    for row in session.execute(wanted.where(EditionRow.record.in_(list(records))).order_by(EditionRow.version)):
        found[row.record].append(_Version(*row[1:]))
    return found


def _is_removed() -> ColumnElement[bool]:
    return (func.length(EditionRow.document) == 0).label("removed")


def _log(base: str, life: Sequence[_Version]) -> Iterator[bytes]:
    """N-Quads in the graph of the log, for each version of one record."""
    graph = f"<{base}{LOG}>"
    for place, one in enumerate(life):
        edition = f"<{version_iri(base, one.address, one.version)}>"
        for name, value in (
            (_TYPE, f"<{_EDITION}>"),
            (PROPERTIES["editionOf"], f"<{iri(base, one.address)}>"),
            (PROPERTIES["version"], _literal(one.version, "integer")),
            (PROPERTIES["issued"], _literal(one.issued, "dateTime")),
            (PROPERTIES["change"], f"<{concept(CHANGE, one.change)}>"),
            (PROPERTIES["sha256"], _literal(one.digest, "hexBinary")),
            (_SEQ, _literal(one.seq, "integer")),
            (_STANDING, f"<{concept(STANDING, _standing(life[place:]))}>"),
        ):
            yield f"{edition} <{name}> {value} {graph} .\n".encode()
    last = life[-1]
    current = f"<{iri(base, last.address)}> <{_CURRENT}> <{version_iri(base, last.address, last.version)}>"
    yield f"{current} {graph} .\n".encode()


def _standing(life: Sequence[_Version]) -> str:
    """Of the first of these versions; what is known of a removed one is that it was removed."""
    if life[0].removed:
        return "redacted"
    return judge([Step(one.version, one.change, one.issued) for one in life]).state


def _literal(value: object, datatype: str) -> str:
    return f'"{value}"^^<{_XSD}{datatype}>'
