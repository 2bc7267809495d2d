"""An agent as its edition says it. Private and unnamed ones have none."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk.tables import Agent, AgentName, Record
from kb.documents import addresses
from kb.documents.agent import CLASSES
from kb.documents.envelope import Draft
from kb.documents.references import references
from kb.publish.compile.known import Known, Names, load_known, load_names
from kb.publish.compile.words import Node, listed, said, whole


def compile_agents(session: Session, base: str, ids: Collection[str]) -> dict[str, Draft]:
    """What the agents would say if they were published now; those who are private are left out."""
    known, names = load_known(session, base), load_names(session, ids)
    others: dict[str, list[AgentName]] = defaultdict(list)
    for name in session.scalars(select(AgentName).where(AgentName.agent_id.in_(ids)).order_by(AgentName.position)):
        others[name.agent_id].append(name)
    wanted = select(Agent, Record.language).join(Record, Record.id == Agent.id).where(Agent.id.in_(ids))
    drafts = {}
    for row, language in session.execute(wanted).tuples():
        if row.id in known.hidden:
            continue
        entity = _entity(row, language, others.get(row.id, []), known, names)
        address = addresses.address_of("agent", row.id)
        drafts[row.id] = Draft(row.id, "agent", address, entity, references(entity))
    return drafts


def _entity(row: Agent, language: str, others: list[AgentName], known: Known, names: Names) -> Node:
    return whole(
        {
            "@id": known.page("agent", row.id) + addresses.THING,
            "@type": CLASSES[row.kind],
            "agentKind": row.kind,
            "name": said(row.name, language),
            "otherNames": listed((name.text, name.language) for name in others),
            "visibility": row.visibility,
            "living": row.living,
            "asOf": row.living_as_of,
            "livingSource": known.source(row.living_source_id),
            "sameAs": names.same_as.get(row.id),
            "note": said(row.note, language),
            "externalIds": names.of(row.id),
        }
    )
