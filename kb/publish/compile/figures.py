"""Figures of a claim and of its evidence, as printed and as read."""

from kb.desk.tables import Figure
from kb.publish.compile.scene import Scene
from kb.publish.compile.shapes import Node, period, present


def figures(scene: Scene, evidence: int | None = None) -> list[Node]:
    """Those of a piece of evidence, by its row, or the claim's own; in the order of their numbers."""
    return [_figure(scene, row) for row in scene.rows.figures[scene.claim] if row.evidence_id == evidence]


def _figure(scene: Scene, row: Figure) -> Node:
    part, names = f"figure-{row.number}", scene.names
    measure = scene.rows.slugs[row.measure_id] if row.measure_id else None
    counter = scene.rows.agents[row.counted_by_agent_id] if row.counted_by_agent_id else None
    return present(
        {
            "@id": names.part(part),
            "@type": ["Figure", "Observation"],
            "asPrinted": scene.say(row.raw, row.raw_language),
            "comparator": row.comparator,
            "value": row.value,
            "low": row.low,
            "lowInclusive": row.low_inclusive,
            "high": row.high,
            "highInclusive": row.high_inclusive,
            "unit": scene.say(row.unit),
            "counted": scene.say(row.counted),
            "measure": names.of("topic", measure),
            "scope": scene.say(row.scope),
            "aspect": scene.aspect(row.aspect_id),
            "roundingStep": row.rounding_step,
            "period": period(names.part(f"{part}-period"), row.period) if row.period else None,
            "periodNote": scene.say(row.period_note),
            "countedBy": scene.say(row.counted_by),
            "countedByAgent": names.agent(counter),
            "shareOf": _share_of(scene, row),
            "anchor": _anchor(scene, part, row),
            "note": scene.say(row.note),
            "externalIds": scene.external(part),
        }
    )


def _share_of(scene: Scene, row: Figure) -> str | None:
    whole = next((one for one in scene.rows.figures[scene.claim] if one.id == row.share_of_id), None)
    return None if whole is None else scene.names.part(f"figure-{whole.number}")


def _anchor(scene: Scene, part: str, row: Figure) -> Node | None:
    if row.start_at is None:
        return None
    place = {"@id": scene.names.part(f"{part}-position"), "@type": "TextPositionSelector"}
    return place | {"start": row.start_at, "end": row.end_at}
