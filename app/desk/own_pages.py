"""The desk's own pages, such as the method: name, address and text."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from app.desk.beside import beside
from app.desk.forms.form import Form, form_of
from app.desk.forms.fresh import check_fresh, marked
from app.desk.forms.reading import entry_of
from app.desk.rooms import Rooms
from app.desk.visit import Visit
from kb.desk.pages import PageEntry, add_page, change_page, find_page
from kb.desk.records import hold
from kb.desk.tables import Page, Record
from kb.desk.topics import slug_of

rooms = Rooms()


@rooms.page("/desk/pages/new", "edit")
def new_page(visit: Visit) -> Response:
    return _sheet(visit, visit.form or form_of({"name": visit.asked("name"), "language": "en"}))


@rooms.deed("/desk/pages/new", "edit", again=new_page)
def make_page(visit: Visit) -> Response:
    page = add_page(visit.session, visit.actor, _entry(visit))
    return visit.to(f"desk/pages/{page.id}", done="added")


@rooms.page("/desk/pages/{id}", "edit", "review", "publish")
def show_page(visit: Visit) -> Response:
    page = find_page(visit.session, visit.path("id"))
    record = visit.session.get_one(Record, page.id)
    form = visit.form or marked(_filled(page, record), record)
    return _sheet(visit, form, page=page, beside=beside(visit, page.id))


@rooms.deed("/desk/pages/{id}", "edit", again=show_page)
def save_page(visit: Visit) -> Response:
    session = visit.session
    page = find_page(session, visit.path("id"))
    record = hold(session, page.id)
    before = record.revision
    check_fresh(session, page.id, visit.typed, lambda: _filled(page, record))
    change_page(session, visit.actor, page, _entry(visit))
    return visit.to(f"desk/pages/{page.id}", done="saved" if record.revision != before else "unchanged")


def _sheet(visit: Visit, form: Form, **context: Any) -> Response:
    shown: Mapping[str, Any] = {"page": None, "beside": None, **context}
    return visit.page("desk/own_page.html", form=form, **shown)


def _filled(page: Page, record: Record) -> Form:
    """The form as the page fills it in."""
    return form_of({"name": page.name, "slug": page.slug, "body": page.body, "language": record.language})


def _entry(visit: Visit) -> PageEntry:
    """A page without an address of its own is named after its title."""
    form = visit.typed
    given: dict[str, Any] = {}
    if not form.value("slug").strip() and form.value("name").strip():
        given["slug"] = slug_of(form.value("name"))
    return entry_of(PageEntry, form, **given)
