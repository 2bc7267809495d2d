"""Snapshots: bringing in what a source said, or noting what is known of a text that we do not hold; segments."""

import hashlib
from collections.abc import Sequence
from typing import Annotated, Any, Self

from pydantic import model_validator
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk.actors import Actor, require
from kb.desk.chance import now
from kb.desk.changes import Deed, assign, keep, observed, state_of
from kb.desk.changes import removed as taken_away
from kb.desk.entry import Entry
from kb.desk.forms import Digest, Iri, Language, Moment, Offset, Printed, Prose, one_of, refused
from kb.desk.parts import fragment, next_number
from kb.desk.records import NoSuchRecord, hold
from kb.desk.removal import StillNeeded
from kb.desk.tables import Passage, Segment, Snapshot, Source
from kb.desk.texts import Keeping
from kb.errors import Refused
from kb.values import vocabulary

KIND = "snapshot"
PLAIN = "text/plain; charset=utf-8"
FOREIGN = "foreign_matter"


class NotText(Refused):
    """Bytes that are not the text they are said to be."""


class NotOpen(Refused):
    """A text without an open licence is not shown to readers."""


class SegmentEntry(Entry):
    """A stretch of the text of record, in code points, end exclusive; its code is unique in the snapshot."""

    code: Printed
    start: Offset
    end: Offset
    role: Annotated[str, one_of(vocabulary.SEGMENT_ROLE)]
    claims_taken: bool
    note: Prose | None = None

    @model_validator(mode="after")
    def _is_a_stretch(self) -> Self:
        if self.start >= self.end:
            raise refused(f"the segment {self.code} ends before it starts.", "Correct start and end.")
        if self.role == FOREIGN and self.claims_taken:
            raise refused("no claim is taken from foreign matter.", "Correct the role, or claims_taken.")
        return self


class SnapshotEntry(Entry):
    """How a text came to us. Without `retrieved_on` it is now; `segments` None leaves them as they are."""

    media_type: Printed = PLAIN
    language: Language | None = None
    open_to_readers: bool = False
    retrieved_from: Iri | None = None
    retrieved_on: Moment | None = None
    retrieved_with: Printed | None = None
    segments: tuple[SegmentEntry, ...] | None = None


class WithheldEntry(SnapshotEntry):
    """What is known of a text that we do not hold."""

    sha256: Digest
    text_sha256: Digest
    byte_size: Offset
    characters: Offset


def bring_in(
    session: Session,
    actor: Actor,
    source: Source,
    entry: SnapshotEntry,
    data: bytes,
    blobs: Keeping,
    text: str | None = None,
) -> Snapshot:
    """Keep bytes and text of record. One that was withheld becomes held, and keeps its number and its segments.

    `text` is what was drawn from bytes that are no plain text. Raises NotText, NotOpen.
    """
    require(actor, "edit")
    if entry.open_to_readers and source.licence is None:
        raise NotOpen("the source has no open licence.", where="open_to_readers", remedy="Leave it closed.")
    record = decoded(data) if text is None else text
    columns = {
        "holding": "held",
        "open_to_readers": entry.open_to_readers,
        "sha256": blobs.put(data),
        "text_sha256": blobs.put(record.encode("utf-8")),
        "byte_size": len(data),
        "characters": len(record),
    }
    return _keep(session, actor, source, entry, columns)


def withhold(session: Session, actor: Actor, source: Source, entry: WithheldEntry) -> Snapshot:
    """Note hash and length of a text. A snapshot of the same bytes that is held stays held."""
    require(actor, "edit")
    columns = {
        "holding": "withheld",
        "open_to_readers": False,
        "sha256": entry.sha256,
        "text_sha256": entry.text_sha256,
        "byte_size": entry.byte_size,
        "characters": entry.characters,
    }
    known = find_by_hash(session, source.id, entry.sha256)
    if known is not None and known.holding == "held":
        names = ("holding", "open_to_readers", "text_sha256", "byte_size", "characters")
        columns |= {name: getattr(known, name) for name in names}
    return _keep(session, actor, source, entry, columns)


def remove_snapshot(session: Session, actor: Actor, snapshot: Snapshot) -> None:
    """Its bytes stay among the blobs. Raises StillNeeded where quotes were verified in it."""
    require(actor, "edit")
    part = fragment(KIND, snapshot.number)
    if session.scalar(select(Passage.id).where(Passage.snapshot_id == snapshot.id).limit(1)) is not None:
        raise StillNeeded("quotes were verified in it.", where=part, remedy="Bring in another text first.")
    deed = Deed(actor, "remove_snapshot", snapshot.source_id, part)
    taken_away(session, deed, [*segments_of(session, snapshot), snapshot], before=_state(session, snapshot))


def find_snapshot(session: Session, source_id: str, number: int) -> Snapshot:
    found = session.scalars(select(Snapshot).where(Snapshot.source_id == source_id, Snapshot.number == number)).first()
    if found is None:
        raise NoSuchRecord("the source has no such snapshot.", where=fragment(KIND, number))
    return found


def find_by_hash(session: Session, source_id: str, sha256: str) -> Snapshot | None:
    wanted = select(Snapshot).where(Snapshot.source_id == source_id, Snapshot.sha256 == sha256)
    return session.scalars(wanted).first()


def segments_of(session: Session, snapshot: Snapshot) -> list[Segment]:
    wanted = select(Segment).where(Segment.snapshot_id == snapshot.id).order_by(Segment.start_at, Segment.number)
    return list(session.scalars(wanted))


def decoded(data: bytes) -> str:
    """Plain text as it stands in the bytes. Raises NotText with the place where it stops being UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        what = f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8."
        raise NotText(what, where="text", remedy="Save the text as UTF-8.") from error


def hash_of(text: str) -> str:
    """The sha256 of a text of record."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _keep(session: Session, actor: Actor, source: Source, entry: SnapshotEntry, columns: dict[str, Any]) -> Snapshot:
    # Of two who bring in the same bytes at one moment the later one finds them there.
    hold(session, source.id)
    known = find_by_hash(session, source.id, columns["sha256"])
    # Whoever hands over the text of a known snapshot need not know its language.
    language = entry.language or (known.language if known else None)
    columns |= {"media_type": entry.media_type, "language": language}
    came = {"retrieved_from": entry.retrieved_from, "retrieved_with": entry.retrieved_with}
    if known is None:
        came |= {"retrieved_on": entry.retrieved_on or now(session)}
        snapshot = Snapshot(source_id=source.id, number=next_number(session, source.id, KIND), **columns, **came)
    else:
        snapshot = known
        if known.holding == "withheld" and columns["holding"] == "held":
            columns |= came | {"retrieved_on": entry.retrieved_on or now(session)}
    verb = "add_snapshot" if known is None else "change_snapshot"
    deed = Deed(actor, verb, source.id, fragment(KIND, snapshot.number))
    with observed(session, deed, lambda: _state(session, snapshot) if snapshot.id else None):
        if known is None:
            keep(session, snapshot)
        else:
            assign(snapshot, columns)
        if entry.segments is not None:
            _set_segments(session, snapshot, entry.segments)
    return snapshot


def _set_segments(session: Session, snapshot: Snapshot, segments: Sequence[SegmentEntry]) -> None:
    """Segments keep their numbers by their codes. Raises Refused where one is named twice or lies outside the text."""
    there = {segment.code: segment for segment in segments_of(session, snapshot)}
    wanted = [segment.code for segment in segments]
    for one in segments:
        if wanted.count(one.code) > 1:
            raise Refused(f"the segment {one.code} is named twice.", where="segments", remedy="Name each once.")
        if one.end > snapshot.characters:
            what = f"the segment {one.code} ends at {one.end}, and the text has {snapshot.characters} characters."
            raise Refused(what, where="segments", remedy="Count in code points.")
    for code, gone in there.items():
        if code not in wanted:
            session.delete(gone)
    session.flush()
    for one in segments:
        columns = one.model_dump(exclude={"start", "end"}) | {"start_at": one.start, "end_at": one.end}
        if one.code in there:
            assign(there[one.code], columns)
        else:
            number = next_number(session, snapshot.source_id, "segment")
            session.add(Segment(source_id=snapshot.source_id, snapshot_id=snapshot.id, number=number, **columns))


def _state(session: Session, snapshot: Snapshot) -> dict[str, Any]:
    return {"snapshot": state_of(snapshot), "segment": [state_of(one) for one in segments_of(session, snapshot)]}
