"""The only writer of the log. Only publishing imports this."""

from typing import Any, cast

import zstandard
from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from kb.documents.canonical import canonical, digest
from kb.documents.graph import quads
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


def lock_head(session: Session) -> Head:
    """Lock the end of the log until the transaction ends, and read it. Everybody who appends queues here."""
    # SQLite needs no row lock: its writing transactions begin with BEGIN IMMEDIATE.
    return read_head(session, lock=True)


def append(session: Session, document: dict[str, Any], *, record_kind: str, content_digest: str) -> EditionRow:
    """Seal one document into the log. The caller compiled it under lock_head and commits.

    Raises DoesNotFollow where version, previous digest, time, kind or address do not go on from what is stored.
    """
    data = canonical(document)
    head = lock_head(session)
    record, version, address = document["recordId"], document["version"], _address(document)
    before = _before(session, record)
    _check_place(session, document, record_kind, head)
    _check_ancestry(document, address, before)
    _check_address(session, record, address)
    entry = Entry(
        seq=head.seq + 1,
        record=record,
        version=version,
        kind=document["change"],
        time=document["issued"],
        digest=digest(data),
        prev=document.get("previousDigest"),
        parent=head.leaf_hash,
    )
    sealed = leaf(entry)
    row = EditionRow(
        seq=entry.seq,
        record=record,
        record_kind=record_kind,
        address=address,
        version=version,
        change=entry.kind,
        issued=entry.time,
        digest=entry.digest,
        content_digest=content_digest,
        prev=entry.prev,
        parent=entry.parent,
        leaf=sealed.decode(),
        leaf_hash=leaf_hash(sealed),
        document=data,
        nquads=zstandard.ZstdCompressor().compress(quads(data)),
    )
    session.add(row)
    session.flush()
    _move_head(session, head, row)
    return row


def _move_head(session: Session, head: Head, row: EditionRow) -> None:
    # Compare and swap: should two writers ever hold the same head, the second fails here.
    step = update(LogHead).where(LogHead.id == 1, LogHead.seq == head.seq)
    step = step.values(seq=row.seq, leaf_hash=row.leaf_hash, time=row.issued)
    moved = cast(CursorResult[Any], session.execute(step.execution_options(synchronize_session=False)))
    if moved.rowcount != 1:
        raise HeadMoved("somebody else appended to the log at the same moment", where="log", remedy="Publish again.")


def _check_place(session: Session, document: dict[str, Any], record_kind: str, head: Head) -> None:
    where, kind = document["@id"], document["change"]
    if record_kind not in RECORD_KIND or kind not in CHANGE:
        raise Refused(f"“{record_kind}” is not a kind of record or “{kind}” no kind of edition", where=where)
    if not is_id(document["recordId"]):
        raise Refused(f"“{document['recordId']}” is not an id", where=where)
    if (kind == FOUNDATION) != (head.seq == -1):
        raise DoesNotFollow("the foundation is the first entry of the log, and only that", where=where)
    if head.time and document["issued"] < head.time:
        raise DoesNotFollow(f"its time {document['issued']} is before that of the log, {head.time}", where=where)
    if head.seq >= 0 and (base := base_of(session)) != base_in(document):
        raise DoesNotFollow(f"it stands under {base_in(document)}, the knowledge base under {base}", where=where)


def _check_ancestry(document: dict[str, Any], address: str, before: tuple[int, str, str] | None) -> None:
    version, prev = document["version"], document.get("previousDigest")
    last, last_digest, last_address = before or (0, None, address)
    if (version, prev, address) != (last + 1, last_digest, last_address):
        raise DoesNotFollow(
            f"version {version} with previous digest {prev} does not follow version {last} with digest {last_digest}",
            where=document["@id"],
            remedy="Compile it again while the head of the log is locked.",
        )


def _before(session: Session, record: str) -> tuple[int, str, str] | None:
    """Number, digest and address of the record's latest version."""
    wanted = select(EditionRow.version, EditionRow.digest, EditionRow.address).where(EditionRow.record == record)
    row = session.execute(wanted.order_by(EditionRow.version.desc()).limit(1)).first()
    return (row.version, row.digest, row.address) if row else None


def _check_address(session: Session, record: str, address: str) -> None:
    taken = select(EditionRow.record).where(EditionRow.address == address, EditionRow.record != record).limit(1)
    if other := session.scalar(taken):
        raise Refused(f"the address {address} belongs to the record {other}", where=record)


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
