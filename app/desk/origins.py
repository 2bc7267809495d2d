"""Origins at the desk: where information first came from."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session
from starlette.responses import Response

from app.desk.beside import beside
from app.desk.forms.form import Form, form_of
from app.desk.forms.fresh import check_fresh, marked
from app.desk.forms.picking import chosen, newest, picked
from app.desk.forms.reading import entry_of
from app.desk.rooms import Rooms
from app.desk.visit import Visit
from kb.desk.entry import BadEntry, Fault
from kb.desk.origins import OriginEntry, add_origin, change_origin, find_origin
from kb.desk.records import hold
from kb.desk.tables import Origin, Record

rooms = Rooms()


@rooms.page("/desk/origins/new", "edit")
def new_origin(visit: Visit) -> Response:
    return _sheet(visit, visit.form or form_of({"label": visit.asked("label"), "language": "en"}))


@rooms.deed("/desk/origins/new", "edit", again=new_origin)
def make_origin(visit: Visit) -> Response:
    origin = add_origin(visit.session, visit.actor, _entry(visit))
    return visit.to(f"desk/origins/{origin.id}", done="added")


@rooms.page("/desk/origins/{id}", "edit", "review", "publish")
def show_origin(visit: Visit) -> Response:
    origin = find_origin(visit.session, visit.path("id"))
    record = visit.session.get_one(Record, origin.id)
    form = visit.form or marked(_filled(visit.session, origin, record), record)
    return _sheet(visit, form, origin=origin, beside=beside(visit, origin.id))


@rooms.deed("/desk/origins/{id}", "edit", again=show_origin)
def save_origin(visit: Visit) -> Response:
    session = visit.session
    origin = find_origin(session, visit.path("id"))
    record = hold(session, origin.id)
    before = record.revision
    check_fresh(session, origin.id, visit.typed, lambda: _filled(session, origin, record))
    change_origin(session, visit.actor, origin, _entry(visit))
    return visit.to(f"desk/origins/{origin.id}", done="saved" if record.revision != before else "unchanged")


def _sheet(visit: Visit, form: Form, **context: Any) -> Response:
    shown: Mapping[str, Any] = {"origin": None, "beside": None, **context}
    return visit.page("desk/origin.html", form=form, offered=newest(visit.session, "source"), **shown)


def _filled(session: Session, origin: Origin, record: Record) -> Form:
    """The form as the origin fills it in."""
    source = chosen(session, [origin.first_hand_source_id])[origin.first_hand_source_id]
    return form_of(
        {
            "label": origin.label,
            "genre": origin.genre,
            "seen": "yes" if origin.seen else "no",
            "first_hand": source,
            "note": origin.note or "",
            "language": record.language,
        }
    )


def _entry(visit: Visit) -> OriginEntry:
    source = picked(visit.session, visit.typed, "first_hand", "source")
    if not visit.typed.value("seen"):
        raise BadEntry((Fault("seen", "it is not said whether it was read here.", "Choose yes or no."),))
    return entry_of(OriginEntry, visit.typed, first_hand=source.id or None)
