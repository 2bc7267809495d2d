"""The only writer of the log. Only publishing imports this."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

import zstandard
from sqlalchemy import Table, bindparam, func, select, update
from sqlalchemy.orm import Session

from kb.documents.canonical import canonical, digest
from kb.documents.graph import quads_of
from kb.errors import Broken, Conflict, Refused
from kb.log.chain import FOUNDATION, Entry, leaf, leaf_hash
from kb.log.read import Head, base_of, read_head
from kb.log.tables import EditionRow, LogHead
from kb.values.ids import is_id
from kb.values.vocabulary import CHANGE, RECORD_KIND


class DoesNotFollow(Refused):
    """The document does not go on from where the record or the log stands."""


class HeadMoved(Conflict):
    """The head moved although its row was locked."""


class Last(NamedTuple):
    """What the next version of a record has to go on from."""

    version: int
    digest: str
    address: str


def lock_head(session: Session) -> Head:
    """Lock the end of the log until the transaction ends, and read it. Everybody who appends queues here."""
    # SQLite needs no row lock: its writing transactions begin with BEGIN IMMEDIATE.
    return read_head(session, lock=True)


@dataclass(frozen=True)
class New:
    """A document that is to be sealed into the log, with what its row says beside it."""

    document: dict[str, Any]
    record_kind: str
    content_digest: str


def append(session: Session, document: dict[str, Any], *, record_kind: str, content_digest: str) -> EditionRow:
    """The same for one document."""
    return append_all(session, [New(document, record_kind, content_digest)])[0]


def append_all(session: Session, editions: Sequence[New]) -> list[EditionRow]:
    """Seal documents into the log, one behind the other. The caller compiled them under lock_head and commits.

    Raises DoesNotFollow where version, previous digest, time, kind or address do not go on from what is stored, or from
    what stands before it among these; nothing of them is stored then. Six statements, whatever their number.
    """
    if not editions:
        return []
    end = _End(session, editions)
    start, rows = end.head, [end.put(one) for one in editions]
    _pack_quads(rows)
    session.add_all(rows)
    session.flush()
    move_head(session, start, rows)
    return rows


class _End:
    """The end of the log while editions are put behind it: read once under lock, and moved on with each of them."""

    def __init__(self, session: Session, editions: Sequence[New]) -> None:
        self.head = lock_head(session)
        self._base = base_of(session) if self.head.seq >= 0 else None
        self._last = _last_of(session, {one.document["recordId"] for one in editions})
        self._owners = _owners_of(session, {_address(one.document) for one in editions})

    def put(self, new: New) -> EditionRow:
        """The row of an edition that stands behind all before it. Raises DoesNotFollow."""
        document, head, address = new.document, self.head, _address(new.document)
        _check_place(document, new.record_kind, head, self._base)
        _check_ancestry(document, address, self._last.get(document["recordId"]))
        self._check_address(document["recordId"], address)
        data = canonical(document)
        entry = Entry(
            seq=head.seq + 1,
            record=document["recordId"],
            version=document["version"],
            kind=document["change"],
            time=document["issued"],
            digest=digest(data),
            prev=document.get("previousDigest"),
            parent=head.leaf_hash,
        )
        row = _row(entry, new, address)
        row.document = data
        self.head = Head(row.seq, row.leaf_hash, row.issued)
        self._base = self._base or base_in(document)
        self._last[row.record] = Last(row.version, row.digest, address)
        self._owners[address] = row.record
        return row

    def _check_address(self, record: str, address: str) -> None:
        if (owner := self._owners.get(address, record)) != record:
            raise Refused(f"the address {address} belongs to the record {owner}", where=record)


def _row(entry: Entry, new: New, address: str) -> EditionRow:
    sealed = leaf(entry)
    return EditionRow(
        seq=entry.seq,
        record=entry.record,
        record_kind=new.record_kind,
        address=address,
        version=entry.version,
        change=entry.kind,
        issued=entry.time,
        digest=entry.digest,
        content_digest=new.content_digest,
        prev=entry.prev,
        parent=entry.parent,
        leaf=sealed.decode(),
        leaf_hash=leaf_hash(sealed),
    )


def _pack_quads(rows: Sequence[EditionRow]) -> None:
    packer = zstandard.ZstdCompressor()
    for row, made in zip(rows, quads_of([row.document for row in rows]), strict=True):
        row.nquads = packer.compress(made)


def move_head(session: Session, start: Head, rows: Sequence[EditionRow]) -> None:
    """Step by step, for the database lets it move by one only; all steps are one statement. Raises HeadMoved."""
    # Compare and swap: should two writers ever hold the same head, the second fails here.
    table = cast(Table, LogHead.__table__)
    step = update(table).where(table.c.id == 1, table.c.seq == bindparam("before"))
    step = step.values({name: bindparam(f"new_{name}") for name in ("seq", "leaf_hash", "time")})
    steps = [
        {"before": row.seq - 1, "new_seq": row.seq, "new_leaf_hash": row.leaf_hash, "new_time": row.issued}
        for row in rows
    ]
    moved = session.connection().execute(step, steps)
    if moved.rowcount != len(rows) or rows[0].seq != start.seq + 1:
        raise HeadMoved("somebody else appended to the log at the same moment", where="log", remedy="Publish again.")


def _check_place(document: dict[str, Any], record_kind: str, head: Head, base: str | None) -> None:
    where, kind = document["@id"], document["change"]
    if record_kind not in RECORD_KIND or kind not in CHANGE:
        raise Refused(f"“{record_kind}” is not a kind of record or “{kind}” no kind of edition", where=where)
    if not is_id(document["recordId"]):
        raise Refused(f"“{document['recordId']}” is not an id", where=where)
    if (kind == FOUNDATION) != (head.seq == -1):
        raise DoesNotFollow("the foundation is the first entry of the log, and only that", where=where)
    if head.time and document["issued"] < head.time:
        raise DoesNotFollow(f"its time {document['issued']} is before that of the log, {head.time}", where=where)
    if base not in {None, base_in(document)}:
        raise DoesNotFollow(f"it stands under {base_in(document)}, the knowledge base under {base}", where=where)


def _check_ancestry(document: dict[str, Any], address: str, before: Last | None) -> None:
    version, prev = document["version"], document.get("previousDigest")
    last, last_digest, last_address = before or (0, None, address)
    if (version, prev, address) != (last + 1, last_digest, last_address):
        raise DoesNotFollow(
            f"version {version} with previous digest {prev} does not follow version {last} with digest {last_digest}",
            where=document["@id"],
            remedy="Compile it again while the head of the log is locked.",
        )


def _last_of(session: Session, records: set[str]) -> dict[str, Last]:
    """Number, digest and address of the latest version of each of these records that has one."""
    newest = select(EditionRow.record, func.max(EditionRow.version).label("version"))
    newest = newest.where(EditionRow.record.in_(sorted(records))).group_by(EditionRow.record)
    last = newest.subquery()
    wanted = select(EditionRow.record, EditionRow.version, EditionRow.digest, EditionRow.address)
    wanted = wanted.join(last, (last.c.record == EditionRow.record) & (last.c.version == EditionRow.version))
    return {row.record: Last(row.version, row.digest, row.address) for row in session.execute(wanted)}


def _owners_of(session: Session, addresses: set[str]) -> dict[str, str]:
    """The record that stands at each of these addresses, where one does."""
    wanted = select(EditionRow.address, EditionRow.record).where(EditionRow.address.in_(sorted(addresses)))
    return {row.address: row.record for row in session.execute(wanted.distinct())}


def base_in(document: dict[str, Any]) -> str:
    """The base address that a document stands under: that of its context."""
    context, tail = str(document["@context"]), "ns/context-v1.jsonld"
    if not context.endswith("/" + tail):
        raise Refused(f"the context {context} is not {tail} under a base address", where=document["@id"])
    return context.removesuffix(tail)


def _address(document: dict[str, Any]) -> str:
    base, iri, tail = base_in(document), str(document["@id"]), f"/v{document['version']}"
    if not (iri.startswith(base) and iri.endswith(tail)) or document["editionOf"] != iri.removesuffix(tail) + "#it":
        raise Broken(f"{iri} is not the address of version {document['version']} of {document['editionOf']}", where=iri)
    return iri.removeprefix(base).removesuffix(tail)
