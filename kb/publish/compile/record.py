"""Records of any kind, compiled one by one or many at a time."""

from collections.abc import Callable, Iterable, Mapping

from sqlalchemy.orm import Session

from kb.desk.tables import Record
from kb.documents import addresses
from kb.documents.envelope import Draft
from kb.documents.references import references
from kb.errors import Missing
from kb.publish.compile.agent import AgentRows, agent_entity
from kb.publish.compile.claim import Relations, claim_entity
from kb.publish.compile.claim_rows import ClaimRows
from kb.publish.compile.origin import OriginRows, origin_entity
from kb.publish.compile.page import PageRows, page_entity
from kb.publish.compile.rows import fetch
from kb.publish.compile.shapes import Node
from kb.publish.compile.source import SourceRows, source_entity
from kb.publish.compile.topic import TopicRows, topic_entity
from kb.publish.ground import Ground

# Claim → its relations; a claim that is not named in it has none.
RelationsOf = Mapping[str, Relations]

Compiled = dict[str, Node]


class NoSuchDraft(Missing):
    """The desk has no record with this id."""


def compile_record(session: Session, ground: Ground, record: str, relations: Relations | None = None) -> Draft:
    """What one record says now. Raises NoSuchDraft."""
    found = compile_many(session, ground, [record], {record: relations or {}})
    if record not in found:
        raise NoSuchDraft("there is no such record on the desk.", where=record[:40])
    return found[record]


def compile_many(
    session: Session, ground: Ground, records: Iterable[str], relations: RelationsOf | None = None
) -> dict[str, Draft]:
    """The drafts of these records by id, in a number of statements that depends on their kinds alone.

    What the desk does not have is left out. Nothing is refused here: a draft may be far from whole.
    """
    kinds: dict[str, list[str]] = {}
    for row in fetch(session, Record, Record.id, records):
        # The foundation is made once, by `found`, from no row of a table of its own.
        if row.kind in _COMPILERS:
            kinds.setdefault(row.kind, []).append(row.id)
    made: dict[str, Draft] = {}
    for kind, ids in kinds.items():
        for record, entity in _COMPILERS[kind](session, ground, ids, relations or {}).items():
            address = addresses.record_of(entity["@id"])
            made[record] = Draft(record, kind, address, entity, references(entity))
    return made


def _claims(session: Session, ground: Ground, ids: list[str], relations: RelationsOf) -> Compiled:
    rows = ClaimRows(session, ids)
    return {one: claim_entity(rows, one, ground.base, ground.publisher, relations.get(one, {})) for one in ids}


def _sources(session: Session, ground: Ground, ids: list[str], _relations: RelationsOf) -> Compiled:
    rows = SourceRows(session, ids)
    return {one: source_entity(rows, one, ground.base) for one in ids}


def _agents(session: Session, ground: Ground, ids: list[str], _relations: RelationsOf) -> Compiled:
    rows = AgentRows(session, ids)
    return {one: agent_entity(rows, one, ground.base, ground.publisher) for one in ids}


def _origins(session: Session, ground: Ground, ids: list[str], _relations: RelationsOf) -> Compiled:
    rows = OriginRows(session, ids)
    return {one: origin_entity(rows, one, ground.base) for one in ids}


def _topics(session: Session, ground: Ground, ids: list[str], _relations: RelationsOf) -> Compiled:
    rows = TopicRows(session, ids)
    return {one: topic_entity(rows, one, ground.base) for one in ids}


def _pages(session: Session, ground: Ground, ids: list[str], _relations: RelationsOf) -> Compiled:
    rows = PageRows(session, ids)
    return {one: page_entity(rows, one, ground.base) for one in ids}


_COMPILERS: Mapping[str, Callable[[Session, Ground, list[str], RelationsOf], Compiled]] = {
    "agent": _agents,
    "claim": _claims,
    "origin": _origins,
    "page": _pages,
    "source": _sources,
    "topic": _topics,
}
