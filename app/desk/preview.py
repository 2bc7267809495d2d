"""A draft on the page that readers would get, by the readers' own template."""

from starlette.responses import Response

from app.desk.rooms import Rooms
from app.desk.visit import Visit
from app.web.door import door_of
from app.web.headers import NEVER
from app.web.standing import Shown, of_latest
from app.web.templates import render
from kb.errors import Missing, Refused
from kb.publish.changes import PUBLISHED, PublishEntry
from kb.publish.rehearsal import rehearse

rooms = Rooms()
LONGEST = 2_000


@rooms.page("/desk/records/{id}/preview", "edit", "review", "publish")
def show_preview(visit: Visit) -> Response:
    """`?kind=`, `note=` and `unreviewed=` are what the page of publishing would send."""
    record = visit.path("id")
    try:
        edition = rehearse(visit.session, visit.desk.site.base, record, asked(visit)).edition
    except (Refused, Missing) as problem:
        if isinstance(problem, Missing) and problem.where == record:
            raise
        return visit.page("desk/no_preview.html", record=record)
    word = visit.desk.pages[edition.record_kind]
    shown = Shown(edition, of_latest(edition), pinned=False)
    with door_of(visit.request).open() as readers:
        view = word.view(readers, edition, word.beside(readers, edition))
    body = render(visit.request, word.template, shown=shown, edition=edition, preview_of=record, **view)
    return Response(body, 200, {"Cache-Control": NEVER}, "text/html")


def asked(visit: Visit) -> PublishEntry:
    """The entry of the query; what would be refused is left out, since a preview only shows."""
    kind, note = visit.asked("kind"), visit.asked("note").strip()[:LONGEST]
    given = {
        "kind": kind if kind in PUBLISHED and note else None,
        "note": note or None,
        "unreviewed": visit.asked("unreviewed").strip()[:LONGEST] or None,
    }
    return PublishEntry(**given)
