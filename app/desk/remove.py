"""Taking a draft off the desk: a page that says what goes, and the deed."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session
from starlette.responses import Response

from app.desk.lists import TITLES, address_of
from app.desk.rooms import Rooms
from app.desk.visit import Visit
from kb.desk import history
from kb.desk.actors import Actor
from kb.desk.agents import remove_agent
from kb.desk.claims import remove_claim
from kb.desk.labels import labels_of
from kb.desk.origins import remove_origin
from kb.desk.pages import remove_page
from kb.desk.records import NoSuchRecord, find
from kb.desk.sources import remove_source
from kb.desk.tables import Agent, Claim, Origin, Page, Record, Source, Topic
from kb.desk.topics import remove_topic

rooms = Rooms()
REMOVE: Mapping[str, tuple[type[Any], Callable[[Session, Actor, Any], None]]] = {
    "agent": (Agent, remove_agent),
    "claim": (Claim, remove_claim),
    "origin": (Origin, remove_origin),
    "page": (Page, remove_page),
    "source": (Source, remove_source),
    "topic": (Topic, remove_topic),
}


@rooms.page("/desk/records/{id}/remove", "edit")
def ask(visit: Visit) -> Response:
    record = _record(visit)
    return visit.page(
        "desk/remove.html",
        record=record,
        label=labels_of(visit.session, [record.id]).get(record.id, ""),
        way=address_of(record.kind, record.id),
        kinds=TITLES[record.kind],
        was_published=history.was_published(visit.session, record.id),
    )


@rooms.deed("/desk/records/{id}/remove", "edit", again=ask)
def remove(visit: Visit) -> Response:
    """Raises Published, or StillNeeded where something refers to it."""
    record = _record(visit)
    kind = record.kind
    table, verb = REMOVE[kind]
    verb(visit.session, visit.actor, find(visit.session, table, record.id))
    return visit.to(f"desk/{kind}s", done="removed")


def _record(visit: Visit) -> Record:
    """The foundation is no draft, and was never made at the desk."""
    record = find(visit.session, Record, visit.path("id"))
    if record.kind not in REMOVE:
        raise NoSuchRecord("there is no draft of this id.", where=record.id)
    return record
