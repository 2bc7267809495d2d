"""How a claim stands to others, in one form: rows of a type and a claim."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.desk.forms.form import Form, form_of
from app.desk.forms.fresh import check_fresh, marked
from app.desk.forms.gathering import Gathering
from app.desk.forms.picking import chosen, newest
from app.desk.forms.reading import entry_of
from app.desk.naming import Naming, naming_of
from app.desk.rooms import Rooms
from app.desk.visit import Visit
from kb.desk.claims import find_claim
from kb.desk.relations import RelationEntry, add_relation, find_relation, remove_relation
from kb.desk.tables import Claim, Record, Relation

rooms = Rooms()
ROWS = "relations"


@rooms.page("/desk/claims/{id}/relations", "edit")
def show_relations(visit: Visit) -> Response:
    claim = find_claim(visit.session, visit.path("id"))
    record = visit.session.get_one(Record, claim.id)
    form = visit.form or marked(_filled(visit.session, claim), record)
    offered = newest(visit.session, "claim")
    return visit.page("desk/relations.html", form=form, claim=claim, offered=offered)


@rooms.deed("/desk/claims/{id}/relations", "edit", again=show_relations)
def save_relations(visit: Visit) -> Response:
    """A relation has no content but its ends and its type: what the rows do not say any more goes."""
    session, actor = visit.session, visit.actor
    claim = find_claim(session, visit.path("id"))
    record = check_fresh(session, claim.id, visit.typed, lambda: _filled(session, claim))
    before, faults = record.revision, Gathering()
    entries = _entries(naming_of(visit), faults)
    faults.check()
    wanted = {found.id for _, entry in entries if (found := find_relation(session, claim.id, entry)) is not None}
    for gone in _relations(session, claim):
        if gone.id not in wanted:
            remove_relation(session, actor, gone)
    for row, entry in entries:
        with faults.at(f"{ROWS}.{row}", f"{ROWS}.{row}.target"):
            add_relation(session, actor, claim, entry)
    faults.check()
    return visit.to(f"desk/claims/{claim.id}#relations", done="saved" if record.revision != before else "unchanged")


def _entries(naming: Naming, faults: Gathering) -> list[tuple[int, RelationEntry]]:
    found = []
    for row in naming.form.rows(ROWS):
        at = f"{ROWS}.{row}"
        with faults.at(at):
            target = naming.known(f"{at}.target", "claim")
            if target:
                found.append((row, entry_of(RelationEntry, naming.form, at, target=target)))
    return found


def _relations(session: Session, claim: Claim) -> Sequence[Relation]:
    """Those that stand on this claim; of those that others state of it their own pages tell."""
    return session.scalars(select(Relation).where(Relation.claim_id == claim.id).order_by(Relation.id)).all()


def _filled(session: Session, claim: Claim) -> Form:
    rows = _relations(session, claim)
    labels = chosen(session, [row.target_id for row in rows])
    values: dict[str, str] = {}
    for place, row in enumerate(rows):
        values |= {f"{ROWS}.{place}.type": row.type, f"{ROWS}.{place}.target": labels[row.target_id]}
    return form_of(values)
