"""The queue: everything on the desk that is not simply published, each with the one thing it waits for."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated

from pydantic import Field
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.desk.actors import Actor
from kb.desk.chance import now
from kb.desk.entry import Entry
from kb.desk.forms import Printed, RecordId, checked
from kb.desk.history import CHUNK, READING
from kb.desk.labels import labels_of
from kb.desk.tables import History
from kb.errors import Refused
from kb.log.tables import EditionRow
from kb.publish.draft_words import having
from kb.publish.ground import Ground, read_ground
from kb.publish.marks import Marks, marks_of_all
from kb.publish.states import DRAFT, PUBLISHED, STATES, Standing, standings
from kb.publish.survey import KINDS
from kb.publish.waiting import waits
from kb.values.prose import shown

# The tab of drafts that the actor has worked on.
MINE = "mine"
LIMIT = 50
MOST_WORDS = 200


def _known(words: Iterable[str], what: str) -> object:
    listed = tuple(words)

    def check(text: str) -> str:
        if text not in listed:
            raise Refused(f"“{shown(text)}” is no {what}.", remedy=f"Choose from: {', '.join(listed)}.")
        return text

    return checked(check)


def _key(text: str) -> str:
    number, _, record = text.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 19 and len(record) < 10):
        raise Refused(f"“{shown(text)}” is no place in the queue.", remedy="Begin at its first page.")
    return text


class Asked(Entry):
    """What to list. `state` is a state or `mine`, `topic` the id of a topic, `who` whoever changed it last.

    `age` are days for which it has been in its state at least, `after` the key of the last row of the page before.
    What is published and unchanged is listed only where that state is asked for.
    """

    kind: Annotated[str, _known(KINDS, "kind of record")] | None = None
    topic: RecordId | None = None
    who: Printed | None = None
    state: Annotated[str, _known([MINE, *STATES], "state")] | None = None
    words: Annotated[str, Field(max_length=MOST_WORDS)] | None = None
    age: Annotated[int, Field(ge=0, le=36_500)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = LIMIT
    after: Annotated[str, checked(_key)] | None = None


@dataclass(frozen=True)
class Row:
    """`since` is when it came into its state, `by` who changed it last; `where` is the field that it waits for.

    `version` is None where nothing of it is published, `own_work` is True where the actor has worked on it.
    """

    id: str
    kind: str
    label: str
    version: int | None
    state: str
    waits_for: str
    where: str
    since: str
    by: str
    own_work: bool


@dataclass(frozen=True)
class Queue:
    """One page; `after` is the key of the next one, None on the last. `counts` are by state, and `mine`."""

    rows: tuple[Row, ...]
    counts: Mapping[str, int]
    after: str | None


@dataclass(frozen=True)
class _Item:
    marks: Marks
    standing: Standing
    by: str
    since: str

    @property
    def key(self) -> tuple[int, str]:
        return self.marks.content, self.marks.record


def queue(session: Session, base: str, actor: Actor, asked: Asked | None = None) -> Queue:
    """What was changed last comes first; counts heed every filter but the state.

    The number of statements depends on neither the records nor the rows of a page. Of all records it reads a few
    numbers each; it compiles those that `states.standings` names, and the rows of the page with the gate.
    """
    wanted, ground = asked or Asked(), read_ground(session, base)
    marks = marks_of_all(session, wanted.kind, wanted.topic)
    found = standings(session, ground, marks)
    apart = set() if wanted.state == PUBLISHED else {PUBLISHED}
    items = _items(session, [one for one in marks if found[one.record].state not in apart], found)
    items, own = _filtered(session, items, wanted), _worked_on(session, actor)
    counts = Counter(one.standing.state for one in items)
    counts[MINE] = sum(_is_mine(one, own) for one in items)
    listed = sorted((one for one in items if _is_asked(one, wanted, own)), key=lambda one: one.key, reverse=True)
    page = listed[: wanted.limit]
    after = _written(page[-1].key) if len(listed) > len(page) else None
    return Queue(_rows(session, ground, page, own), dict(counts), after)


def _rows(session: Session, ground: Ground, page: list[_Item], own: set[str]) -> tuple[Row, ...]:
    waiting = waits(session, ground, {one.marks.record: one.standing.state for one in page})
    labels, versions = labels_of(session, waiting), _versions(session, list(waiting))
    return tuple(
        Row(
            id=(record := one.marks.record),
            kind=one.marks.kind,
            label=labels.get(record, ""),
            version=versions.get(record),
            state=one.standing.state,
            waits_for=waiting[record].what,
            where=waiting[record].where,
            since=one.since,
            by=one.by,
            own_work=record in own,
        )
        for one in page
    )


def _items(session: Session, marks: list[Marks], found: Mapping[str, Standing]) -> list[_Item]:
    """With who changed each last, and since when it is in its state."""
    numbers = sorted({number for one in marks for number in (one.content, found[one.record].since)})
    who: dict[int, str] = {}
    when: dict[int, str] = {}
    for at in range(0, len(numbers), CHUNK):
        some = History.id.in_(numbers[at : at + CHUNK])
        for row in session.execute(select(History.id, History.actor, History.happened_at).where(some)):
            who[row.id], when[row.id] = row.actor, row.happened_at
    standing = [found[one.record] for one in marks]
    return [
        _Item(one, there, who.get(one.content, ""), when.get(there.since, ""))
        for one, there in zip(marks, standing, strict=True)
    ]


def _filtered(session: Session, items: list[_Item], asked: Asked) -> list[_Item]:
    if asked.who is not None:
        items = [one for one in items if one.by == asked.who]
    if asked.age is not None:
        day = datetime.fromisoformat(now(session)).astimezone(UTC) - timedelta(days=asked.age)
        items = [one for one in items if one.since <= day.strftime("%Y-%m-%dT%H:%M:%SZ")]
    if asked.words is not None:
        kept = having(session, [one.marks.record for one in items], asked.words)
        items = [one for one in items if one.marks.record in kept]
    return items


def _is_asked(item: _Item, asked: Asked, own: set[str]) -> bool:
    in_state = asked.state in {None, item.standing.state} or (asked.state == MINE and _is_mine(item, own))
    return in_state and (asked.after is None or item.key < _place(asked.after))


def _is_mine(item: _Item, own: set[str]) -> bool:
    return item.standing.state == DRAFT and item.marks.record in own


def _worked_on(session: Session, actor: Actor) -> set[str]:
    rows = select(History.record_id).where(History.actor == actor.name, History.verb.not_in(READING)).distinct()
    return set(session.scalars(rows))


def _versions(session: Session, records: list[str]) -> dict[str, int]:
    rows = select(EditionRow.record, func.max(EditionRow.version)).where(EditionRow.record.in_(records))
    return {row[0]: row[1] for row in session.execute(rows.group_by(EditionRow.record))}


def _written(key: tuple[int, str]) -> str:
    return f"{key[0]}-{key[1]}"


def _place(text: str) -> tuple[int, str]:
    number, _, record = text.partition("-")
    return int(number), record
