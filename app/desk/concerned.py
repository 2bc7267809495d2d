"""The persons whom a claim touches, in one form: living or dead as reported, as of when, and by which source."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.desk.claim_parts import CONCERNED, concerned_entries
from app.desk.forms.form import Form, form_of
from app.desk.forms.fresh import check_fresh, marked
from app.desk.forms.gathering import Gathering
from app.desk.forms.picking import chosen, newest, otherwise_called
from app.desk.naming import naming_of
from app.desk.rooms import Rooms
from app.desk.visit import Visit
from kb.desk.claims import find_claim
from kb.desk.concerned import add_concerned, change_concerned, remove_concerned
from kb.desk.tables import Claim, Concerned, Record

rooms = Rooms()


@rooms.page("/desk/claims/{id}/concerned", "edit")
def show_concerned(visit: Visit) -> Response:
    claim = find_claim(visit.session, visit.path("id"))
    record = visit.session.get_one(Record, claim.id)
    form = visit.form or marked(_filled(visit.session, claim), record)
    offered = newest(visit.session, "agent", "source")
    return visit.page("desk/concerned.html", form=form, claim=claim, offered=offered)


@rooms.deed("/desk/claims/{id}/concerned", "edit", again=show_concerned)
def save_concerned(visit: Visit) -> Response:
    session, actor = visit.session, visit.actor
    claim = find_claim(session, visit.path("id"))
    record = check_fresh(session, claim.id, visit.typed, lambda: _filled(session, claim))
    before, faults = record.revision, Gathering()
    entries = concerned_entries(naming_of(visit, record.language), faults)
    faults.check()
    there = {str(one.number): one for one in _concerned(session, claim)}
    numbers = {row: visit.typed.value(f"{CONCERNED}.{row}.number") for row, _ in entries}
    for number, gone in there.items():
        if number not in numbers.values():
            remove_concerned(session, actor, gone)
    for row, entry in entries:
        with faults.at(f"{CONCERNED}.{row}", f"{CONCERNED}.{row}.agent"):
            if numbers[row] in there:
                change_concerned(session, actor, there[numbers[row]], entry)
            else:
                add_concerned(session, actor, claim, entry)
    faults.check()
    return visit.to(f"desk/claims/{claim.id}#concerned", done="saved" if record.revision != before else "unchanged")


def _concerned(session: Session, claim: Claim) -> Sequence[Concerned]:
    return session.scalars(select(Concerned).where(Concerned.claim_id == claim.id).order_by(Concerned.number)).all()


def _filled(session: Session, claim: Claim) -> Form:
    rows = _concerned(session, claim)
    labels = chosen(session, [one for row in rows for one in (row.agent_id, row.living_source_id)])
    values: dict[str, str] = {}
    for place, row in enumerate(rows):
        at = f"{CONCERNED}.{place}"
        values |= {
            f"{at}.number": str(row.number),
            f"{at}.agent": labels[row.agent_id],
            f"{at}.name": otherwise_called(row.name, row.agent_id, labels[row.agent_id]),
            f"{at}.living": row.living or "",
            f"{at}.living_as_of": row.living_as_of or "",
            f"{at}.living_source": labels[row.living_source_id],
        }
    return form_of(values)
