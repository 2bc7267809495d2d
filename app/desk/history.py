"""Who did what, and when: of one record, and of the whole desk."""

import re
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from sqlalchemy import select
from starlette.responses import Response

from app.desk.lists import address_of, sees_private
from app.desk.rooms import SIGNED_IN, Rooms
from app.desk.visit import Visit
from app.web import links
from kb.desk import told
from kb.desk.labels import labels_of
from kb.desk.records import NoSuchRecord
from kb.desk.tables import History, Record
from kb.desk.told import Event
from kb.values.ids import is_id

rooms = Rooms()
LIMIT = 50
_NAME = re.compile(r" “.*”\Z", re.DOTALL)


@rooms.page("/desk/history", SIGNED_IN)
def everywhere(visit: Visit) -> Response:
    actors = visit.session.scalars(select(History.actor).distinct().order_by(History.actor)).all()
    # Whom nobody knows has done nothing, and is not asked for.
    who = visit.asked("who") if visit.asked("who") in actors else ""
    # What was done to drafts tells names of private persons; who only lets people in is told of accounts.
    record = None if sees_private(visit.actor) else ""
    events = told.everywhere(visit.session, limit=LIMIT + 1, before=_before(visit), actor=who or None, record=record)
    return _page(visit, events, {"who": who}, actors=actors, address="desk/history", record=None)


@rooms.page("/desk/records/{id}/history", "edit", "review", "publish")
def of_record(visit: Visit) -> Response:
    """Of a record that was taken off the desk as well: its history stays."""
    record_id = visit.path("id")
    events = (
        told.of_record(visit.session, record_id, limit=LIMIT + 1, before=_before(visit)) if is_id(record_id) else []
    )
    if not events and not _before(visit):
        raise NoSuchRecord("there is no record of this id, and never was.", where=record_id[:40])
    record = visit.session.get(Record, record_id)
    label = labels_of(visit.session, [record_id]).get(record_id) or (events[0].label if events else "")
    way = address_of(record.kind, record.id) if record else ""
    address = f"desk/records/{record_id}/history"
    return _page(visit, events, {}, actors=[], address=address, record=record_id, label=label, way=way)


def _page(visit: Visit, events: list[Event], kept: dict[str, str], **context: Any) -> Response:
    """`kept` is what was asked for, to be carried on to the next page."""
    some = events[:LIMIT]
    asked = [(name, value) for name, value in kept.items() if value]
    return visit.page(
        "desk/history.html",
        days=_by_day(some),
        unnamed=_unnamed,
        who=kept.get("who", ""),
        is_first=_before(visit) is None,
        first=links.query(asked),
        next=links.query([*asked, ("before", str(some[-1].id))]) if len(events) > LIMIT else "",
        **{"label": "", "way": "", **context},
    )


def _by_day(events: Iterable[Event]) -> list[tuple[str, list[Event]]]:
    return [(day, list(some)) for day, some in groupby(events, key=lambda one: one.at[:10])]


def _unnamed(event: Event) -> str:
    """What was done, without the record's name: on the desk's own history that stands beside it as a link."""
    return _NAME.sub("", event.what) if event.record else event.what


def _before(visit: Visit) -> int | None:
    text = visit.asked("before")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
