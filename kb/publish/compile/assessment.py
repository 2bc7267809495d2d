"""The assessment of a claim: verdicts as given, and all that is computed from them and from the evidence."""

from dataclasses import dataclass

from kb.desk.tables import Assessment
from kb.documents import addresses
from kb.documents.assessment import BEST, RATINGS, WORST
from kb.documents.label import verdict_label
from kb.publish.compile.scene import Scene
from kb.publish.compile.shapes import Node, present
from kb.values import grades, origins, rollup


@dataclass(frozen=True)
class _Counted:
    """A piece of evidence as the rules of counting want it."""

    stance: str
    grade: str
    quote_state: str
    origin: str
    aspect: int


def assessment(scene: Scene, entity: Node) -> Node | None:
    """None where there is none yet. `entity` holds what the label needs: aspects, persons concerned, replies."""
    row = scene.rows.assessments.get(scene.claim)
    if row is None:
        return None
    part, items = f"assessment-{row.number}", _evidence(scene)
    made = present(
        {
            "@id": scene.names.part(part),
            "@type": ["Assessment", "ClaimReview"],
            "author": [scene.publisher],
            "url": scene.names.page,
            "claimReviewed": entity.get("question"),
            "assessedOn": row.assessed_on,
            "reason": scene.say(row.reason),
            "confidence": row.confidence,
            "band": grades.band(row.confidence),
            "confidenceReason": scene.say(row.confidence_reason),
            "overrideReason": scene.say(row.override_reason),
            "wouldChange": scene.say(row.would_change),
            "method": addresses.version_iri(scene.names.base, "method", row.method_version),
            "independentOrigins": origins.independent_origins(items),
            "seenEvidence": origins.seen_evidence(items),
            "aspectVerdicts": _verdicts(scene, part),
        }
    )
    return made | _rolled_up(scene, row, entity | {"assessment": made})


def _evidence(scene: Scene) -> list[_Counted]:
    return [
        _Counted(row.stance, row.grade, scene.rows.passages[row.passage_id].state, row.origin_id, row.aspect_id)
        for row in scene.rows.evidence[scene.claim]
    ]


def _verdicts(scene: Scene, part: str) -> list[Node]:
    return [
        present(
            {
                "@id": scene.names.part(f"{part}-aspect-{aspect.number}"),
                "@type": "AspectVerdict",
                "aspect": scene.aspect(aspect.id),
                "verdict": row.verdict,
                "confidence": row.confidence,
                "band": grades.band(row.confidence),
                "reason": scene.say(row.reason),
            }
        )
        for aspect in scene.rows.aspects[scene.claim]
        if (row := scene.rows.verdicts.get(aspect.id)) is not None
    ]


def _rolled_up(scene: Scene, row: Assessment, entity: Node) -> Node:
    """Headline, failing aspects, rating and label; nothing while a main aspect has no verdict."""
    main = [aspect for aspect in scene.rows.aspects[scene.claim] if aspect.main]
    given = [scene.rows.verdicts.get(aspect.id) for aspect in main]
    verdicts = [one.verdict for one in given if one is not None]
    if not main or len(verdicts) != len(main):
        return {}
    computed = rollup.roll_up(verdicts)
    verdict = row.override_verdict or computed
    iris = [scene.names.part(f"aspect-{aspect.number}") for aspect in main]
    judged = {
        "computedVerdict": computed,
        "verdict": verdict,
        "failing": [iri for iri, _ in rollup.failing(list(zip(iris, verdicts, strict=True)))],
    }
    label = verdict_label(entity | {"assessment": entity["assessment"] | judged})
    return present(judged | {"rating": _rating(scene, f"assessment-{row.number}", verdict, label)})


def _rating(scene: Scene, part: str, verdict: str, label: str) -> Node:
    value = RATINGS.get(verdict)
    bounds = {} if value is None else {"ratingValue": value, "bestRating": BEST, "worstRating": WORST}
    # The words of labels are English, as the lists that they come from.
    return {"@id": scene.names.part(f"{part}-rating"), "@type": "Rating", "ratingLabel": {"en": label}, **bounds}
