"""Relations between claims: add, find, remove. A symmetric one stands once, from whichever side it was said first."""

from typing import Annotated

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from kb.desk import records
from kb.desk.actors import Actor, require
from kb.desk.changes import Deed, added, keep, removed
from kb.desk.entry import Entry
from kb.desk.forms import RecordId, one_of
from kb.desk.records import NoSuchRecord
from kb.desk.tables import Claim, Relation
from kb.errors import Refused
from kb.values import vocabulary


class ToItself(Refused):
    """A claim has no relation to itself."""


class RelationEntry(Entry):
    """A stored type; its inverse is computed, and is said of the other claim."""

    type: Annotated[str, one_of(vocabulary.RELATION)]
    target: RecordId


def add_relation(session: Session, actor: Actor, claim: Claim, entry: RelationEntry) -> Relation:
    """The row that was there before, where there was one."""
    require(actor, "edit")
    records.need(session, Claim, entry.target, "target")
    if entry.target == claim.id:
        raise ToItself("a claim has no relation to itself.", where="target", remedy="Name another claim.")
    known = find_relation(session, claim.id, entry)
    if known is not None:
        return known
    relation = Relation(claim_id=claim.id, type=entry.type, target_id=entry.target)
    keep(session, relation)
    added(session, _deed(actor, "add_relation", relation), [relation])
    return relation


def change_relation(session: Session, actor: Actor, relation: Relation, entry: RelationEntry) -> Relation:
    """A relation has no other content than its two ends and its type: another one takes its place."""
    claim = find_claim_of(session, relation)
    if find_relation(session, claim.id, entry) is relation:
        return relation
    made = add_relation(session, actor, claim, entry)
    remove_relation(session, actor, relation)
    return made


def remove_relation(session: Session, actor: Actor, relation: Relation) -> None:
    require(actor, "edit")
    removed(session, _deed(actor, "remove_relation", relation), [relation])


def find_relation(session: Session, claim_id: str, entry: RelationEntry) -> Relation | None:
    """In either direction where the type is symmetric."""
    ends = and_(Relation.claim_id == claim_id, Relation.target_id == entry.target)
    if entry.type in vocabulary.SYMMETRIC:
        ends = or_(ends, and_(Relation.claim_id == entry.target, Relation.target_id == claim_id))
    return session.scalars(select(Relation).where(Relation.type == entry.type, ends)).first()


def find_claim_of(session: Session, relation: Relation) -> Claim:
    """The claim on which a relation is stored."""
    found = session.get(Claim, relation.claim_id)
    if found is None:
        raise NoSuchRecord("the claim of this relation is gone.", where=relation.claim_id)
    return found


def _deed(actor: Actor, verb: str, relation: Relation) -> Deed:
    return Deed(actor, verb, relation.claim_id, f"relation-{relation.id}")
