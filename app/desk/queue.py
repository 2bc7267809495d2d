"""The queue, first page of the desk: what is not simply published, each with the one thing it waits for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from starlette.responses import Response

from app.desk.forms.form import Form, form_of
from app.desk.lists import address_of
from app.desk.rooms import SIGNED_IN, Rooms
from app.desk.visit import Visit
from app.web import links
from kb.desk.chance import now
from kb.desk.entry import BadEntry
from kb.desk.tables import History, Topic
from kb.publish.queue import MINE, MOST_WORDS, Asked, Queue, Row, queue
from kb.publish.states import APPROVED, CHANGED, DRAFT, RETURNED, STATES, TO_REVIEW, WITHDRAWN
from kb.publish.survey import KINDS
from kb.values.vocabulary import RECORD_KIND

rooms = Rooms()
TABS = {
    "": "All",
    MINE: "My drafts",
    TO_REVIEW: "To review",
    RETURNED: "Returned",
    APPROVED: "Approved",
    CHANGED: "Published, changed since",
    DRAFT: "Drafts",
    WITHDRAWN: "Withdrawn",
}
# What narrows the queue; its state is in the tabs.
FILTERS = ("kind", "topic", "who", "age", "words")
AGES = {"1": "a day and more", "7": "a week and more", "30": "a month and more", "90": "three months and more"}


@dataclass(frozen=True)
class Tab:
    """A state with the address at which it is listed, the filters kept."""

    name: str
    count: int
    way: str
    is_here: bool


@dataclass(frozen=True)
class Item:
    """A row with what is to be done with it next, and how long it has been as it is."""

    row: Row
    way: str
    next: str
    next_way: str
    age: str


@rooms.page("/desk", SIGNED_IN)
def show_queue(visit: Visit) -> Response:
    form = form_of({name: visit.asked(name).strip() for name in ("state", "after", *FILTERS)})
    base = visit.desk.site.base
    try:
        found = queue(visit.session, base, visit.actor, _asked(form))
    except BadEntry as bad:
        # An address that was written by hand: what is wrong is said, and all is shown.
        form = form_of({}).with_problem(bad)
        found = queue(visit.session, base, visit.actor, Asked())
    moment = now(visit.session)
    topics = select(Topic.id, Topic.label).order_by(Topic.label)
    actors = select(History.actor).distinct().order_by(History.actor)
    narrowed = _kept(form)
    return visit.page(
        "desk/queue.html",
        form=form,
        items=[_item(visit, row, moment) for row in found.rows],
        tabs=_tabs(form, found),
        is_narrowed=bool(narrowed),
        is_empty=not sum(found.counts.values()) and not narrowed,
        states=STATES,
        kinds=[(kind, RECORD_KIND.label(kind)) for kind in sorted(KINDS)],
        topics=[(row.id, row.label) for row in visit.session.execute(topics)],
        actors=[(name, name) for name in visit.session.scalars(actors)],
        ages=AGES.items(),
        next=_address(form, form.value("state"), found.after) if found.after else "",
    )


def _asked(form: Form) -> Asked:
    """Raises BadEntry."""
    values: dict[str, Any] = {name: form.value(name) for name in ("state", "after", *FILTERS) if form.value(name)}
    if "words" in values:
        values["words"] = values["words"][:MOST_WORDS]
    if (age := values.pop("age", "")) in AGES:
        values["age"] = int(age)
    return Asked(**values)


def _kept(form: Form) -> list[tuple[str, str]]:
    return [(name, form.value(name)) for name in FILTERS if form.value(name)]


def _address(form: Form, state: str, after: str | None = None) -> str:
    """`?state=draft&kind=claim`, relative to the desk."""
    return links.query([(name, value) for name, value in (("state", state), *_kept(form), ("after", after)) if value])


def _tabs(form: Form, found: Queue) -> list[Tab]:
    """Empty ones are left out, but for all and for the one that is open."""
    counts: Mapping[str, int] = found.counts
    whole = sum(count for state, count in counts.items() if state != MINE)
    made = []
    for state, name in TABS.items():
        count, is_here = counts.get(state, 0) if state else whole, form.value("state") == state
        if count or is_here or not state:
            made.append(Tab(name, count, _address(form, state), is_here))
    return made


def _item(visit: Visit, row: Row, moment: str) -> Item:
    """What is next is said to whoever may do it; everybody else opens the record."""
    way = address_of(row.kind, row.id)
    if row.state == TO_REVIEW and visit.may("review") and not row.own_work:
        return Item(row, way, "Review", f"desk/records/{row.id}/review", _age(row.since, moment))
    if row.state == APPROVED and visit.may("publish"):
        return Item(row, way, "Publish", f"desk/records/{row.id}/publish", _age(row.since, moment))
    return Item(row, way, "Open", way, _age(row.since, moment))


def _age(since: str, moment: str) -> str:
    """Whole days; what the clock cannot tell is left out."""
    if not since:
        return ""
    days = (datetime.fromisoformat(moment).date() - datetime.fromisoformat(since).date()).days
    return "today" if days < 1 else "1 day" if days == 1 else f"{days} days"
