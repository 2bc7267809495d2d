"""Ids that others gave: external ids of records and parts, found again by them; and checked identifiers."""

import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from kb.desk.actors import Actor, require
from kb.desk.changes import Deed, added, keep, removed
from kb.desk.entry import Entry
from kb.desk.forms import Context, Printed, checked
from kb.desk.records import hold
from kb.desk.tables import ExternalId, Identifier, Record
from kb.errors import Conflict, Refused
from kb.values.identifiers import check_identifier

_SCHEME = re.compile(r"[a-z][a-z0-9]*", re.ASCII)


class IdTaken(Conflict):
    """Another record of this kind has this external id."""


class NotUnique(Refused):
    """Several records have this external id."""


def _scheme(text: str) -> str:
    if not _SCHEME.fullmatch(text):
        raise Refused("a scheme is a word in small letters.", remedy="Write one such as seed.")
    return text


class ExternalEntry(Entry):
    """`scheme:scope/value`; in another scope the same value is another thing."""

    scheme: Annotated[str, checked(_scheme)]
    scope: Context = ""
    value: Printed


class IdentifierEntry(Entry):
    """A value of a scheme whose form is known, as Wikidata's."""

    scheme: str
    value: str


def add_external(session: Session, actor: Actor, record_id: str, entry: ExternalEntry, part: str = "") -> ExternalId:
    """The row that is there already, where there is one. Raises IdTaken."""
    require(actor, "edit")
    same = (
        ExternalId.scheme == entry.scheme,
        ExternalId.scope == entry.scope,
        ExternalId.value == entry.value,
    )
    known = session.scalars(
        select(ExternalId).where(ExternalId.record_id == record_id, ExternalId.part == part, *same)
    ).first()
    if known is not None:
        return known
    kind = hold(session, record_id).kind
    others = select(ExternalId.record_id).join(Record).where(Record.kind == kind, ExternalId.part == "", *same)
    if not part and (other := session.scalar(others)) is not None:
        what = f"{full(entry.scheme, entry.scope, entry.value)} is the {kind} {other}."
        raise IdTaken(what, where="value", remedy="Use that record.")
    row = ExternalId(record_id=record_id, part=part, **entry.model_dump())
    keep(session, row)
    added(session, Deed(actor, "add_external", record_id, part), [row])
    return row


def remove_external(session: Session, actor: Actor, row: ExternalId) -> None:
    require(actor, "edit")
    session.flush()
    removed(session, Deed(actor, "remove_external", row.record_id, f"external-{row.id}"), [row])


def add_identifier(session: Session, actor: Actor, record_id: str, entry: IdentifierEntry) -> Identifier:
    """Raises IdentifierInvalid; gives the row that is there already, where there is one."""
    require(actor, "edit")
    value = check_identifier(entry.scheme, entry.value)
    same = (Identifier.record_id == record_id, Identifier.scheme == entry.scheme, Identifier.value == value)
    known = session.scalars(select(Identifier).where(*same)).first()
    if known is not None:
        return known
    row = Identifier(record_id=record_id, scheme=entry.scheme, value=value)
    keep(session, row)
    added(session, Deed(actor, "add_identifier", record_id, f"identifier-{row.id}"), [row])
    return row


def remove_identifier(session: Session, actor: Actor, row: Identifier) -> None:
    require(actor, "edit")
    removed(session, Deed(actor, "remove_identifier", row.record_id, f"identifier-{row.id}"), [row])


def full(scheme: str, scope: str, value: str) -> str:
    """`seed:air-2019-12-19/C04`."""
    return f"{scheme}:{scope}/{value}" if scope else f"{scheme}:{value}"


def find(session: Session, text: str) -> str | None:
    """The record that an external id names, with its scope or without; one that names a part gives its record.

    Raises NotUnique where it is the id of several records.
    """
    scheme, colon, rest = text.partition(":")
    if not colon or not rest:
        return None
    scope, _, value = rest.partition("/")
    meant = or_(ExternalId.value == rest, and_(ExternalId.scope == scope, ExternalId.value == value))
    wanted = select(ExternalId).where(ExternalId.scheme == scheme, meant)
    rows = session.scalars(wanted).all()
    for parts in (False, True):
        found = {row.record_id: row for row in rows if bool(row.part) is parts}
        if len(found) > 1:
            named = ", ".join(f"{full(row.scheme, row.scope, row.value)} ({one})" for one, row in sorted(found.items()))
            raise NotUnique(f"“{text[:80]}” is the id of several records: {named}.", remedy="Say which one by its id.")
        if found:
            return next(iter(found))
    return None


def of_record(session: Session, record_id: str) -> tuple[str, ...]:
    """All that name the record itself: in full, then in short."""
    wanted = select(ExternalId).where(ExternalId.record_id == record_id, ExternalId.part == "")
    return _both_forms(session.scalars(wanted))


def of_kind(session: Session, kind: str) -> dict[str, tuple[str, ...]]:
    """The same for every record of a kind that has any."""
    wanted = select(ExternalId).join(Record).where(Record.kind == kind, ExternalId.part == "")
    rows: dict[str, list[ExternalId]] = {}
    for row in session.scalars(wanted):
        rows.setdefault(row.record_id, []).append(row)
    return {record_id: _both_forms(some) for record_id, some in rows.items()}


def known_records(session: Session, kind: str, scheme: str, scope: str) -> dict[str, str]:
    """Value → record, for all of a kind in one scope."""
    wanted = (
        select(ExternalId.value, ExternalId.record_id)
        .join(Record)
        .where(Record.kind == kind, ExternalId.part == "", ExternalId.scheme == scheme, ExternalId.scope == scope)
    )
    return {row.value: row.record_id for row in session.execute(wanted)}


def known_parts(session: Session, records: Iterable[str], scheme: str, scope: str) -> Mapping[str, dict[str, str]]:
    """Record → part's fragment → value, in one scope."""
    wanted = select(ExternalId).where(
        ExternalId.record_id.in_(list(records)),
        ExternalId.part != "",
        ExternalId.scheme == scheme,
        ExternalId.scope == scope,
    )
    found: dict[str, dict[str, str]] = {}
    for row in session.scalars(wanted):
        found.setdefault(row.record_id, {})[row.part] = row.value
    return found


def _both_forms(rows: Any) -> tuple[str, ...]:
    ordered = sorted(rows, key=lambda row: (row.scheme, row.scope, row.value))
    forms = [full(row.scheme, row.scope, row.value) for row in ordered] + [
        f"{row.scheme}:{row.value}" for row in ordered
    ]
    return tuple(dict.fromkeys(forms))
