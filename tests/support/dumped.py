"""Files of a small log: a clock for them, one more entry, and what stands in their folder."""

from sqlalchemy import Engine

from kb.db import writing
from kb.projections.dumps.keeping import Dumps
from tests.factories.documents import page
from tests.support.knowledge import Knowledge

# Of `publish_knowledge`.
ENTRIES = 13


class Clock:
    """Stands still but when it is moved; each look at it may take time."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.step = 0.0

    def __call__(self) -> float:
        self.now += self.step
        return self.now


def publish_one_more(engine: Engine, kb: Knowledge, slug: str = "about") -> None:
    press = kb.world.press
    with writing(engine) as session:
        press.publish(session, "page", page(press.name("page", slug), "Invented"), issued="2026-11-28T09:00:00Z")


def folders(dumps: Dumps) -> list[str]:
    return sorted(one.name for one in dumps.folder.iterdir() if one.is_dir())
