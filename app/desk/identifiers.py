"""Identifiers in a form, as rows of scheme and value: what is new is added, what is gone is removed."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.desk.forms.form import Form
from kb.desk.actors import Actor
from kb.desk.entry import BadEntry, Fault
from kb.desk.externals import IdentifierEntry, add_identifier, full, remove_identifier
from kb.desk.tables import ExternalId, Identifier
from kb.errors import Refused
from kb.values.identifiers import check_identifier

ROWS = "identifiers"
Pair = tuple[str, str]


def identifiers_in(session: Session, record_id: str) -> dict[str, str]:
    """The rows as the record fills them in."""
    values: dict[str, str] = {}
    for place, row in enumerate(_held(session, record_id)):
        values |= {f"{ROWS}.{place}.scheme": row.scheme, f"{ROWS}.{place}.value": row.value}
    return values


def save_identifiers(session: Session, actor: Actor, record_id: str, form: Form) -> None:
    """Afterwards the record has exactly those of the form. Raises BadEntry, which names every row at fault."""
    wanted = _wanted(form)
    for row in _held(session, record_id):
        if (row.scheme, row.value) not in wanted:
            remove_identifier(session, actor, row)
    for scheme, value in wanted:
        add_identifier(session, actor, record_id, IdentifierEntry(scheme=scheme, value=value))


def elsewhere(session: Session, record_id: str) -> list[str]:
    """Ids that others gave to the record, as `seed:air-2019-12-19/C04`. Imports find it again by them."""
    rows = select(ExternalId).where(ExternalId.record_id == record_id, ExternalId.part == "").order_by(ExternalId.id)
    return [full(row.scheme, row.scope, row.value) for row in session.scalars(rows)]


def _held(session: Session, record_id: str) -> Sequence[Identifier]:
    rows = select(Identifier).where(Identifier.record_id == record_id)
    return session.scalars(rows.order_by(Identifier.scheme, Identifier.value)).all()


def _wanted(form: Form) -> list[Pair]:
    """Rows without a value are empty, whatever scheme stands in them."""
    pairs: dict[Pair, None] = {}
    faults: list[Fault] = []
    for place in form.rows(ROWS):
        scheme, value = form.value(f"{ROWS}.{place}.scheme"), form.value(f"{ROWS}.{place}.value")
        if not value.strip():
            continue
        if not scheme:
            faults.append(Fault(f"{ROWS}.{place}.scheme", "it is not said whose identifier it is.", "Choose one."))
            continue
        try:
            pairs[scheme, check_identifier(scheme, value)] = None
        except Refused as refusal:
            faults.append(Fault(f"{ROWS}.{place}.value", refusal.what, refusal.remedy))
    if faults:
        raise BadEntry(tuple(faults))
    return list(pairs)
