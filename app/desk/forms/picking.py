"""Picking a record by typing: its name, or name and id where several are called so; a new one where there is none."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.desk.forms.form import Form
from app.web.fields import written
from kb.desk import lookup
from kb.desk.entry import BadEntry, Fault
from kb.desk.labels import labels_of
from kb.desk.lookup import Candidate, by_name, candidates
from kb.desk.records import NoSuchRecord, find
from kb.desk.tables import Record
from kb.values.ids import is_id
from kb.values.prose import shown

# `Nepal Survey Department [37d2qfnqr]`: how a page writes a choice that can be meant in one way only.
_WITH_ID = re.compile(r".*\[([0-9a-z]{9})\]\s*", re.DOTALL)
Make = Callable[[str], str]
OFFERED = 200


@dataclass(frozen=True)
class Picked:
    """What a field means: the id of a record, or "" where it is empty."""

    id: str
    is_new: bool = False


def chosen(session: Session, ids: Iterable[str | None]) -> dict[str | None, str]:
    """How records stand in the fields of a form that a record fills in; nothing for none."""
    labels = labels_of(session, [one for one in ids if one])
    return {None: "", **{record: f"{label} [{record}]" for record, label in labels.items()}}


def otherwise_called(name: str, record_id: str | None, field: str) -> str:
    """The name, for a field beside that of the record; nothing where it is the record's own, and would outlive it."""
    return "" if record_id and field == f"{name} [{record_id}]" else name


def newest(session: Session, *kinds: str) -> dict[str, Sequence[Candidate]]:
    """What is offered before a word is typed, for each kind of record that a page lets one pick."""
    return {kind: lookup.newest(session, kind, OFFERED) for kind in kinds}


def picked(session: Session, form: Form, name: str, kind: str, make: Make | None = None) -> Picked:
    """The record that the field names; `make` makes one of a name that is new.

    Raises BadEntry at the field: with those that could be meant where there are several, or none and none is made.
    """
    text = form.value(name).strip()
    if not text:
        return Picked("")
    match = _WITH_ID.fullmatch(text)
    given = match[1] if match else text
    if is_id(given):
        return Picked(_there(session, given, kind, name))
    exact = by_name(session, kind, text)
    if len(exact) == 1:
        return Picked(exact[0].id)
    if exact:
        raise _unclear(name, f"several are called “{shown(text)}”.", exact)
    if make is None:
        near = candidates(session, kind, text, 5)
        raise _unclear(name, f"there is no {kind} “{shown(text)}”.", near)
    return Picked(make(text), is_new=True)


def _there(session: Session, record_id: str, kind: str, name: str) -> str:
    try:
        record = find(session, Record, record_id)
    except NoSuchRecord:
        record = None
    if record is None or record.kind != kind:
        raise BadEntry((Fault(name, f"there is no {kind} of the id {record_id}.", "Choose one by its name."),))
    return record_id


def _unclear(name: str, what: str, near: Sequence[Candidate]) -> BadEntry:
    choices = "; ".join(f"{written(one)}, {one.detail}" if one.detail else written(one) for one in near)
    remedy = f"Write which one is meant: {choices}." if choices else "Add it first, or write another name."
    return BadEntry((Fault(name, what, remedy),))
