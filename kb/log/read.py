"""Reading the log: editions, versions, standings and the head."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import zstandard
from sqlalchemy import Row, Select, bindparam, case, exists, func, select
from sqlalchemy.orm import Session, aliased

from kb.errors import Broken, Missing
from kb.log.redacted import redacted
from kb.log.standing import WITH_A_REASON, Standing, Step, judge
from kb.log.tables import EditionRow, LogHead

BATCH = 100
# Rows without their documents are a quarter as large, and each statement costs as much as reading some forty of them.
BATCH_OF_QUADS = 400


class NoSuchRecord(Missing):
    """No published record has this id or address."""


class NoSuchVersion(Missing):
    """The record has no version of this number."""


@dataclass(frozen=True)
class Head:
    """Where the log ends: seq -1 and nothing else while it is empty."""

    seq: int
    leaf_hash: str | None
    time: str | None


@dataclass(frozen=True)
class Brief:
    """A version without its document; `note` is its change note, a text for each language."""

    seq: int
    version: int
    change: str
    issued: str
    digest: str
    leaf_hash: str
    note: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Edition:
    """One sealed edition; `data` are the canonical bytes, the thing hashed."""

    seq: int
    record: str
    record_kind: str
    address: str
    version: int
    change: str
    issued: str
    digest: str
    content_digest: str
    prev: str | None
    leaf_hash: str
    data: bytes = field(repr=False)

    @property
    def removed(self) -> bool:
        """True where the content was removed; only what stands in the leaf is left, and there is no document."""
        return not self.data

    @cached_property
    def document(self) -> dict[str, Any]:
        """The document, parsed when first asked for. Raises Broken where the stored bytes are no JSON.

        Raises Missing where the content was removed: whoever meets such an edition asks for `removed` first.
        """
        if self.removed:
            raise Missing("the content of this version was removed", where=f"{self.address}/v{self.version}")
        try:
            parsed: dict[str, Any] = json.loads(self.data)
        except ValueError as error:
            where = f"{self.record} version {self.version}"
            raise Broken("the stored document is no JSON", where=where, remedy="Run `claimbase verify`.") from error
        return parsed


COLUMNS = (
    EditionRow.seq,
    EditionRow.record,
    EditionRow.record_kind,
    EditionRow.address,
    EditionRow.version,
    EditionRow.change,
    EditionRow.issued,
    EditionRow.digest,
    EditionRow.content_digest,
    EditionRow.prev,
    EditionRow.leaf_hash,
    EditionRow.document.label("data"),
)

# Every page asks these. To put a statement together takes longer than to run it, so that is done once.
_NEWEST = select(*COLUMNS).order_by(EditionRow.version.desc()).limit(1)
_LATEST = _NEWEST.where(EditionRow.record == bindparam("record"))
_AT = EditionRow.address == bindparam("address")
_LATEST_AT = _NEWEST.where(_AT)
_VERSION = select(*COLUMNS).where(_AT, EditionRow.version == bindparam("version"))
# Documents are large; only that of a version with a reason is looked into, for its note.
_REASON = case((EditionRow.change.in_(WITH_A_REASON), EditionRow.document))
_SINCE = (
    select(EditionRow.version, EditionRow.change, EditionRow.issued, _REASON)
    .where(EditionRow.record == bindparam("record"), EditionRow.version >= bindparam("version"))
    .order_by(EditionRow.version)
)


def read_head(session: Session, *, lock: bool = False) -> Head:
    """The end of the log; `lock` holds its row until the transaction ends."""
    wanted = select(LogHead.seq, LogHead.leaf_hash, LogHead.time).where(LogHead.id == 1)
    row = session.execute(wanted.with_for_update() if lock else wanted).first()
    if row is None:
        raise Broken("the row that says where the log ends is missing", where="log_head", remedy="Recover a backup.")
    return Head(row.seq, row.leaf_hash, row.time)


def head(session: Session) -> Head:
    """The end of the log."""
    return read_head(session)


def base_of(session: Session) -> str:
    """The base address, as the foundation has it. Raises Missing while the log is empty."""
    data = session.scalar(select(EditionRow.document).where(EditionRow.seq == 0))
    if data is None:
        raise Missing("the log is empty: there is no foundation", where="log", remedy="Run `claimbase init`.")
    return str(json.loads(data)["mainEntity"]["baseAddress"])


def latest(session: Session, record: str) -> Edition | None:
    """The newest edition of a record, by its opaque id."""
    return _one(session, _LATEST, {"record": record})


def latest_at(session: Session, address: str) -> Edition:
    """The newest edition at an address such as "claims/37d2qfnqr". Raises NoSuchRecord."""
    found = _one(session, _LATEST_AT, {"address": address})
    if found is None:
        raise NoSuchRecord("there is no such page", where=address)
    return found


def version(session: Session, address: str, number: int) -> Edition:
    """One version at an address. Raises NoSuchRecord or NoSuchVersion, or Redacted where its content was removed."""
    # A number beyond what the column holds would be an error of the database, not a page that is missing.
    known = 1 <= number < 2**31
    if known and (found := _one(session, _VERSION, {"address": address, "version": number})):
        if found.removed:
            raise redacted(session, found.seq)
        return found
    last = latest_at(session, address).version
    raise NoSuchVersion(f"there is no version {number}; the latest is {last}", where=address)


def versions(session: Session, record: str) -> list[Brief]:
    """All versions of a record, the first one first, each with its change note."""
    wanted = select(*COLUMNS).where(EditionRow.record == record).order_by(EditionRow.version)
    return [_brief(Edition(**row._mapping)) for row in session.execute(wanted)]


def standing(session: Session, edition: Edition) -> Standing:
    """What became of the edition; one statement, whatever the number of versions."""
    rows = session.execute(_SINCE, {"record": edition.record, "version": edition.version})
    return judge([Step(number, change, issued, _note(data)) for number, change, issued, data in rows])


def find_address(session: Session, record: str) -> str | None:
    """The address of a published record."""
    return session.scalar(select(EditionRow.address).where(EditionRow.record == record).limit(1))


def since(session: Session, seq: int, limit: int = BATCH) -> Iterator[Edition]:
    """The editions after `seq` (-1: from the first), in order of seq, at most `limit`."""
    wanted = select(*COLUMNS).where(EditionRow.seq > seq).order_by(EditionRow.seq).limit(limit)
    for row in session.execute(wanted):
        yield Edition(**row._mapping)


def everything(session: Session, *, current_only: bool = False) -> Iterator[Edition]:
    """All editions, or the current ones, in order of seq; a few in memory at a time."""
    for row in _streamed(session, select(*COLUMNS), current_only):
        yield Edition(**row._mapping)


def current(session: Session) -> Iterator[Edition]:
    """The latest edition of each record, withdrawn ones included, in order of seq."""
    return everything(session, current_only=True)


def with_quads(session: Session, *, current_only: bool = False) -> Iterator[tuple[int, bytes]]:
    """Number and stored N-Quads, unpacked, of each that has content, in order of seq. Raises Broken like `unpack`."""
    wanted = select(EditionRow.seq, EditionRow.record, EditionRow.version, EditionRow.nquads)
    wanted = wanted.where(func.length(EditionRow.document) > 0)
    # One for all: a new one's working memory costs more than what most editions unpack to.
    unpacker = zstandard.ZstdDecompressor()
    for seq, record, number, packed in _streamed(session, wanted, current_only, BATCH_OF_QUADS):
        yield seq, _unpacked(unpacker, packed, record, number)


def with_packed(session: Session) -> Iterator[tuple[Edition, bytes, bool]]:
    """All editions, each with its N-Quads as they are stored, packed with zstd, and whether it is a current one."""
    later = aliased(EditionRow)
    is_old = exists().where(later.record == EditionRow.record, later.version > EditionRow.version)
    for row in _streamed(session, select(*COLUMNS, EditionRow.nquads, is_old.label("is_old")), current_only=False):
        fields = dict(row._mapping)
        packed, old = fields.pop("nquads"), fields.pop("is_old")
        yield Edition(**fields), packed, not old


def nquads(session: Session, edition: Edition) -> bytes:
    """The N-Quads that were made at the seal: sorted lines, in the graph named by the version's address."""
    packed = session.scalar(select(EditionRow.nquads).where(EditionRow.seq == edition.seq))
    if packed is None:
        raise NoSuchVersion("there is no such edition", where=edition.address)
    return unpack(packed, edition)


def unpack(packed: bytes, edition: Edition) -> bytes:
    """Nothing where the content was removed. Raises Broken where the stored bytes cannot be unpacked."""
    if edition.removed:
        return b""
    return _unpacked(zstandard.ZstdDecompressor(), packed, edition.record, edition.version)


def _unpacked(unpacker: zstandard.ZstdDecompressor, packed: bytes, record: str, number: int) -> bytes:
    try:
        return unpacker.decompress(packed)
    except zstandard.ZstdError as error:
        where = f"{record} version {number}"
        raise Broken("the stored N-Quads cannot be unpacked", where=where, remedy="Run `claimbase verify`.") from error


def _one(session: Session, wanted: Select[*tuple[Any, ...]], values: Mapping[str, Any]) -> Edition | None:
    row = session.execute(wanted, values).first()
    return Edition(**row._mapping) if row else None


def _streamed(
    session: Session, wanted: Select[*tuple[Any, ...]], current_only: bool, batch: int = BATCH
) -> Iterator[Row[*tuple[Any, ...]]]:
    """In batches by seq, so that neither driver holds the whole log in memory."""
    later = aliased(EditionRow)
    if current_only:
        wanted = wanted.where(~exists().where(later.record == EditionRow.record, later.version > EditionRow.version))
    seq = -1
    while rows := session.execute(wanted.where(EditionRow.seq > seq).order_by(EditionRow.seq).limit(batch)).all():
        yield from rows
        seq = rows[-1].seq


def _note(data: bytes | None) -> dict[str, str]:
    found: dict[str, str] = json.loads(data).get("changeNote", {}) if data else {}
    return found


def _brief(edition: Edition) -> Brief:
    note = {} if edition.removed else edition.document.get("changeNote", {})
    return Brief(edition.seq, edition.version, edition.change, edition.issued, edition.digest, edition.leaf_hash, note)
