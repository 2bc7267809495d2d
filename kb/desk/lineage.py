"""Lineage of sources: what copies, derives from and rests on what, and that it never goes in a circle."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk.tables import Origin, Source, SourceDerivation, SourceOrigin
from kb.errors import Refused


class LineageCycle(Refused):
    """A source would come from itself."""


def check_source(session: Session, source_id: str, behind: Iterable[str], rests_on: Iterable[str], where: str) -> None:
    """`behind` are the sources that it is to copy or derive from, `rests_on` its origins. Raises LineageCycle.

    That a source is first hand of an origin it rests on is no circle: it is its own origin.
    """
    steps = {*behind, *(_first_hands(session, rests_on) - {source_id})}
    if source_id in _all_behind(session, steps):
        raise _cycle(source_id, where)


def check_first_hand(session: Session, origin_id: str, source_id: str) -> None:
    """Before an origin's first hand is set: what that source comes from must not itself rest on the origin."""
    further = _all_behind(session, {source_id}) - {source_id}
    resting = select(SourceOrigin.source_id).where(SourceOrigin.origin_id == origin_id)
    if further & set(session.scalars(resting)):
        raise _cycle(source_id, "first_hand")


def _all_behind(session: Session, start: set[str]) -> set[str]:
    """These sources and all from which they come, by any road."""
    known: set[str] = set()
    todo = set(start)
    while todo:
        known |= todo
        copies = select(Source.copy_of_id).where(Source.id.in_(todo), Source.copy_of_id.is_not(None))
        derived = select(SourceDerivation.from_id).where(SourceDerivation.source_id.in_(todo))
        resting = select(SourceOrigin.origin_id).where(SourceOrigin.source_id.in_(todo))
        found = {one for one in session.scalars(copies) if one} | set(session.scalars(derived))
        todo = (found | _first_hands(session, session.scalars(resting))) - known
    return known


def _first_hands(session: Session, origins: Iterable[str]) -> set[str]:
    named = list(origins)
    if not named:
        return set()
    hands = select(Origin.first_hand_source_id).where(Origin.id.in_(named))
    return {one for one in session.scalars(hands) if one}


def _cycle(source_id: str, where: str) -> LineageCycle:
    what = f"source {source_id} would come from itself."
    return LineageCycle(what, where=where, remedy="Say which of the two is the copy, or leave it out.")
