"""Two editors at once: a form carries what it was opened at, and a save that would undo another's is a clash.

The mark of a form is the record's revision and a digest of what the form showed. Where the revision has gone on but
the form would show the same, the other change was elsewhere in the record, and nothing clashes.
"""

import hashlib
import re
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.desk.forms.form import APART, REVISION, Form
from kb.desk.entry import BadEntry, Fault
from kb.desk.records import hold
from kb.desk.tables import History, Record
from kb.errors import Conflict
from kb.values.ids import is_id

_MARK = re.compile(r"[0-9]{1,9}-[0-9a-f]{32}")


class Stale(Conflict):
    """Somebody else saved the record since the form was opened. `theirs` are the form's values as they are now."""

    def __init__(self, theirs: Form, by: str) -> None:
        who = f"{by} has saved this" if by else "It was saved"
        super().__init__(
            f"{who} since you opened it; nothing of yours is lost, and nothing is saved yet.",
            where="form",
            remedy="Look at both below, keep what is right, and save again.",
        )
        self.theirs = theirs


def marked(form: Form, record: Record) -> Form:
    """The form with its mark; to be made last, when all its values are in it."""
    return form.with_values({REVISION: f"{record.revision}-{_digest(form)}"})


def await_turn(session: Session, record_id: str, form: Form) -> None:
    """Before a form with a mark is saved: hold the record that its address names. Raises NoSuchRecord.

    What was read before the lock was had may be older than what the form is then compared with, and would undo it.
    """
    if REVISION in form.typed and is_id(record_id):
        hold(session, record_id)


def check_fresh(session: Session, record_id: str, form: Form, now: Callable[[], Form]) -> Record:
    """The record, held for the save. `now` gives the form as the record fills it in. Raises Stale, BadEntry."""
    mark = form.value(REVISION)
    if not _MARK.fullmatch(mark):
        fault = Fault("", "The form does not say at what state it was opened.", "Load the page again.")
        raise BadEntry((fault,))
    record = hold(session, record_id)
    revision, _, digest = mark.partition("-")
    if int(revision) != record.revision:
        theirs = now()
        if _digest(theirs) != digest:
            raise Stale(marked(theirs, record), _last_hand(session, record_id))
    return record


def _digest(form: Form) -> str:
    shown = sorted((name, list(values)) for name, values in form.typed.items() if name not in APART)
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:32]


def _last_hand(session: Session, record_id: str) -> str:
    newest = select(History.actor).where(History.record_id == record_id).order_by(History.id.desc()).limit(1)
    return session.scalar(newest) or ""
