"""Origins: add, change, find, remove. Label and note name no private person."""

from typing import Any

from sqlalchemy.orm import Session

from kb.desk import lineage, records
from kb.desk.actors import Actor, require
from kb.desk.changes import Deed, added, changed, keep
from kb.desk.entry import Entry
from kb.desk.forms import Language, Prose, RecordId
from kb.desk.privacy import check_unnamed, private_names
from kb.desk.removal import remove_record
from kb.desk.tables import Origin, Source


class OriginEntry(Entry):
    """Where information first came from; `first_hand` is the source that is its own origin."""

    label: Prose
    genre: Prose
    seen: bool
    first_hand: RecordId | None = None
    note: Prose | None = None
    language: Language = "en"


def add_origin(session: Session, actor: Actor, entry: OriginEntry) -> Origin:
    require(actor, "edit")
    _check(session, entry)
    record = records.begin(session, "origin", entry.language)
    origin = Origin(id=record.id, **_columns(entry))
    keep(session, origin)
    added(session, Deed(actor, "add_origin", origin.id), [record, origin])
    return origin


def change_origin(session: Session, actor: Actor, origin: Origin, entry: OriginEntry) -> Origin:
    require(actor, "edit")
    if (entry.label, entry.note) != (origin.label, origin.note) or entry.first_hand != origin.first_hand_source_id:
        _check(session, entry)
    if entry.first_hand is not None and entry.first_hand != origin.first_hand_source_id:
        lineage.check_first_hand(session, origin.id, entry.first_hand)
    record = records.hold(session, origin.id)
    rows = [(record, {"language": entry.language}), (origin, _columns(entry))]
    changed(session, Deed(actor, "change_origin", origin.id), rows)
    return origin


def remove_origin(session: Session, actor: Actor, origin: Origin) -> None:
    remove_record(session, actor, "remove_origin", origin)


def find_origin(session: Session, origin_id: str) -> Origin:
    return records.find(session, Origin, origin_id)


def _check(session: Session, entry: OriginEntry) -> None:
    names = private_names(session)
    check_unnamed(entry.label, names, "label")
    check_unnamed(entry.note, names, "note")
    if entry.first_hand is not None:
        records.need(session, Source, entry.first_hand, "first_hand")


def _columns(entry: OriginEntry) -> dict[str, Any]:
    return {
        "label": entry.label,
        "genre": entry.genre,
        "seen": entry.seen,
        "first_hand_source_id": entry.first_hand,
        "note": entry.note,
    }
