"""The aspects of a claim in one form: rows that are added, changed, moved and taken away."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.desk.claim_parts import ASPECTS, aspect_entries
from app.desk.forms.form import Form, form_of
from app.desk.forms.fresh import check_fresh, marked
from app.desk.forms.gathering import Gathering
from app.desk.rooms import Rooms
from app.desk.visit import Visit
from kb.desk.aspects import AspectEntry, add_aspect, change_aspect, remove_aspect
from kb.desk.claims import find_claim
from kb.desk.entry import BadEntry, Fault
from kb.desk.tables import Aspect, Claim, Record

rooms = Rooms()


@rooms.page("/desk/claims/{id}/aspects", "edit")
def show_aspects(visit: Visit) -> Response:
    claim = find_claim(visit.session, visit.path("id"))
    record = visit.session.get_one(Record, claim.id)
    form = visit.form or marked(_filled(visit.session, claim), record)
    return visit.page("desk/aspects.html", form=form, claim=claim)


@rooms.deed("/desk/claims/{id}/aspects", "edit", again=show_aspects)
def save_aspects(visit: Visit) -> Response:
    """Rows that are gone are taken away first, so that their short names are free again."""
    session = visit.session
    claim = find_claim(session, visit.path("id"))
    record = check_fresh(session, claim.id, visit.typed, lambda: _filled(session, claim))
    before, faults = record.revision, Gathering()
    entries = aspect_entries(visit.typed, faults)
    faults.check()
    _check_codes(entries)
    there = {str(one.number): one for one in _aspects(session, claim)}
    numbers = {row: visit.typed.value(f"{ASPECTS}.{row}.number") for row, _ in entries}
    for number, gone in there.items():
        if number not in numbers.values():
            with faults.at(ASPECTS):
                remove_aspect(session, visit.actor, gone)
    faults.check()
    for row, entry in _free_first(entries, numbers, there):
        with faults.at(f"{ASPECTS}.{row}"):
            if numbers[row] in there:
                change_aspect(session, visit.actor, there[numbers[row]], entry)
            else:
                add_aspect(session, visit.actor, claim, entry)
    faults.check()
    return visit.to(f"desk/claims/{claim.id}#aspects", done="saved" if record.revision != before else "unchanged")


Row = tuple[int, AspectEntry]


def _check_codes(entries: Sequence[Row]) -> None:
    seen: dict[str, int] = {}
    for row, entry in entries:
        if entry.code in seen:
            what = f"row {seen[entry.code] + 1} has this short name already."
            raise BadEntry((Fault(f"{ASPECTS}.{row}.code", what, "Choose another one."),))
        seen[entry.code] = row


def _free_first(entries: Sequence[Row], numbers: dict[int, str], there: dict[str, Aspect]) -> list[Row]:
    """A row that takes over a short name comes after the one that lets go of it."""
    waiting, ordered = list(entries), list[Row]()
    codes = {number: one.code for number, one in there.items()}
    while waiting:
        held = {codes[numbers[row]]: row for row, _ in waiting if numbers[row] in codes}
        ready = [(row, entry) for row, entry in waiting if held.get(entry.code, row) == row]
        if not ready:
            fault = Fault(
                f"{ASPECTS}.{waiting[0][0]}.code", "these rows swap their short names.", "Save one of them first."
            )
            raise BadEntry((fault,))
        ordered += ready
        waiting = [one for one in waiting if one not in ready]
    return ordered


def _aspects(session: Session, claim: Claim) -> Sequence[Aspect]:
    wanted = select(Aspect).where(Aspect.claim_id == claim.id).order_by(Aspect.position, Aspect.number)
    return session.scalars(wanted).all()


def _filled(session: Session, claim: Claim) -> Form:
    values: dict[str, str] = {}
    for row, one in enumerate(_aspects(session, claim)):
        at = f"{ASPECTS}.{row}"
        values |= {f"{at}.number": str(one.number), f"{at}.label": one.label, f"{at}.code": one.code}
        values |= {f"{at}.main": "yes"} if one.main else {}
    return form_of(values)
