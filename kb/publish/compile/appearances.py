"""Appearances of a claim, and the chains of voices through which it reaches us."""

from kb.desk.tables import Appearance, ChainLink
from kb.publish.compile.scene import Scene
from kb.publish.compile.shapes import Node, day_of, present, words
from kb.values import attribution


def appearances(scene: Scene) -> list[Node]:
    """In the order of their numbers."""
    return [_appearance(scene, row) for row in scene.rows.appearances[scene.claim]]


def authors(scene: Scene) -> list[str]:
    """The innermost public voice of each appearance, each once."""
    found = (attribution.author(_voices(scene, row)) for row in scene.rows.appearances[scene.claim])
    return list(dict.fromkeys(voice.agent for voice in found if voice is not None and voice.agent is not None))


def appears_in(scene: Scene) -> list[str]:
    """The sources in which the claim stands, each once, in the order of the appearances."""
    sources = (scene.rows.passages[row.passage_id].source_id for row in scene.rows.appearances[scene.claim])
    return [iri for source in dict.fromkeys(sources) if (iri := scene.names.of("source", source))]


def date_published(scene: Scene) -> str | None:
    """The first day on which one of these sources was published, where a day is known."""
    passages = (scene.rows.passages[row.passage_id] for row in scene.rows.appearances[scene.claim])
    days = (day_of(scene.rows.sources[passage.source_id].published) for passage in passages)
    return min((day for day in days if day is not None), default=None)


def _appearance(scene: Scene, row: Appearance) -> Node:
    part = f"appearance-{row.number}"
    places = [
        scene.target(f"{part}-place-{place.number}", place.passage_id) for place in scene.rows.other_places[row.id]
    ]
    return present(
        {
            "@id": scene.names.part(part),
            "@type": ["Appearance", "Annotation"],
            "motivation": "identifying",
            "target": scene.target(part, row.passage_id),
            "quoteState": scene.rows.passages[row.passage_id].state,
            "certainty": row.certainty,
            "certaintyReason": scene.say(row.certainty_reason),
            "chain": [_link(scene, part, link) for link in scene.rows.links[row.id]],
            "otherPlaces": places,
        }
    )


def _link(scene: Scene, part: str, row: ChainLink) -> Node:
    hedges = scene.rows.link_hedges[row.id]
    return present(
        {
            "@id": scene.names.part(f"{part}-link-{row.number}"),
            "@type": "Link",
            "position": row.position,
            "name": scene.say(row.name),
            "unnamed": _is_unnamed(scene, row),
            "agent": _agent(scene, row),
            "role": row.role,
            "attitude": row.attitude,
            "factive": row.factive,
            "readByEditor": row.read_by_editor,
            "verb": scene.say(row.verb, row.verb_language),
            "inSource": scene.names.of("source", row.source_id),
            "statedOn": row.stated_on,
            "hedges": words((hedge.language, hedge.text) for hedge in hedges),
        }
    )


def _voices(scene: Scene, row: Appearance) -> list[attribution.Link]:
    return [
        attribution.Link(
            link.position,
            link.name,
            link.role,
            link.attitude,
            _agent(scene, link),
            _is_unnamed(scene, link),
            factive=link.factive,
            read_by_editor=link.read_by_editor,
        )
        for link in scene.rows.links[row.id]
    ]


def _agent(scene: Scene, row: ChainLink) -> str | None:
    return None if row.agent_id is None else scene.names.agent(scene.rows.agents[row.agent_id])


def _is_unnamed(scene: Scene, row: ChainLink) -> bool:
    """An agent that stands for “a source not named” is no agent of the document's."""
    agent = scene.rows.agents[row.agent_id] if row.agent_id else None
    return row.unnamed or (agent is not None and agent.kind == "unnamed")
