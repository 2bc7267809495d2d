"""Lists of what the desk holds, kind by kind: found by words, the newest first, drafts too."""

from starlette.responses import Response

from app.desk.rooms import SIGNED_IN, Rooms
from app.desk.visit import Visit
from app.web import links
from kb.desk.actors import Actor
from kb.desk.tables import Record
from kb.publish.drafts import Wanted, drafts
from kb.publish.states import STATES
from kb.values.ids import is_id

rooms = Rooms()
# More of what is asked for is not looked at.
LONGEST = 300
TITLES = {
    "agent": "Agents",
    "claim": "Claims",
    "origin": "Origins",
    "page": "Pages",
    "source": "Sources",
    "topic": "Topics",
}


def sees_private(actor: Actor) -> bool:
    """Private persons are for those who write or read drafts; who only lets people in need not see them."""
    return any(map(actor.may, ("edit", "review", "publish")))


def address_of(kind: str, record_id: str) -> str:
    """`desk/claims/37d2qfnqr`: where a record is edited."""
    return f"desk/{kind}s/{record_id}"


@rooms.page("/desk/agents", SIGNED_IN)
def list_agents(visit: Visit) -> Response:
    return _list(visit, "agent")


@rooms.page("/desk/claims", SIGNED_IN)
def list_claims(visit: Visit) -> Response:
    return _list(visit, "claim")


@rooms.page("/desk/origins", SIGNED_IN)
def list_origins(visit: Visit) -> Response:
    return _list(visit, "origin")


@rooms.page("/desk/pages", SIGNED_IN)
def list_pages(visit: Visit) -> Response:
    return _list(visit, "page")


@rooms.page("/desk/sources", SIGNED_IN)
def list_sources(visit: Visit) -> Response:
    return _list(visit, "source")


@rooms.page("/desk/topics", SIGNED_IN)
def list_topics(visit: Visit) -> Response:
    return _list(visit, "topic")


@rooms.page("/desk/records/{id}", SIGNED_IN)
def to_record(visit: Visit) -> Response:
    """The record by its id alone, whatever its kind; of one that is gone, what happened to it."""
    record_id = visit.path("id")
    record = visit.session.get(Record, record_id) if is_id(record_id) else None
    if record is None or record.kind not in TITLES:
        return visit.to(f"desk/records/{record_id}/history") if is_id(record_id) else visit.to("desk")
    return visit.to(address_of(record.kind, record.id))


def _list(visit: Visit, kind: str) -> Response:
    words, after = visit.asked("q")[:LONGEST].strip(), visit.asked("after")
    wanted = Wanted(kind, words, after if is_id(after) else None, with_private=sees_private(visit.actor))
    piece = drafts(visit.session, visit.desk.site.base, wanted)
    asked = [("q", words)] if words else []
    return visit.page(
        "desk/list.html",
        kind=kind,
        states=STATES,
        title=TITLES[kind],
        words=words,
        lines=piece.lines,
        is_first=wanted.after is None,
        first=links.query(asked),
        next=links.query([*asked, ("after", piece.next)]) if piece.next else "",
    )
