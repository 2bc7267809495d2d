"""What the desk holds of a kind, page by page, the newest first: drafts too, with what has become of each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from kb.desk.labels import labels_of
from kb.desk.privacy import PRIVATE
from kb.desk.tables import Agent, Claim, Origin, Page, Record, Source, Topic
from kb.log.tables import EditionRow
from kb.publish.draft_words import having
from kb.publish.ground import read_ground
from kb.publish.marks import marks_of_all
from kb.publish.states import DRAFT, standings
from kb.values import vocabulary
from kb.values.period import in_words, read_period

LIMIT = 30


@dataclass(frozen=True)
class Wanted:
    """A piece of the list: what is asked for, behind which record it begins, and whether private persons are in it."""

    kind: str
    words: str = ""
    after: str | None = None
    limit: int = LIMIT
    with_private: bool = True


@dataclass(frozen=True)
class Line:
    """One record. `state` is one of `states.STATES`; `version` is None where nothing of it is published."""

    id: str
    label: str
    detail: str
    state: str
    version: int | None
    begun: str


@dataclass(frozen=True)
class Piece:
    """Some lines, and the id that the next piece follows; None at the end."""

    lines: list[Line]
    next: str | None


def drafts(session: Session, base: str, wanted: Wanted) -> Piece:
    """In a number of statements that does not depend on how many there are."""
    chosen = select(Record).where(Record.kind == wanted.kind, *_conditions(session, wanted))
    chosen = chosen.order_by(Record.created_at.desc(), Record.id.desc()).limit(wanted.limit + 1)
    records = session.scalars(chosen).all()
    some = records[: wanted.limit]
    ids = [record.id for record in some]
    labels, details = labels_of(session, ids), _DETAILS[wanted.kind](session, ids)
    states, versions = _states(session, base, wanted.kind, ids), _versions(session, ids)
    lines = [
        Line(
            id=record.id,
            label=labels.get(record.id, ""),
            detail=details.get(record.id, ""),
            state=states[record.id],
            version=versions.get(record.id),
            begun=record.created_at,
        )
        for record in some
    ]
    return Piece(lines, ids[-1] if len(records) > len(some) else None)


def _conditions(session: Session, wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.words.strip():
        all_of_kind = session.scalars(select(Record.id).where(Record.kind == wanted.kind)).all()
        conditions.append(Record.id.in_(having(session, all_of_kind, wanted.words)))
    if wanted.kind == "agent" and not wanted.with_private:
        conditions.append(Record.id.in_(select(Agent.id).where(Agent.visibility != PRIVATE)))
    last = session.get(Record, wanted.after) if wanted.after else None
    if last is not None:
        same = and_(Record.created_at == last.created_at, Record.id < last.id)
        conditions.append(or_(Record.created_at < last.created_at, same))
    return conditions


def _states(session: Session, base: str, kind: str, ids: list[str]) -> dict[str, str]:
    """What has no edition and never gets one, as a private person, is a draft for good."""
    marks = [one for one in marks_of_all(session, kind) if one.record in ids]
    found = standings(session, read_ground(session, base), marks)
    return {record: found[record].state if record in found else DRAFT for record in ids}


def _versions(session: Session, ids: list[str]) -> dict[str, int]:
    rows = select(EditionRow.record, func.max(EditionRow.version)).where(EditionRow.record.in_(ids))
    return {row[0]: row[1] for row in session.execute(rows.group_by(EditionRow.record))}


def _agents(session: Session, ids: list[str]) -> dict[str, str]:
    rows = session.scalars(select(Agent).where(Agent.id.in_(ids)))
    return {row.id: _agent(vocabulary.AGENT_KIND.label(row.kind), row) for row in rows}


def _agent(kind: str, agent: Agent) -> str:
    """What imports call an agent is often but its kind again."""
    said = agent.genre or ""
    return _joined(kind, said if said.casefold() != kind.casefold() else "", agent.visibility.replace("public", ""))


def _claims(session: Session, ids: list[str]) -> dict[str, str]:
    rows = session.execute(select(Claim.id, Claim.claim_type).where(Claim.id.in_(ids)))
    return {row.id: vocabulary.CLAIM_TYPE.label(row.claim_type) for row in rows if row.claim_type}


def _origins(session: Session, ids: list[str]) -> dict[str, str]:
    rows = session.execute(select(Origin.id, Origin.genre, Origin.seen).where(Origin.id.in_(ids)))
    return {row.id: _joined(row.genre, "" if row.seen else "not read here") for row in rows}


def _pages(session: Session, ids: list[str]) -> dict[str, str]:
    rows = session.execute(select(Page.id, Page.slug).where(Page.id.in_(ids)))
    return {row.id: f"/{row.slug}" for row in rows}


def _sources(session: Session, ids: list[str]) -> dict[str, str]:
    rows = session.scalars(select(Source).where(Source.id.in_(ids)))
    return {row.id: _joined(row.publisher_as_printed, in_words(read_period(row.published)), row.genre) for row in rows}


def _topics(session: Session, ids: list[str]) -> dict[str, str]:
    rows = session.execute(select(Topic.id, Topic.measure_kind).where(Topic.id.in_(ids)))
    return {
        row.id: f"measure, {vocabulary.MEASURE_KIND.label(row.measure_kind).lower()}"
        for row in rows
        if row.measure_kind
    }


def _joined(*words: str | None) -> str:
    return " · ".join(word for word in words if word)


_DETAILS: Mapping[str, Callable[[Session, list[str]], dict[str, str]]] = {
    "agent": _agents,
    "claim": _claims,
    "origin": _origins,
    "page": _pages,
    "source": _sources,
    "topic": _topics,
}
