"""What the gate has to know beside the drafts, gathered for many of them at once."""

from collections.abc import Container, Iterator, Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.desk.tables import Agent, AgentName, Page, Record, Snapshot
from kb.documents import addresses
from kb.documents.envelope import Draft
from kb.log.read import Edition
from kb.log.series import latest_of
from kb.log.tables import EditionRow
from kb.publish.along import METHOD
from kb.publish.approvals import approved
from kb.publish.compile.names import Names, has_record
from kb.publish.compile.rows import fetch, grouped
from kb.publish.gate import Facts


def gather(
    session: Session,
    drafts: Mapping[str, Draft],
    before: Mapping[str, Edition],
    arriving: Container[str],
    unreviewed: str | None = None,
) -> dict[str, Facts]:
    """Facts by record. `before` are the latest editions, `arriving` the records that this call publishes with them."""
    contents = {record: draft.content_digest for record, draft in drafts.items()}
    eyes = approved(session, contents)
    hidden = {row.id for row in fetch(session, Agent, Agent.id, _of_kind(drafts, "agent")) if not has_record(row)}
    withdrawn = {row.id for row in fetch(session, Record, Record.id, drafts) if row.withdrawn}
    names = _other_names(session, drafts)
    method, snapshots = _method(session), _snapshots(session, drafts, arriving)
    return {
        record: Facts(
            content=contents[record],
            approved=record in eyes,
            unreviewed=unreviewed,
            content_stands=record in before and before[record].content_digest == contents[record],
            hidden=record in hidden,
            withdrawn=record in withdrawn,
            other_names=names.get(record, frozenset()),
            method=method,
            snapshots=snapshots,
        )
        for record, draft in drafts.items()
    }


def _of_kind(drafts: Mapping[str, Draft], kind: str) -> list[str]:
    return [record for record, draft in drafts.items() if draft.kind == kind]


def _other_names(session: Session, drafts: Mapping[str, Draft]) -> dict[str, frozenset[str]]:
    """Claim → further names of the agents in its chains."""
    voices = {record: _voices(drafts[record].entity) for record in _of_kind(drafts, "claim")}
    wanted = {agent for agents in voices.values() for agent in agents}
    names = grouped(session, AgentName, AgentName.agent_id, wanted)
    return {
        record: frozenset(name.text for agent in agents for name in names[agent]) for record, agents in voices.items()
    }


def _voices(claim: Mapping[str, Any]) -> set[str]:
    links = (link for appearance in claim.get("appearances", ()) for link in appearance.get("chain", ()))
    return {addresses.record_of(link["agent"]).rpartition("/")[2] for link in links if "agent" in link}


def _method(session: Session) -> int:
    """The latest version of the page; 1 where it is still to be published, which a claim drags along."""
    latest = session.scalar(select(func.max(EditionRow.version)).where(EditionRow.address == METHOD))
    if latest is None and session.scalar(select(Page.id).where(Page.slug == METHOD)) is not None:
        return 1
    return latest or 0


def _snapshots(session: Session, drafts: Mapping[str, Draft], arriving: Container[str]) -> frozenset[str]:
    """Those that readers will find: of a source that is published now its draft's, else its latest edition's."""
    cached = {iri for record in _of_kind(drafts, "claim") for iri in _cached(drafts[record].entity)}
    if not cached:
        return frozenset()
    sources = {addresses.record_of(iri).rpartition("/")[2] for iri in cached}
    base = addresses.base_of(next(iter(cached)))
    editions = latest_of(session, sorted(sources))
    fresh = {source for source in sources if source not in editions or source in arriving}
    rows = fetch(session, Snapshot, Snapshot.source_id, fresh)
    found = {Names(base, f"sources/{row.source_id}").part(f"snapshot-{row.number}") for row in rows}
    for source in sources - fresh:
        entity = editions[source].document["mainEntity"]
        found |= {snapshot["@id"] for snapshot in entity.get("snapshots", ())}
    return frozenset(found)


def _cached(node: Mapping[str, Any]) -> Iterator[str]:
    """Every `cachedSource` in a claim."""
    for key, value in node.items():
        if key == "cachedSource":
            yield value
        elif isinstance(value, dict):
            yield from _cached(value)
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, dict):
                    yield from _cached(item)
