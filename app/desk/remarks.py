"""Comments on a draft: bound to a field, open or resolved, never gone."""

from starlette.responses import Response

from app.desk.forms.reading import entry_of
from app.desk.review import show_review
from app.desk.rooms import Rooms
from app.desk.visit import Visit
from kb.desk.comments import CommentEntry, find_comment, reopen_comment, resolve_comment
from kb.publish.remarks import remark

rooms = Rooms()


@rooms.deed("/desk/records/{id}/comments", "edit", "review", again=show_review)
def add(visit: Visit) -> Response:
    record = visit.path("id")
    entry = entry_of(CommentEntry, visit.typed)
    remark(visit.session, visit.actor, visit.desk.site.base, record, entry)
    return visit.to(f"desk/records/{record}/review#comments", done="commented")


@rooms.deed("/desk/records/{id}/comments/{number}/resolve", "edit", "review")
def resolve(visit: Visit) -> Response:
    record = visit.path("id")
    resolve_comment(visit.session, visit.actor, find_comment(visit.session, record, visit.number("number")))
    return visit.to(f"desk/records/{record}/review#comments", done="resolved")


@rooms.deed("/desk/records/{id}/comments/{number}/reopen", "edit", "review")
def reopen(visit: Visit) -> Response:
    record = visit.path("id")
    reopen_comment(visit.session, visit.actor, find_comment(visit.session, record, visit.number("number")))
    return visit.to(f"desk/records/{record}/review#comments", done="reopened")
