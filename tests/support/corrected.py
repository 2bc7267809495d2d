"""A claim with a life: three corrections, a withdrawal and a restoration, and other records that were corrected."""

import copy
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from kb.db import writing
from kb.projections.follow import catch_up
from tests.factories.claims import with_reply, withdrawn
from tests.factories.documents import Entity, en
from tests.support.knowledge import Knowledge

DENIAL = "Bela Invented denies it."
# The versions in their order: kind and day of each.
LIFE = (
    ("new", "2026-12-01T09:00:00Z"),
    ("correction", "2026-12-02T09:00:00Z"),
    ("correction", "2026-12-05T09:00:00Z"),
    ("correction", "2026-12-15T08:00:00Z"),
    ("withdrawal", "2026-12-16T09:00:00Z"),
    ("restoration", "2026-12-17T09:00:00Z"),
)
HOSTILE = "<script>alert(1)</script> & “more”"


@dataclass(frozen=True)
class Corrected:
    """`claim` has the six versions of LIFE; `source` is the address of a source with a clarification."""

    claim: str
    source: str

    @property
    def page(self) -> str:
        return f"/claims/{self.claim}"


def correct(engine: Engine, known: Knowledge) -> Corrected:
    """Eight more editions: the claim's six, of which the first also drags nothing along, and two of a source."""
    world, press = known.world, known.world.press
    first = with_reply(world.claim("Bela Invented moved the border stones"), world.person, "Bela Invented")
    states = [first, _reworded(first), _reclassed(first), _contradicted(first)]
    states += [withdrawn(states[-1]), states[-1]]
    iri = world.source
    with writing(engine) as session:
        for entity, (change, issued) in zip(states, LIFE, strict=True):
            press.publish(session, "claim", entity, change, issued)
        held = dict(press.current[iri].entity)
        press.publish(session, "source", held | {"note": en(HOSTILE)}, "clarification", "2026-12-18T09:00:00Z")
    catch_up(engine)
    return Corrected(press.ids[first["@id"]], iri.removeprefix(press.base).removesuffix("#it"))


def _changed(entity: Entity) -> Any:
    return copy.deepcopy(entity)


def _reworded(first: Entity) -> Entity:
    """Version 2: another reason, another confidence, a note in Arabic."""
    made = _changed(first)
    made["assessment"] |= {"reason": en("Invented reason, and a better one."), "confidence": "0.85"}
    made["note"] = {"ar": "ملاحظة مخترعة"}
    return made


def _reclassed(first: Entity) -> Entity:
    """Version 3: a piece of evidence is re-classed, another one comes, a figure too."""
    made = _changed(_reworded(first))
    page = made["@id"].removesuffix("#it")
    made["evidence"][0] |= {"stance": "qualifies"}
    another = _changed(made["evidence"][1])
    for node in (another, another["target"], another["target"]["state"], *another["target"]["selector"]):
        node["@id"] = node["@id"].replace("evidence-2", "evidence-3")
    made["evidence"].append(another)
    made["assessment"]["seenEvidence"] = 3
    made["figures"] = [
        {
            "@id": f"{page}#figure-1",
            "@type": ["Figure", "Observation"],
            "asPrinted": en("about 20"),
            "comparator": "about",
            "unit": en("stones"),
            "value": "20",
            "period": {
                "@id": f"{page}#figure-1-period",
                "@type": "Period",
                "edtf": "1863",
                "startDate": "1863-01-01",
                "endDate": "1863-12-31",
            },
        }
    ]
    return made


def _contradicted(first: Entity) -> Entity:
    """Version 4: the height does not hold either, the period was wrong, the added evidence goes."""
    made = _changed(_reclassed(first))
    page = made["@id"].removesuffix("#it")
    judged = made["assessment"]
    judged |= {"verdict": "contradicted", "computedVerdict": "contradicted", "seenEvidence": 2}
    judged["aspectVerdicts"][0] |= {"verdict": "contradicted"}
    judged["failing"] = [f"{page}#aspect-1", f"{page}#aspect-2"]
    judged["rating"] |= {"ratingLabel": en(f"Contradicted. {DENIAL}"), "ratingValue": 1}
    made["figures"][0]["period"] |= {"edtf": "1863-03/1864-03", "startDate": "1863-03-01", "endDate": "1864-03-31"}
    del made["evidence"][2]
    return made
