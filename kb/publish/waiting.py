"""The one thing that each draft waits for."""

from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass

from sqlalchemy.orm import Session

from kb.desk.handover import standing_of
from kb.desk.labels import labels_of
from kb.publish.changes import PublishEntry
from kb.publish.ground import Ground
from kb.publish.plan import look_at_all
from kb.publish.states import APPROVED, PUBLISHED, RETURNED, WITHDRAWN
from kb.publish.survey import Look, look
from kb.values.prose import shown

SECOND_READER, PUBLICATION = "a second reader", "publication"
_SETTLED = {PUBLISHED: "nothing: readers have it as it stands", WITHDRAWN: "nothing: it is withdrawn"}
# How much of what a reader asks for is told.
LENGTH = 120


@dataclass(frozen=True)
class Wait:
    """`what` in one sentence; `where` is the path of the field, '' where it is none."""

    what: str
    where: str = ""


def waits(session: Session, ground: Ground, states: Mapping[str, str]) -> dict[str, Wait]:
    """By record, from their states. Approved ones are looked at with all that they would drag along."""
    found = {record: Wait(_SETTLED[state]) for record, state in states.items() if state in _SETTLED}
    for record, handover in standing_of(session, _in(states, RETURNED)).items():
        note = shown(" ".join((handover.note or "").split()), LENGTH)
        found[record] = Wait(f"what {shown(handover.actor)} asks for: “{note}”")
    ready = _in(states, APPROVED)
    entry, rest = PublishEntry(), [record for record in states if record not in found and record not in ready]
    found |= {one.record: _own(one) or Wait(PUBLICATION) for one in look(session, ground, rest, entry, frozenset())}
    looks = look_at_all(lambda: nullcontext(session), ground, ready, entry) if ready else {}
    labels = labels_of(session, looks.keys() - set(ready))
    return found | {record: _with_needs(record, looks, labels) for record in ready}


def _in(states: Mapping[str, str], state: str) -> list[str]:
    return [record for record, one in states.items() if one == state]


def _own(look: Look) -> Wait | None:
    """The first finding that shuts the gate; that nobody else has read it comes last, when all else is done."""
    shutting = sorted((one for one in look.findings if one.shuts), key=lambda one: one.where == "review")
    if not shutting:
        return None
    first = shutting[0]
    return Wait(SECOND_READER if first.where == "review" else first.what, first.where)


def _with_needs(record: str, looks: Mapping[str, Look], labels: Mapping[str, str]) -> Wait:
    for one in _reached(record, looks):
        if (wait := _own(one)) is not None:
            if one.record == record:
                return wait
            label = shown(labels.get(one.record, one.address), LENGTH)
            return Wait(f"“{label}”, which is published with it: {wait.what}", one.address)
    return Wait(PUBLICATION)


def _reached(record: str, looks: Mapping[str, Look]) -> Iterator[Look]:
    """A record, and behind it what it drags along."""
    todo: list[str] = [record]
    known: set[str] = set()
    while todo:
        one = todo.pop(0)
        if one in looks and one not in known and (one == record or looks[one].is_new):
            known.add(one)
            yield looks[one]
            todo += sorted(looks[one].needs)
