"""The history in words: who did what, and when; of a record, and of the whole desk."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk.labels import labels_of
from kb.desk.tables import Aspect, Evidence, Figure, History
from kb.desk.telling import LENGTH, Names, differences, plain, value
from kb.values.ids import is_id
from kb.values.prose import shown
from kb.values.vocabulary import CHANGE, RECORD_KIND

# Changes of one row that are told; the rest is counted.
MOST = 6
NOBODY = Names()

_DONE = {"add": "added", "change": "changed", "remove": "removed"}
# Verbs that say themselves what they are about.
_WHOLE = {
    "add_approval": "approved it",
    "check_quotes": "checked the quote of {part} against the text",
    "hand_back": "handed it back",
    "remove_approval": "took an approval back",
    "resolve_comment": "resolved {part}",
    "reopen_comment": "opened {part} again",
    "restore": "restored it",
    "set_no_reply_found": "said whether a reply was looked for",
    "submit": "handed it to a second reader",
    "withdraw": "withdrew it",
}
_WHOLE |= {
    "add_account": "made {part}",
    "change_password": "changed the password of {part}",
    "change_roles": "changed what {part} may do",
    "disable_account": "shut out {part}",
    "enable_account": "let {part} in again",
    "end_session": "ended a session of {part}",
    "invite": "made a link for {part}",
    "make_recovery_codes": "made recovery codes for {part}",
    "remove_second_factor": "took the second factor from {part}",
    "reset_password": "made a link for a new password of {part}",
    "set_password": "set the password of {part}",
    "set_second_factor": "set up a second factor for {part}",
}
_PARTS = {"concerned": "person concerned", "left": "left-out sentence", "mention": "name", "open": "open question"}
# Parts whose number is a key of the database and tells nobody anything.
_NUMBERLESS = {"external": "an id elsewhere", "identifier": "an identifier", "relation": "a relation"}
# Columns that hold keys of other parts' rows → the table, and what a row of it is called.
_ROWS: Mapping[str, tuple[type[Any], str]] = {
    "aspect_id": (Aspect, "“{row.label}”"),
    "evidence_id": (Evidence, "evidence {row.number}"),
    "explained_id": (Evidence, "evidence {row.number}"),
    "share_of_id": (Figure, "figure {row.number}"),
}


@dataclass(frozen=True)
class Event:
    """One row of the history. `record` is its record's id, `label` what that is called; `details` say what changed."""

    id: int
    at: str
    who: str
    record: str
    label: str
    part: str
    what: str
    details: tuple[str, ...]

    @property
    def in_words(self) -> str:
        """“R. Roe changed figure 2: period was empty, is 2019.”"""
        told = f": {'; '.join(self.details)}" if self.details else ""
        return f"{self.who} {self.what}{told}"


def told(row: History, names: Names = NOBODY) -> str:
    """One row in words. It raises nothing, whatever the row holds."""
    return _event(row, names).in_words


def of_record(session: Session, record: str, *, limit: int = 100, before: int | None = None) -> list[Event]:
    """What happened to a record, the newest first, in five statements; the next page lies before the last one's id."""
    return everywhere(session, limit=limit, before=before, record=record)


def everywhere(
    session: Session,
    *,
    limit: int = 100,
    before: int | None = None,
    actor: str | None = None,
    record: str | None = None,
) -> list[Event]:
    """What happened at the desk, the newest first, in five statements; `actor` and `record` narrow it."""
    wanted = select(History).order_by(History.id.desc()).limit(limit)
    for column, given in ((History.actor, actor), (History.record_id, record)):
        wanted = wanted if given is None else wanted.where(column == given)
    rows = session.scalars(wanted if before is None else wanted.where(History.id < before)).all()
    names = names_in(session, rows)
    return [_event(row, names) for row in rows]


def names_in(session: Session, rows: Sequence[History]) -> Names:
    """What the ids in these rows are called; what is gone is called as the row itself has it."""
    records, parts = {row.record_id for row in rows}, dict[str, set[int]]()
    for column, found in (pair for row in rows for state in (row.before, row.after) for pair in _leaves(state)):
        if isinstance(found, str) and is_id(found):
            records.add(found)
        elif column in _ROWS and type(found) is int and abs(found) < 2**31:
            parts.setdefault(column, set()).add(found)
    known = {record: label for row in reversed(rows) if (label := _own_label(row)) for record in [row.record_id]}
    return Names(known | labels_of(session, records), _parts(session, parts))


def _parts(session: Session, wanted: Mapping[str, set[int]]) -> dict[tuple[str, int], str]:
    made: dict[tuple[str, int], str] = {}
    for table in {table for table, _ in _ROWS.values()}:
        columns = [column for column in wanted if _ROWS[column][0] is table]
        keys = sorted({key for column in columns for key in wanted[column]})
        for row in session.scalars(select(table).where(table.id.in_(keys))) if keys else ():
            made |= {(column, row.id): _ROWS[column][1].format(row=row) for column in columns}
    return made


def _leaves(state: Any, column: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(state, Mapping):
        for key, inner in state.items():
            yield from _leaves(inner, key)
    elif isinstance(state, list):
        for inner in state:
            yield from _leaves(inner, column)
    else:
        yield column, state


def _event(row: History, names: Names) -> Event:
    what, details = _what(row, names)
    label = names.records.get(row.record_id) or _own_label(row)
    cut = [*details[:MOST], f"and {len(details) - MOST} more"] if len(details) > MOST + 1 else details
    who = shown(row.actor, LENGTH)
    return Event(row.id, row.happened_at, who, row.record_id, label, row.part, what, tuple(cut))


def _what(row: History, names: Names) -> tuple[str, list[str]]:
    """What was done, and what changed by it."""
    after = _first(row.after)
    if row.verb == "publish":
        kind = str(after.get("kind"))
        named = f" ({CHANGE.label(kind).lower()})" if kind in CHANGE else ""
        return f"published version {value('', after.get('version'), names)}{named}", []
    if row.verb in ("submit", "hand_back", "add_approval", "remove_approval"):
        note = after.get("note") or after.get("comment")
        return _WHOLE[row.verb], [value("", note, names)] if note else []
    if row.verb in ("add_comment", "resolve_comment", "reopen_comment"):
        verb = _WHOLE.get(row.verb, "commented on {field}")
        field = plain(str(after.get("field", "it"))).replace("/", ", ").replace("record", "it as a whole")
        return verb.format(part=_part(row), field=field), [value("", after.get("body"), names)]
    if row.verb in _WHOLE:
        found = [] if row.verb in ("withdraw", "restore") else differences(row.before, row.after, names)
        return _WHOLE[row.verb].format(part=_part(row)), found
    return _plainly(row, names), differences(row.before, row.after, names)


def _plainly(row: History, names: Names) -> str:
    """“changed figure 2”, “added the claim “…””."""
    verb, _, thing = row.verb.partition("_")
    if verb not in _DONE:
        return plain(row.verb)
    if row.part or thing in _NUMBERLESS:
        return f"{_DONE[verb]} {_NUMBERLESS.get(thing) or _part(row)}"
    label = names.records.get(row.record_id) or _own_label(row)
    named = f" “{shown(' '.join(label.split()), LENGTH)}”" if label and verb != "change" else ""
    kind = f"the {plain(thing)}" if thing in RECORD_KIND else plain(thing)
    return f"{_DONE[verb]} {kind}{named}"


def _part(row: History) -> str:
    stem, _, number = row.part.partition("-")
    if stem in _NUMBERLESS:
        return _NUMBERLESS[stem]
    if stem == "account":
        return f"the account {shown(number, LENGTH)}"
    return f"{_PARTS.get(stem, plain(stem))} {plain(number.removeprefix('out-'))}".strip() or "it"


def _first(state: Any) -> Mapping[str, Any]:
    """The one row of a state."""
    rows: Iterable[Any] = state.values() if isinstance(state, Mapping) else ()
    return next((row for row in rows if isinstance(row, Mapping)), {})


def _own_label(row: History) -> str:
    """What a record is called in a row of its own, for when it is gone."""
    if row.part:
        return ""
    for found in (_label_in(state) for state in (row.after, row.before)):
        if found:
            return found
    return ""


def _label_in(state: Any) -> str:
    rows = state.values() if isinstance(state, Mapping) else ()
    for one in (inner for outer in rows for inner in (outer if isinstance(outer, list) else [outer])):
        if isinstance(one, Mapping):
            names = (one[key] for key in ("title", "name", "label", "text") if key in one)
            if found := next((name for name in names if isinstance(name, str) and name), ""):
                return found
    return ""
