"""What bears on a claim: evidence, what would settle it, and searches that found nothing usable."""

from kb.desk.tables import Evidence, OpenQuestion, Search
from kb.publish.compile.figures import figures
from kb.publish.compile.scene import Scene
from kb.publish.compile.shapes import Node, present


def evidence(scene: Scene) -> list[Node]:
    """In the order of their numbers."""
    return [_evidence(scene, row) for row in scene.rows.evidence[scene.claim]]


def open_questions(scene: Scene) -> list[Node]:
    return [_open_question(scene, row) for row in scene.rows.questions[scene.claim]]


def searches(scene: Scene) -> list[Node]:
    return [_search(scene, row) for row in scene.rows.searches[scene.claim]]


def _evidence(scene: Scene, row: Evidence) -> Node:
    part = f"evidence-{row.number}"
    explained = sorted(scene.rows.evidence_numbers[one.explained_id] for one in scene.rows.explains[row.id])
    return present(
        {
            "@id": scene.names.part(part),
            "@type": "Evidence",
            "stance": row.stance,
            "aspect": scene.aspect(row.aspect_id),
            "quoteState": scene.rows.passages[row.passage_id].state,
            "origin": scene.names.of("origin", row.origin_id),
            "sourceGrade": row.grade,
            "sourceGradeReason": scene.say(row.grade_reason),
            "target": scene.target(part, row.passage_id),
            "translation": scene.say(row.translation, row.translation_language),
            "strength": row.strength,
            "strengthReason": scene.say(row.strength_reason),
            "figures": figures(scene, row.id),
            "explains": [scene.names.part(f"evidence-{number}") for number in explained],
            "note": scene.say(row.note),
            "externalIds": scene.external(part),
        }
    )


def _open_question(scene: Scene, row: OpenQuestion) -> Node:
    part = f"open-{row.number}"
    return present(
        {
            "@id": scene.names.part(part),
            "@type": "OpenQuestion",
            "label": scene.say(row.label),
            "wouldSettle": scene.names.of("source", row.would_settle_id),
            "aspect": scene.aspect(row.aspect_id),
            "origin": scene.names.of("origin", row.origin_id),
            "sourceGrade": row.grade,
            "sourceGradeReason": scene.say(row.grade_reason),
            "externalIds": scene.external(part),
        }
    )


def _search(scene: Scene, row: Search) -> Node:
    part, passage = f"search-{row.number}", scene.passage(row.passage_id)
    return present(
        {
            "@id": scene.names.part(part),
            "@type": "Search",
            "description": scene.say(row.description),
            "outcome": row.outcome,
            "searchedIn": scene.say(row.searched_in),
            "searchedOn": row.searched_on,
            "foundSource": scene.names.of("source", passage.source_id if passage else None),
            "target": scene.target(part, row.passage_id),
            "quoteState": passage.state if passage else None,
            "aspect": scene.aspect(row.aspect_id),
            "origin": scene.names.of("origin", row.origin_id),
            "translation": scene.say(row.translation, row.translation_language),
            "sourceGrade": row.grade,
            "sourceGradeReason": scene.say(row.grade_reason),
            "note": scene.say(row.note),
            "externalIds": scene.external(part),
        }
    )
