"""Aspects of a claim, the unit of judgement: add, change, find, remove."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk.actors import Actor, require
from kb.desk.changes import Deed, added, changed, keep, removed
from kb.desk.entry import Entry
from kb.desk.forms import Code, Ordinal, Prose
from kb.desk.parts import fragment, next_number
from kb.desk.records import NoSuchRecord
from kb.desk.removal import StillNeeded
from kb.desk.tables import Aspect, Claim, Evidence, Figure, OpenQuestion, Search
from kb.errors import Conflict, Refused

KIND = "aspect"


class CodeTaken(Conflict):
    """Another aspect of the claim has this code."""


class NoSuchAspect(Refused):
    """The claim has no aspect of this code."""


class AspectEntry(Entry):
    """`code` is the short name, unique in the claim; `position` its place in the order of the aspects, from 1."""

    code: Code
    label: Prose
    main: bool
    position: Ordinal


def add_aspect(session: Session, actor: Actor, claim: Claim, entry: AspectEntry) -> Aspect:
    require(actor, "edit")
    _check_code(session, claim.id, entry.code)
    number = next_number(session, claim.id, KIND)
    aspect = Aspect(claim_id=claim.id, number=number, **_columns(entry))
    keep(session, aspect)
    added(session, _deed(actor, "add_aspect", aspect), [aspect])
    return aspect


def change_aspect(session: Session, actor: Actor, aspect: Aspect, entry: AspectEntry) -> Aspect:
    require(actor, "edit")
    if entry.code != aspect.code:
        _check_code(session, aspect.claim_id, entry.code)
    changed(session, _deed(actor, "change_aspect", aspect), [(aspect, _columns(entry))])
    return aspect


def remove_aspect(session: Session, actor: Actor, aspect: Aspect) -> None:
    """Its verdict goes with it. Raises StillNeeded where evidence, figures, searches or questions are of it."""
    require(actor, "edit")
    for table in (Evidence, Figure, Search, OpenQuestion):
        if session.scalar(select(table.id).where(table.aspect_id == aspect.id).limit(1)) is not None:
            what = f"a {table.__tablename__.replace('_', ' ')} is of the aspect {aspect.code}."
            raise StillNeeded(what, where=fragment(KIND, aspect.number), remedy="Move it to another aspect first.")
    removed(session, _deed(actor, "remove_aspect", aspect), [aspect])


def find_aspect(session: Session, claim_id: str, number: int) -> Aspect:
    wanted = select(Aspect).where(Aspect.claim_id == claim_id, Aspect.number == number)
    found = session.scalars(wanted).first()
    if found is None:
        raise NoSuchRecord("the claim has no such aspect.", where=fragment(KIND, number))
    return found


def aspect_of(session: Session, claim_id: str, code: str, where: str = "aspect") -> Aspect:
    """The aspect that an entry names by its code. Raises NoSuchAspect with the codes that there are."""
    found = session.scalars(select(Aspect).where(Aspect.claim_id == claim_id, Aspect.code == code)).first()
    if found is None:
        codes = session.scalars(select(Aspect.code).where(Aspect.claim_id == claim_id).order_by(Aspect.position))
        raise NoSuchAspect(f"the claim has no aspect {code}.", where=where, remedy=f"It has: {', '.join(codes)}.")
    return found


def _check_code(session: Session, claim_id: str, code: str) -> None:
    if session.scalar(select(Aspect.id).where(Aspect.claim_id == claim_id, Aspect.code == code)) is not None:
        raise CodeTaken(f"the claim has an aspect {code} already.", where="code", remedy="Choose another code.")


def _columns(entry: AspectEntry) -> dict[str, Any]:
    return entry.model_dump()


def _deed(actor: Actor, verb: str, aspect: Aspect) -> Deed:
    return Deed(actor, verb, aspect.claim_id, fragment(KIND, aspect.number))
