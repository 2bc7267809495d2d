"""Texts of a source at the desk: another one brought in, one noted by its hash alone, its bytes, its quotes checked."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.desk.forms.form import form_of
from app.desk.gathering import Gathered, gathered
from app.desk.rooms import Rooms
from app.desk.visit import Visit
from app.web.headers import NEVER, attachment
from kb.desk.quotes import check_quotes
from kb.desk.snapshots import SnapshotEntry, WithheldEntry, bring_in, find_snapshot, remove_snapshot, withhold
from kb.desk.sources import find_source
from kb.desk.tables import Snapshot
from kb.errors import Missing

rooms = Rooms()
# Whatever a page or a file tries, as bytes to be kept it runs nowhere and loads nothing.
CAGED = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": NEVER,
}
ENDINGS = {"text/html": "html", "application/pdf": "pdf", "text/plain": "txt", "text/markdown": "md"}


class NotHeld(Missing):
    """A text of which only the hash is known."""


@rooms.page("/desk/sources/{id}/snapshots", "edit")
def show_texts(visit: Visit) -> Response:
    return _sheet(visit)


@rooms.deed("/desk/sources/{id}/snapshots", "edit", again=show_texts, transacted=False)
def add_text(visit: Visit) -> Response:
    source_id = visit.path("id")
    with visit.desk.reading() as session:
        find_source(session, source_id)
    found = gathered(visit, visit.typed)
    with visit.desk.writing() as session:
        _keep(replace(visit, opened=session), source_id, found)
    return visit.to(f"desk/sources/{source_id}/snapshots", done="saved")


@rooms.deed("/desk/sources/{id}/snapshots/{n}/remove", "edit", again=show_texts)
def remove_text(visit: Visit) -> Response:
    source_id = visit.path("id")
    remove_snapshot(visit.session, visit.actor, find_snapshot(visit.session, source_id, visit.number("n")))
    return visit.to(f"desk/sources/{source_id}/snapshots", done="removed")


@rooms.deed("/desk/sources/{id}/check-quotes", "edit", again=show_texts)
def check(visit: Visit) -> Response:
    source_id = find_source(visit.session, visit.path("id")).id
    found = check_quotes(visit.session, visit.actor, source_id, None, visit.desk.blobs)
    visit.session.flush()
    return _sheet(replace(visit, form=None), checked=found)


@rooms.page("/desk/sources/{id}/snapshots/{n}/bytes", "edit", "review", "publish")
def give_bytes(visit: Visit) -> Response:
    snapshot = find_snapshot(visit.session, visit.path("id"), visit.number("n"))
    if snapshot.holding != "held":
        raise NotHeld("Of this text only the hash is known here.", where=f"snapshot-{snapshot.number}")
    ending = ENDINGS.get(snapshot.media_type.partition(";")[0].strip().lower(), "bin")
    name = f"{snapshot.source_id}-snapshot-{snapshot.number}.{ending}"
    heads = {**CAGED, "Content-Disposition": attachment(name)}
    return Response(visit.desk.blobs.get(snapshot.sha256), 200, heads, "application/octet-stream")


def snapshots_of(session: Session, source_id: str) -> Sequence[Snapshot]:
    """The newest first."""
    wanted = select(Snapshot).where(Snapshot.source_id == source_id).order_by(Snapshot.number.desc())
    return session.scalars(wanted).all()


def _sheet(visit: Visit, **context: Any) -> Response:
    source = find_source(visit.session, visit.path("id"))
    begun = form_of({"address": source.url or "", "language": source.language})
    shown = {"checked": None, **context}
    snapshots = snapshots_of(visit.session, source.id)
    return visit.page("desk/source_texts.html", form=visit.form or begun, source=source, snapshots=snapshots, **shown)


def _keep(visit: Visit, source_id: str, found: Gathered) -> None:
    """With its text, or where that may not be held its hashes alone."""
    form, extracted = visit.typed, found.extracted
    source = find_source(visit.session, source_id)
    language = form.value("language").strip() or None
    values: dict[str, Any] = {"media_type": extracted.media_type, "language": language, **found.came}
    if not form.has("hash_only", "yes"):
        entry = SnapshotEntry(**values, open_to_readers=form.has("open_to_readers", "yes"))
        bring_in(visit.session, visit.actor, source, entry, found.data, visit.desk.blobs, extracted.text)
        return
    known: dict[str, Any] = {
        "sha256": found.sha256,
        "text_sha256": hashlib.sha256(extracted.text.encode("utf-8")).hexdigest(),
        "byte_size": len(found.data),
        "characters": len(extracted.text),
    }
    withhold(visit.session, visit.actor, source, WithheldEntry(**values, **known))
