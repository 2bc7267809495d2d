"""Handing a draft over to a second reader, and back with what is to be mended."""

from collections.abc import Iterable
from typing import Annotated

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from kb.desk import history
from kb.desk.actors import Actor, require
from kb.desk.chance import now
from kb.desk.changes import keep, state_of
from kb.desk.entry import Entry
from kb.desk.forms import Digest, Prose, checked
from kb.desk.parts import fragment
from kb.desk.records import hold
from kb.desk.tables import Handover, History
from kb.errors import Refused
from kb.values.prose import shown

# Step → the verb of the history, which is also what it takes to be allowed.
SUBMIT, RETURN = "submit", "return"
_VERBS = {SUBMIT: "submit", RETURN: "hand_back"}
_NEEDED = {SUBMIT: "submit", RETURN: "review"}


def _step(text: str) -> str:
    if text not in _VERBS:
        raise Refused(f"“{shown(text)}” is no step.", remedy=f"Choose from: {', '.join(_VERBS)}.")
    return text


class HandoverEntry(Entry):
    """`step` is submit or return; the digest is that of the draft as it was handed on."""

    step: Annotated[str, checked(_step)]
    content_digest: Digest
    note: Prose | None = None


def hand(session: Session, actor: Actor, record_id: str, entry: HandoverEntry) -> Handover:
    """A row of its own each time. `kb.publish.review` knows the digest, and when there is nothing to hand over."""
    require(actor, _NEEDED[entry.step])
    hold(session, record_id)
    handover = Handover(record_id=record_id, actor=actor.name, made_at=now(session), **entry.model_dump())
    keep(session, handover)
    # The content stays as it is, so the revision does: whoever has the record open can still save.
    part = fragment("handover", handover.id)
    history.note(session, actor, _VERBS[entry.step], record_id, part, None, {"handover": state_of(handover)})
    return handover


def standing_of(session: Session, record_ids: Iterable[str]) -> dict[str, Handover]:
    """The newest of each record, unless an edition was made since: then what it asked for is done with."""
    wanted = sorted(set(record_ids))
    found: dict[str, Handover] = {}
    for at in range(0, len(wanted), history.CHUNK):
        some = wanted[at : at + history.CHUNK]
        newest = select(func.max(Handover.id)).where(Handover.record_id.in_(some)).group_by(Handover.record_id)
        done = _done(session, some)
        for row in session.scalars(select(Handover).where(Handover.id.in_(newest))):
            if row.record_id not in done:
                found[row.record_id] = row
    return found


def _done(session: Session, records: list[str]) -> set[str]:
    """Records of which an edition was made after they were last handed over or back."""
    handed = func.max(case((History.verb.in_(sorted(_VERBS.values())), History.id), else_=0))
    published = func.max(case((History.verb == history.PUBLISH, History.id), else_=0))
    rows = select(History.record_id).where(History.record_id.in_(records)).group_by(History.record_id)
    return set(session.scalars(rows.having(published > handed)))
