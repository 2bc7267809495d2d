"""Topics and measures at the desk: made, changed, taken off."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session
from starlette.responses import Response

from app.desk.beside import beside
from app.desk.forms.form import Form, form_of
from app.desk.forms.fresh import check_fresh, marked
from app.desk.forms.picking import chosen, newest, picked
from app.desk.forms.reading import entry_of
from app.desk.identifiers import elsewhere, identifiers_in, save_identifiers
from app.desk.rooms import Rooms
from app.desk.visit import Visit
from kb.desk.records import hold
from kb.desk.tables import Record, Topic
from kb.desk.topics import TopicEntry, add_topic, change_topic, find_topic, slug_of

rooms = Rooms()


@rooms.page("/desk/topics/new", "edit")
def new_topic(visit: Visit) -> Response:
    return _sheet(visit, visit.form or form_of({"label": visit.asked("label"), "language": "en"}))


@rooms.deed("/desk/topics/new", "edit", again=new_topic)
def make_topic(visit: Visit) -> Response:
    topic = add_topic(visit.session, visit.actor, _entry(visit))
    save_identifiers(visit.session, visit.actor, topic.id, visit.typed)
    return visit.to(f"desk/topics/{topic.id}", done="added")


@rooms.page("/desk/topics/{id}", "edit", "review", "publish")
def show_topic(visit: Visit) -> Response:
    topic = find_topic(visit.session, visit.path("id"))
    record = visit.session.get_one(Record, topic.id)
    form = visit.form or marked(_filled(visit.session, topic, record), record)
    given = elsewhere(visit.session, topic.id)
    return _sheet(visit, form, topic=topic, elsewhere=given, beside=beside(visit, topic.id))


@rooms.deed("/desk/topics/{id}", "edit", again=show_topic)
def save_topic(visit: Visit) -> Response:
    session = visit.session
    topic = find_topic(session, visit.path("id"))
    record = hold(session, topic.id)
    before = record.revision
    check_fresh(session, topic.id, visit.typed, lambda: _filled(session, topic, record))
    change_topic(session, visit.actor, topic, _entry(visit))
    save_identifiers(session, visit.actor, topic.id, visit.typed)
    return visit.to(f"desk/topics/{topic.id}", done="saved" if record.revision != before else "unchanged")


def _sheet(visit: Visit, form: Form, **context: Any) -> Response:
    shown: Mapping[str, Any] = {"topic": None, "elsewhere": [], "beside": None, **context}
    return visit.page("desk/topic.html", form=form, offered=newest(visit.session, "topic"), **shown)


def _filled(session: Session, topic: Topic, record: Record) -> Form:
    """The form as the topic fills it in."""
    plain = {
        "label": topic.label,
        "slug": topic.slug,
        "measure_kind": topic.measure_kind or "",
        "broader": chosen(session, [topic.broader_id])[topic.broader_id],
        "language": record.language,
    }
    return form_of({**plain, **identifiers_in(session, topic.id)})


def _entry(visit: Visit) -> TopicEntry:
    """A topic without an address of its own is named after its label."""
    form = visit.typed
    broader = picked(visit.session, form, "broader", "topic")
    given: dict[str, Any] = {"broader": broader.id or None}
    if not form.value("slug").strip() and form.value("label").strip():
        given["slug"] = slug_of(form.value("label"))
    return entry_of(TopicEntry, form, **given)
