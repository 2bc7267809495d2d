"""A source at the desk: what it is, what it comes from, and the texts that are held of it."""

from starlette.responses import Response

from app.desk.beside import beside
from app.desk.forms.fresh import check_fresh, marked
from app.desk.forms.picking import newest
from app.desk.identifiers import elsewhere, save_identifiers
from app.desk.rooms import Rooms
from app.desk.source_form import filled, source_entry
from app.desk.source_texts import snapshots_of
from app.desk.visit import Visit
from kb.desk.records import hold
from kb.desk.sources import change_source, find_source
from kb.desk.tables import Record

rooms = Rooms()


@rooms.page("/desk/sources/{id}", "edit", "review", "publish")
def show_source(visit: Visit) -> Response:
    source = find_source(visit.session, visit.path("id"))
    record = visit.session.get_one(Record, source.id)
    return visit.page(
        "desk/source.html",
        form=visit.form or marked(filled(visit.session, source, record), record),
        source=source,
        snapshots=snapshots_of(visit.session, source.id),
        elsewhere=elsewhere(visit.session, source.id),
        beside=beside(visit, source.id),
        offered=newest(visit.session, "agent", "source", "origin"),
    )


@rooms.deed("/desk/sources/{id}", "edit", again=show_source)
def save_source(visit: Visit) -> Response:
    session = visit.session
    source = find_source(session, visit.path("id"))
    record = hold(session, source.id)
    before = record.revision
    check_fresh(session, source.id, visit.typed, lambda: filled(session, source, record))
    change_source(session, visit.actor, source, source_entry(session, visit.actor, visit.typed))
    save_identifiers(session, visit.actor, source.id, visit.typed)
    return visit.to(f"desk/sources/{source.id}", done="saved" if record.revision != before else "unchanged")
