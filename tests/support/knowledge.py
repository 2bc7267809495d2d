"""A small published knowledge base for tests that read: log, blobs and catalogue."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from kb.blobs import Blobs
from kb.db import writing
from kb.projections.follow import catch_up
from tests.factories.claims import World, with_reply, withdrawn
from tests.factories.documents import BASE, TEXT, Press


@dataclass
class Knowledge:
    """Ids are those of the records; `claim` has two versions, `denied` a reply, `gone` is withdrawn."""

    world: World
    blobs: Blobs
    claim: str
    denied: str
    gone: str

    @property
    def source(self) -> str:
        return self.world.press.ids[self.world.source]


def publish_knowledge(engine: Engine, folder: Path, base: str = BASE) -> Knowledge:
    """Thirteen editions of eleven records, and the catalogue caught up with them."""
    press = Press(base)
    world = World(press)
    blobs = Blobs(folder / "blobs")
    blobs.put(TEXT.encode())
    with writing(engine) as session:
        press.found(session)
        for kind, entity in world.entities():
            press.publish(session, kind, entity)
        first = world.claim("Mount Example was 4,807 metres high in 1863")
        denied = with_reply(world.claim("Bela Invented moved the summit"), world.person, "Bela Invented")
        denied |= {"relations": {"depends_on": [first["@id"]]}}
        gone = world.claim("Mount Example is the highest") | {"relations": {"same_event": [first["@id"]]}}
        for entity in (first, denied, gone):
            press.publish(session, "claim", entity)
        second = first | {"note": {"en": "Invented note."}}
        press.publish(session, "claim", second, "correction", "2026-11-26T09:00:00Z")
        press.publish(session, "claim", withdrawn(gone), "withdrawal", "2026-11-27T09:00:00Z")
    catch_up(engine)
    ids = [press.ids[entity["@id"]] for entity in (first, denied, gone)]
    return Knowledge(world, blobs, *ids)
