"""A knowledge base whose claims have figures: of a measure, of units without one, and of a claim that was withdrawn."""

from dataclasses import dataclass

from sqlalchemy import Engine

from kb.db import writing
from kb.projections.follow import catch_up
from tests.factories.claims import World, with_reply, withdrawn
from tests.factories.documents import Entity, topic
from tests.factories.figures import about, count, dated, figure, over
from tests.support.knowledge import Knowledge

SLUG = "height-of-mount-example"
LATER = "2026-11-29T09:00:00Z"


@dataclass(frozen=True)
class Measured:
    """Ids of the claims; `denied` has a reply, `gone` is withdrawn."""

    claim: str
    denied: str
    gone: str
    loose: str


def publish_figures(engine: Engine, known: Knowledge) -> Measured:
    """Adds the measure, a stock, and four claims to what is there."""
    world, press = known.world, known.world.press
    measure = press.name("topic", SLUG)
    made = topic(measure, "Height of Mount Example") | {"@type": ["Measure", "Concept"], "measureKind": "stock"}
    claim = _claim(world, "it is 4,807 metres high", measure, "1863")
    denied = with_reply(
        _claim(world, "it is higher than 4,900 metres", measure, "1863", over_it=True), world.person, "B."
    )
    gone = _claim(world, "it is 1 metre high", measure, "1863")
    loose = world.claim("many came")
    page = _page(loose)
    loose["figures"] = [
        over("600", "people", part=1, page=page),
        figure("many", "many", "people", part=2, page=page),
        *(count(str(n), "people", part=n, page=page, counted=f"people on day {n}") for n in range(3, 9)),
        dated("12 Dec.", "2019-12-12", part=20, page=page),
    ]
    with writing(engine) as session:
        press.publish(session, "topic", made, issued=LATER)
        for entity in (claim, denied, gone, loose):
            press.publish(session, "claim", entity, issued=LATER)
        press.publish(session, "claim", withdrawn(gone), "withdrawal", LATER)
    catch_up(engine)
    return Measured(*(press.ids[entity["@id"]] for entity in (claim, denied, gone, loose)))


def _claim(world: World, words: str, measure: str, year: str, *, over_it: bool = False) -> Entity:
    made = world.claim(words)
    page = _page(made)
    more = {"page": page, "measure": measure, "counted": "height above the sea"}
    own = (
        over("4900", "metres", part=1, period=year, **more)
        if over_it
        else count("4807", "metres", part=1, period=year, **more)
    )
    made["figures"] = [own]
    made["evidence"] = [
        made["evidence"][0]
        | {
            "figures": [
                count("4.807", "km", part=2, period=year, **more),
                about("4800", "metres", part=3, period=year, roundingStep="100", **more),
            ]
        },
        made["evidence"][1] | {"figures": [count("4810", "metres", part=4, period="2021", **more)]},
    ]
    return made


def _page(entity: Entity) -> str:
    return str(entity["@id"]).removesuffix("#it")
