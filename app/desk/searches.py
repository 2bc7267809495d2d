"""Searches at the desk: what was looked for and where; to have found nothing is worth a record, too."""

from dataclasses import replace

from starlette.responses import Response

from app.desk.forms.form import DO, Form
from app.desk.forms.fresh import check_fresh, marked
from app.desk.forms.picking import newest
from app.desk.reader import kept, open_reading, turned
from app.desk.rooms import Rooms
from app.desk.visit import Visit
from app.desk.weighing.around import Around, around
from app.desk.weighing.dropping import DROP, check_sure
from app.desk.weighing.picks import named
from app.desk.weighing.search_form import SOURCE, filled, opened, passage_of, read_form
from kb.desk.records import hold
from kb.desk.searches import add_search, change_search, find_search, remove_search
from kb.desk.tables import Record, Search
from kb.errors import Refused

rooms = Rooms()
# The button that opens the source in which something was found, beside the form.
OPEN = "open"


@rooms.page("/desk/claims/{id}/searches/new", "edit")
def new_search(visit: Visit) -> Response:
    known = around(visit.session, visit.path("id"))
    return _sheet(visit, known, visit.form or opened(visit, known))


@rooms.deed("/desk/claims/{id}/searches/new", "edit", again=new_search)
def record_search(visit: Visit) -> Response:
    if (form := _turned(visit)) is not None:
        return new_search(replace(visit, form=form))
    known = around(visit.session, visit.path("id"))
    sought = read_form(visit)
    search = add_search(visit.session, visit.actor, known.claim, sought.entry, sought.texts)
    return visit.to(f"desk/claims/{known.claim.id}#search-{search.number}", done="added")


@rooms.page("/desk/claims/{id}/searches/{n}", "edit")
def show_search(visit: Visit) -> Response:
    known = around(visit.session, visit.path("id"))
    search = find_search(visit.session, known.claim.id, visit.number("n"))
    form = visit.form or marked(filled(visit, known, search), visit.session.get_one(Record, known.claim.id))
    return _sheet(visit, known, form, search)


@rooms.deed("/desk/claims/{id}/searches/{n}", "edit", again=show_search)
def save_search(visit: Visit) -> Response:
    session = visit.session
    if (form := _turned(visit)) is not None:
        return show_search(replace(visit, form=form))
    known = around(session, visit.path("id"))
    search = find_search(session, known.claim.id, visit.number("n"))
    record = hold(session, known.claim.id)
    before = record.revision
    check_fresh(session, record.id, visit.typed, lambda: filled(visit, known, search))
    if visit.typed.value(DO) == DROP:
        check_sure(visit.typed)
        remove_search(session, visit.actor, search)
        return visit.to(f"desk/claims/{known.claim.id}", done="removed")
    sought = read_form(visit, passage_of(session, search))
    change_search(session, visit.actor, search, sought.entry, sought.texts)
    done = "saved" if record.revision != before else "unchanged"
    return visit.to(f"desk/claims/{known.claim.id}/searches/{search.number}", done=done)


def _sheet(visit: Visit, known: Around, form: Form, search: Search | None = None) -> Response:
    source = _source(visit, form)
    return visit.page(
        "desk/search.html",
        form=form,
        known=known,
        search=search,
        reading=open_reading(visit, source, keep=kept(form, {})) if source else None,
        offered=newest(visit.session, "source", "origin"),
    )


def _source(visit: Visit, form: Form) -> str | None:
    """The source whose text stands beside the form; what is wrong with its name is said when it is saved."""
    try:
        return named(replace(visit, form=form), SOURCE, "source")
    except Refused:
        return None


def _turned(visit: Visit) -> Form | None:
    """The form with the reader turned, or opened at what was named. Raises BadEntry where no source has that name."""
    again = turned(visit.typed)
    if again is None and visit.typed.value(DO) == OPEN:
        named(visit, SOURCE, "source")
        return visit.typed.with_values({"pane": "text"})
    return again
