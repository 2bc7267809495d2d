"""Agents that have a record of their own."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from kb.desk import tables as desk
from kb.documents.agent import CLASSES
from kb.publish.compile.names import Names
from kb.publish.compile.rows import OtherIds, fetch, grouped, records
from kb.publish.compile.shapes import Node, present, prose, words


class AgentRows:
    """All that hangs on some agents, in a fixed number of statements."""

    def __init__(self, session: Session, ids: Iterable[str]) -> None:
        wanted = list(ids)
        self.records = records(session, wanted)
        self.agents = {row.id: row for row in fetch(session, desk.Agent, desk.Agent.id, wanted)}
        self.names = grouped(session, desk.AgentName, desk.AgentName.agent_id, wanted, desk.AgentName.position)
        self.others = OtherIds(session, wanted)


def agent_entity(rows: AgentRows, agent: str, base: str, publisher: str) -> Node:
    """The desk's own agent, which publishes all editions, has the base as its address."""
    names, row, language = Names(base, f"agents/{agent}"), rows.agents[agent], rows.records[agent].language
    return present(
        {
            "@id": names.it,
            "@type": CLASSES[row.kind],
            "agentKind": row.kind,
            "name": prose(row.name, language),
            "otherNames": words((one.language, one.text) for one in rows.names[agent]),
            "visibility": row.visibility,
            "living": row.living,
            "asOf": row.living_as_of,
            "livingSource": names.of("source", row.living_source_id),
            "url": base if names.it == publisher else None,
            "sameAs": rows.others.same_as(agent),
            "note": prose(row.note, language),
            "externalIds": rows.others.external(agent),
        }
    )
