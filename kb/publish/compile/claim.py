"""A claim with all that hangs on it."""

from collections.abc import Mapping, Sequence

from kb.publish.compile.appearances import appearances, appears_in, authors, date_published
from kb.publish.compile.assessment import assessment
from kb.publish.compile.claim_rows import ClaimRows
from kb.publish.compile.evidence import evidence, open_questions, searches
from kb.publish.compile.figures import figures
from kb.publish.compile.names import Names
from kb.publish.compile.persons import concerns, mentions, replies
from kb.publish.compile.scene import Scene
from kb.publish.compile.shapes import Node, present, words

# Type of relation → the ids of the claims related to.
Relations = Mapping[str, Sequence[str]]


def claim_entity(rows: ClaimRows, claim: str, base: str, publisher: str, relations: Relations) -> Node:
    """What is not there yet is left out; the gate says what is lacking."""
    scene = Scene(claim, Names(base, f"claims/{claim}"), rows.records[claim].language, publisher, rows)
    row = rows.claims[claim]
    entity = present(
        {
            "@id": scene.names.it,
            "@type": ["Claim", "CreativeWork"],
            **{field: _texts(scene, field) for field in ("statement", "question", "title")},
            "claimType": row.claim_type,
            "commitment": row.commitment,
            "checkability": row.checkability,
            "checkabilityReason": scene.say(row.checkability_reason),
            "hedges": _words(scene, "hedge"),
            "boosters": _words(scene, "booster"),
            "topics": _topics(scene),
            "author": authors(scene),
            "datePublished": date_published(scene),
            "appearsIn": appears_in(scene),
            "mentions": mentions(scene),
            "concerns": concerns(scene),
            "aspects": _aspects(scene),
            "appearances": appearances(scene),
            "figures": figures(scene),
            "evidence": evidence(scene),
            "openQuestions": open_questions(scene),
            "searches": searches(scene),
            "replies": replies(scene),
            "noReplyFoundOn": row.no_reply_found_on,
            "note": scene.say(row.note),
            "relations": _relations(scene, relations),
            "externalIds": scene.external(""),
        }
    )
    return entity | present({"assessment": assessment(scene, entity)})


def _texts(scene: Scene, field: str) -> dict[str, str]:
    return {row.language: row.text for row in scene.rows.texts[scene.claim] if row.field == field}


def _words(scene: Scene, kind: str) -> dict[str, list[str]]:
    return words((row.language, row.text) for row in scene.rows.words[scene.claim] if row.kind == kind)


def _topics(scene: Scene) -> list[str]:
    slugs = sorted(scene.rows.slugs[row.topic_id] for row in scene.rows.topics[scene.claim])
    return [iri for slug in slugs if (iri := scene.names.of("topic", slug))]


def _aspects(scene: Scene) -> list[Node]:
    return [
        present(
            {
                "@id": scene.names.part(f"aspect-{row.number}"),
                "@type": "Aspect",
                "code": row.code,
                "label": scene.say(row.label),
                "main": row.main,
                "externalIds": scene.external(f"aspect-{row.number}"),
            }
        )
        for row in scene.rows.aspects[scene.claim]
    ]


def _relations(scene: Scene, relations: Relations) -> dict[str, list[str]]:
    found = {
        kind: sorted(iri for target in targets if (iri := scene.names.of("claim", target)))
        for kind, targets in relations.items()
    }
    return {kind: found[kind] for kind in sorted(found) if found[kind]}
