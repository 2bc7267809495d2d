"""Replies of those concerned: add, change, find, remove; and the day on which none was found."""

from typing import Any, Self

from pydantic import model_validator
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk import records
from kb.desk.actors import Actor, require
from kb.desk.changes import Deed, Items, assign, changed, keep, list_of, observed, replace, state_of
from kb.desk.changes import removed as taken_away
from kb.desk.entry import Entry
from kb.desk.evidence import TranslatedEntry, numbered_evidence
from kb.desk.forms import Day, Edtf, Ordinal, Printed, Prose, RecordId, refused
from kb.desk.parts import fragment, next_number
from kb.desk.passages import PassageEntry, add_passage, passage_columns
from kb.desk.records import NoSuchRecord
from kb.desk.tables import Agent, Claim, Origin, Passage, Reply, ReplyEvidence
from kb.desk.texts import Texts

KIND = "reply"


class ReplyEntry(TranslatedEntry):
    """Who answers (an agent, a name, or not told), in words and in short, and the evidence that carries it, by number.

    `position` is the place among the claim's replies, from 1: the first one of each speaker stands in lists.
    """

    position: Ordinal
    agent: RecordId | None = None
    name: Printed | None = None
    statement: Prose
    short: Prose
    stated_on: Edtf | None = None
    said_in: PassageEntry | None = None
    origin: RecordId | None = None
    evidence: tuple[Ordinal, ...] = ()

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        if len(set(self.evidence)) != len(self.evidence):
            raise refused("evidence names one of them twice.", "Name each once.")
        return self


class NoReplyEntry(Entry):
    """The day on which a reply was looked for and none was found; None takes it back."""

    found_none_on: Day | None


def add_reply(session: Session, actor: Actor, claim: Claim, entry: ReplyEntry, texts: Texts | None = None) -> Reply:
    require(actor, "edit")
    columns = _columns(session, entry)
    carried = numbered_evidence(session, claim.id, entry.evidence, "evidence")
    reply = Reply(claim_id=claim.id, number=next_number(session, claim.id, KIND), **columns)
    with observed(session, _deed(actor, "add_reply", reply), lambda: _state(session, reply) if reply.id else None):
        if entry.said_in is not None:
            reply.passage_id = add_passage(session, entry.said_in, texts).id
        keep(session, reply)
        replace(session, _carried(reply, [one.id for one in carried]))
    return reply


def change_reply(session: Session, actor: Actor, reply: Reply, entry: ReplyEntry, texts: Texts | None = None) -> Reply:
    require(actor, "edit")
    columns = _columns(session, entry)
    carried = numbered_evidence(session, reply.claim_id, entry.evidence, "evidence")
    with observed(session, _deed(actor, "change_reply", reply), lambda: _state(session, reply)):
        assign(reply, columns)
        _set_passage(session, reply, entry.said_in, texts)
        replace(session, _carried(reply, [one.id for one in carried]))
    return reply


def remove_reply(session: Session, actor: Actor, reply: Reply) -> None:
    require(actor, "edit")
    passage, before = _passage(session, reply), _state(session, reply)
    rows = [reply, *([passage] if passage else [])]
    taken_away(session, _deed(actor, "remove_reply", reply), rows, before=before)


def find_reply(session: Session, claim_id: str, number: int) -> Reply:
    found = session.scalars(select(Reply).where(Reply.claim_id == claim_id, Reply.number == number)).first()
    if found is None:
        raise NoSuchRecord("the claim has no such reply.", where=fragment(KIND, number))
    return found


def set_no_reply_found(session: Session, actor: Actor, claim: Claim, entry: NoReplyEntry) -> Claim:
    require(actor, "edit")
    values = {"no_reply_found_on": entry.found_none_on}
    changed(session, Deed(actor, "set_no_reply_found", claim.id), [(claim, values)])
    return claim


def _columns(session: Session, entry: ReplyEntry) -> dict[str, Any]:
    if entry.agent is not None:
        records.need(session, Agent, entry.agent, "agent")
    if entry.origin is not None:
        records.need(session, Origin, entry.origin, "origin")
    apart = {"agent", "said_in", "origin", "evidence"}
    unnamed = entry.agent is None and entry.name is None
    return entry.model_dump(exclude=apart) | {
        "agent_id": entry.agent,
        "origin_id": entry.origin,
        "unnamed": unnamed,
    }


def _set_passage(session: Session, reply: Reply, said_in: PassageEntry | None, texts: Texts | None) -> None:
    before = _passage(session, reply)
    if said_in is not None and before is not None:
        assign(before, passage_columns(session, said_in, texts, before))
    elif said_in is not None:
        reply.passage_id = add_passage(session, said_in, texts).id
    elif before is not None:
        reply.passage_id = None
        session.flush()
        session.delete(before)


def _passage(session: Session, reply: Reply) -> Passage | None:
    return records.part_of(session, Passage, reply.passage_id) if reply.passage_id is not None else None


def _carried(reply: Reply, evidence: list[int]) -> Items:
    return Items(ReplyEvidence, {"reply_id": reply.id}, [{"evidence_id": one} for one in evidence])


def _state(session: Session, reply: Reply) -> dict[str, Any]:
    passage = _passage(session, reply)
    return {
        "reply": state_of(reply),
        "passage": state_of(passage) if passage else None,
        "reply_evidence": list_of(session, _carried(reply, [])),
    }


def _deed(actor: Actor, verb: str, reply: Reply) -> Deed:
    return Deed(actor, verb, reply.claim_id, fragment(KIND, reply.number))
