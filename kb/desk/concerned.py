"""Persons concerned: whom a claim touches and who is not known to be dead."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk import records
from kb.desk.actors import Actor, require
from kb.desk.agents import LivingEntry
from kb.desk.changes import Deed, added, changed, keep, removed
from kb.desk.forms import Printed, RecordId
from kb.desk.parts import fragment, next_number
from kb.desk.records import NoSuchRecord
from kb.desk.tables import Agent, Claim, Concerned, Source
from kb.errors import Conflict

KIND = "concerned"


class ConcernedTwice(Conflict):
    """The claim names this person as concerned already."""


class ConcernedEntry(LivingEntry):
    """An agent by the name under which the claim touches it; a private one has no page, and its name stands here."""

    agent: RecordId
    name: Printed


def add_concerned(session: Session, actor: Actor, claim: Claim, entry: ConcernedEntry) -> Concerned:
    require(actor, "edit")
    _check(session, entry)
    if session.scalar(_of_agent(claim.id, entry.agent)) is not None:
        raise ConcernedTwice(f"{entry.name} stands there already.", where="agent", remedy="Change that entry.")
    concerned = Concerned(claim_id=claim.id, number=next_number(session, claim.id, KIND), **_columns(entry))
    keep(session, concerned)
    added(session, _deed(actor, "add_concerned", concerned), [concerned])
    return concerned


def change_concerned(session: Session, actor: Actor, concerned: Concerned, entry: ConcernedEntry) -> Concerned:
    """Raises ConcernedTwice where another entry of the claim is of this agent."""
    require(actor, "edit")
    _check(session, entry)
    if entry.agent != concerned.agent_id and session.scalar(_of_agent(concerned.claim_id, entry.agent)) is not None:
        raise ConcernedTwice(f"{entry.name} stands there already.", where="agent", remedy="Change that entry.")
    changed(session, _deed(actor, "change_concerned", concerned), [(concerned, _columns(entry))])
    return concerned


def remove_concerned(session: Session, actor: Actor, concerned: Concerned) -> None:
    require(actor, "edit")
    removed(session, _deed(actor, "remove_concerned", concerned), [concerned])


def find_concerned(session: Session, claim_id: str, number: int) -> Concerned:
    wanted = select(Concerned).where(Concerned.claim_id == claim_id, Concerned.number == number)
    found = session.scalars(wanted).first()
    if found is None:
        raise NoSuchRecord("the claim has no such person concerned.", where=fragment(KIND, number))
    return found


def _of_agent(claim_id: str, agent_id: str) -> Any:
    return select(Concerned.id).where(Concerned.claim_id == claim_id, Concerned.agent_id == agent_id)


def _check(session: Session, entry: ConcernedEntry) -> None:
    records.need(session, Agent, entry.agent, "agent")
    if entry.living_source is not None:
        records.need(session, Source, entry.living_source, "living_source")


def _columns(entry: ConcernedEntry) -> dict[str, Any]:
    return {"agent_id": entry.agent, "name": entry.name, **entry.columns()}


def _deed(actor: Actor, verb: str, concerned: Concerned) -> Deed:
    return Deed(actor, verb, concerned.claim_id, fragment(KIND, concerned.number))
