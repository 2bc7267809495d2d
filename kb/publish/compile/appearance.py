"""Where a claim stands, and the chain through which it reaches us."""

from kb.desk.tables import Appearance, ChainLink
from kb.publish.compile.known import Known
from kb.publish.compile.passage import target
from kb.publish.compile.rows import ClaimRows
from kb.publish.compile.words import Node, listed, said, whole
from kb.values import attribution


def appearances(rows: ClaimRows, page: str, known: Known) -> list[Node]:
    return [_appearance(rows, page, row, known) for row in rows.appearances]


def chain_author(rows: ClaimRows, known: Known) -> str | None:
    """The claim's author by its first appearance: the innermost public voice that does more than publish."""
    if not rows.appearances:
        return None
    links = [
        attribution.Link(
            position=link.position,
            name=link.name,
            role=link.role,
            attitude=link.attitude,
            agent=link.agent_id,
            unnamed=link.unnamed,
            read_by_editor=link.read_by_editor,
            public=known.agent(link.agent_id) is not None,
        )
        for link in rows.shared.links.get(rows.appearances[0].id, [])
    ]
    found = attribution.author(links)
    return known.agent(found.agent) if found else None


def _appearance(rows: ClaimRows, page: str, row: Appearance, known: Known) -> Node:
    part, shared = f"appearance-{row.number}", rows.shared
    passage = shared.passages[row.passage_id]
    places = shared.other_places.get(row.id, [])
    return whole(
        {
            "@id": f"{page}#{part}",
            "@type": ["Appearance", "Annotation"],
            "motivation": "identifying",
            "quoteState": passage.state,
            "certainty": row.certainty,
            "certaintyReason": said(row.certainty_reason, rows.record.language),
            "target": target(page, part, passage, shared.snapshots, known),
            "otherPlaces": [
                target(page, f"{part}-place-{place.number}", shared.passages[place.passage_id], shared.snapshots, known)
                for place in places
            ],
            "chain": [_link(rows, f"{page}#{part}-link-{link.number}", link, known) for link in shared.links[row.id]],
        }
    )


def _link(rows: ClaimRows, iri: str, row: ChainLink, known: Known) -> Node:
    return whole(
        {
            "@id": iri,
            "@type": "Link",
            "position": row.position,
            "name": said(row.name, rows.record.language),
            "unnamed": row.unnamed,
            "agent": known.agent(row.agent_id),
            "role": row.role,
            "verb": said(row.verb, row.verb_language),
            "factive": row.factive,
            "attitude": row.attitude,
            "inSource": known.source(row.source_id),
            "statedOn": row.stated_on,
            "readByEditor": row.read_by_editor,
            "hedges": listed((hedge.text, hedge.language) for hedge in rows.shared.hedges.get(row.id, [])),
        }
    )
