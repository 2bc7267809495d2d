"""Who is named in a claim, whom it concerns, and what they reply. Private persons have a name and no record."""

from kb.desk.tables import Agent, Concerned, Mention, Reply
from kb.publish.compile.names import has_record
from kb.publish.compile.scene import Scene
from kb.publish.compile.shapes import Node, present, words


def mentions(scene: Scene) -> list[Node]:
    """In the order of their numbers, as the persons concerned."""
    return [_mention(scene, row) for row in scene.rows.mentions[scene.claim]]


def concerns(scene: Scene) -> list[Node]:
    return [_concerned(scene, row) for row in scene.rows.concerned[scene.claim]]


def replies(scene: Scene) -> list[Node]:
    """In the order that an editor gave them."""
    return [_reply(scene, row) for row in scene.rows.replies[scene.claim]]


def _mention(scene: Scene, row: Mention) -> Node:
    part = f"mention-{row.number}"
    agent = scene.rows.agents[row.agent_id] if row.agent_id else None
    return present(
        {
            "@id": scene.names.part(part),
            "@type": "Mention",
            "name": scene.say(row.name),
            "asPrinted": scene.say(row.as_printed, row.as_printed_language),
            "genre": scene.say(row.genre),
            "record": scene.names.agent(agent),
            "externalIds": scene.external(part),
            **_without_record(scene, row, agent),
        }
    )


def _without_record(scene: Scene, row: Mention, agent: Agent | None) -> Node:
    """What stands on the agent's own page where there is one, and here where there is none."""
    if agent is not None and has_record(agent):
        return {}
    names = scene.rows.mention_names[row.id]
    return {
        "otherNames": words((one.language, one.text) for one in names),
        "visibility": row.visibility if agent is None else agent.visibility,
        "living": row.living,
        "asOf": row.living_as_of,
        "livingSource": scene.names.of("source", row.living_source_id),
    }


def _concerned(scene: Scene, row: Concerned) -> Node:
    part = f"concerned-{row.number}"
    return present(
        {
            "@id": scene.names.part(part),
            "@type": "Concerned",
            "name": scene.say(row.name),
            "record": scene.names.agent(scene.rows.agents[row.agent_id]),
            "living": row.living,
            "asOf": row.living_as_of,
            "livingSource": scene.names.of("source", row.living_source_id),
            "externalIds": scene.external(part),
        }
    )


def _reply(scene: Scene, row: Reply) -> Node:
    part, passage = f"reply-{row.number}", scene.passage(row.passage_id)
    concerned = next((one for one in scene.rows.concerned[scene.claim] if one.agent_id == row.agent_id), None)
    agent = scene.rows.agents[row.agent_id] if row.agent_id else None
    said_in = sorted(scene.rows.evidence_numbers[one.evidence_id] for one in scene.rows.said_in[row.id])
    return present(
        {
            "@id": scene.names.part(part),
            "@type": "Reply",
            "statement": scene.say(row.statement),
            "short": scene.say(row.short),
            "by": scene.names.part(f"concerned-{concerned.number}") if concerned else None,
            "agent": scene.names.agent(agent),
            "name": scene.say(_name(row, concerned, agent)),
            "unnamed": row.unnamed or None,
            "statedOn": row.stated_on,
            "saidIn": [scene.names.part(f"evidence-{number}") for number in said_in],
            "target": scene.target(part, row.passage_id),
            "quoteState": passage.state if passage else None,
            "origin": scene.names.of("origin", row.origin_id),
            "translation": scene.say(row.translation, row.translation_language),
            "externalIds": scene.external(part),
        }
    )


def _name(row: Reply, concerned: Concerned | None, agent: Agent | None) -> str | None:
    if row.name is not None or row.unnamed:
        return row.name
    if concerned is not None:
        return concerned.name
    # Of an agent that has a record the words come from its edition; what its row says now may be a draft.
    return agent.name if agent is not None and not has_record(agent) else None
