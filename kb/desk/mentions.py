"""Mentions: who or what is named in a claim. Who is no public agent is described here."""

from typing import Annotated, Any, Self

from pydantic import model_validator
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk import records
from kb.desk.actors import Actor, require
from kb.desk.agents import LivingEntry, NameEntry
from kb.desk.changes import Deed, Items, added, changed, keep, removed
from kb.desk.forms import Language, Printed, Prose, RecordId, one_of, refused
from kb.desk.parts import fragment, next_number
from kb.desk.records import NoSuchRecord
from kb.desk.tables import Agent, Claim, Mention, MentionName, Source
from kb.values import vocabulary

KIND = "mention"


class MentionEntry(LivingEntry):
    """`as_printed` only where the name is printed and not merely meant."""

    agent: RecordId | None = None
    name: Printed
    as_printed: Printed | None = None
    as_printed_language: Language | None = None
    genre: Prose | None = None
    visibility: Annotated[str, one_of(vocabulary.VISIBILITY)] = "public"
    other_names: tuple[NameEntry, ...] = ()

    @model_validator(mode="after")
    def _print_has_a_language(self) -> Self:
        if (self.as_printed is None) != (self.as_printed_language is None):
            raise refused("as_printed and its language go together.", "Give both, or neither.")
        return self


def add_mention(session: Session, actor: Actor, claim: Claim, entry: MentionEntry) -> Mention:
    require(actor, "edit")
    _check(session, entry)
    mention = Mention(claim_id=claim.id, number=next_number(session, claim.id, KIND), **_columns(entry))
    keep(session, mention)
    added(session, _deed(actor, "add_mention", mention), [mention], [_names(mention, entry)])
    return mention


def change_mention(session: Session, actor: Actor, mention: Mention, entry: MentionEntry) -> Mention:
    require(actor, "edit")
    _check(session, entry)
    deed = _deed(actor, "change_mention", mention)
    changed(session, deed, [(mention, _columns(entry))], [_names(mention, entry)])
    return mention


def remove_mention(session: Session, actor: Actor, mention: Mention) -> None:
    require(actor, "edit")
    names = Items(MentionName, {"mention_id": mention.id}, [])
    removed(session, _deed(actor, "remove_mention", mention), [mention], [names])


def find_mention(session: Session, claim_id: str, number: int) -> Mention:
    found = session.scalars(select(Mention).where(Mention.claim_id == claim_id, Mention.number == number)).first()
    if found is None:
        raise NoSuchRecord("the claim has no such mention.", where=fragment(KIND, number))
    return found


def _check(session: Session, entry: MentionEntry) -> None:
    if entry.agent is not None:
        records.need(session, Agent, entry.agent, "agent")
    if entry.living_source is not None:
        records.need(session, Source, entry.living_source, "living_source")


def _columns(entry: MentionEntry) -> dict[str, Any]:
    names = ("name", "as_printed", "as_printed_language", "genre", "visibility")
    return {name: getattr(entry, name) for name in names} | {"agent_id": entry.agent, **entry.columns()}


def _names(mention: Mention, entry: MentionEntry) -> Items:
    return Items(MentionName, {"mention_id": mention.id}, [name.model_dump() for name in entry.other_names])


def _deed(actor: Actor, verb: str, mention: Mention) -> Deed:
    return Deed(actor, verb, mention.claim_id, fragment(KIND, mention.number))
