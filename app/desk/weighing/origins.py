"""The origin of what a passage says: the source's own, one that is known, or a new one made in place."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.desk.forms.gathering import Gathering
from app.desk.forms.picking import chosen
from app.desk.visit import Visit
from app.desk.weighing.picks import made, named
from kb.desk.entry import BadEntry, Fault
from kb.desk.origins import OriginEntry, add_origin
from kb.desk.tables import Origin, Source, SourceOrigin

FIELD, WAY, GENRE, SEEN = "origin", "origin_way", "origin_genre", "origin_seen"
OWN, OTHER = "own", "other"
# Works that are themselves what they tell of.
FIRST_HAND = ("Legislation", "Dataset")


def origin_in(visit: Visit, source: Source, faults: Gathering, *, was_read: bool) -> str | None:
    """The id of the origin that the form names; None where something is wrong, which is gathered."""
    with faults.at(field=WAY):
        way = visit.typed.value(WAY)
        if way == OWN:
            return own_origin(visit.session, source) or _make_own(visit, source, was_read=was_read)
        if way == OTHER:
            return _other(visit)
        what = "it is not said where this first came from."
        raise BadEntry((Fault(WAY, what, "Say whether the source is its own origin."),))
    return None


def own_origin(session: Session, source: Source) -> str | None:
    """The origin of which the source is the first hand."""
    own = select(Origin.id).where(Origin.first_hand_source_id == source.id).order_by(Origin.id).limit(1)
    return session.scalar(own)


def proposed(session: Session, source: Source) -> dict[str, str]:
    """How the origin stands in a new form: as the source itself tells, to be changed."""
    if own_origin(session, source) is not None:
        return {WAY: OWN}
    resting = select(SourceOrigin.origin_id).where(SourceOrigin.source_id == source.id).limit(2)
    behind = session.scalars(resting).all()
    if len(behind) == 1:
        return filled(session, source, behind[0])
    return {WAY: OWN} if source.work_class in FIRST_HAND else {}


def filled(session: Session, source: Source, origin_id: str) -> dict[str, str]:
    """How an origin stands in a form."""
    if session.get_one(Origin, origin_id).first_hand_source_id == source.id:
        return {WAY: OWN}
    return {WAY: OTHER, FIELD: chosen(session, [origin_id])[origin_id]}


def _other(visit: Visit) -> str:
    """Raises BadEntry at the fields."""
    found = named(visit, FIELD, "origin", lambda label: _make(visit, label))
    if found is None:
        raise BadEntry((Fault(FIELD, "it is not said which origin.", "Write its name; a new name makes a new one."),))
    return found


def _make(visit: Visit, label: str) -> str:
    genre = visit.typed.value(GENRE).strip()
    if not genre:
        what = "no origin has this name yet, and it is not said what a new one is."
        raise BadEntry((Fault(GENRE, what, "Write it in a word or two: announcement, treaty, own words."),))
    seen = visit.typed.has(SEEN, "yes")
    return made(FIELD, lambda: _add(visit, label=label, genre=genre, seen=seen))


def _make_own(visit: Visit, source: Source, *, was_read: bool) -> str:
    """A record of the source's own, called by what is typed as its name, else by the source's title."""
    label = visit.typed.value(FIELD).strip() or source.title
    return made(FIELD, lambda: _add(visit, label=label, genre=source.genre, seen=was_read, first_hand=source.id))


def _add(visit: Visit, **values: Any) -> str:
    return add_origin(visit.session, visit.actor, OriginEntry(**values)).id
