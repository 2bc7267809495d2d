"""A process that appends to the log: several of them at once show whether an acknowledged edition can be lost.

`python -m tests.support.log_writer SETTINGS_JSON NUMBER COUNT ABORT`: prints each edition after its commit.
"""

import random
import sys

from sqlalchemy import Engine

from kb.db import open_engine, writing
from kb.log import read
from kb.log.append import lock_head
from kb.settings import Settings
from tests.factories.documents import START, Press, page

# Every writer adds to the first; each has one of its own beside it.
COMMON = "common"


class Aborted(Exception):
    """A publish that fails after the append."""


def main(settings: str, number: str, count: str, abort: str) -> None:
    """COUNT publishes, of which a share of ABORT is rolled back."""
    engine = open_engine(Settings.model_validate_json(settings))
    chance = random.Random(int(number))
    for turn in range(int(count)):
        slug = COMMON if turn % 2 else f"own-{number}"
        try:
            print(publish(engine, slug, aborted=chance.random() < float(abort)), flush=True)
        except Aborted:
            continue
    engine.dispose()


def publish(engine: Engine, slug: str, *, aborted: bool = False, now: str = START) -> str:
    """One more version of the page with this slug: "seq record version digest" once it is committed."""
    press = Press()
    record = press.adopt(f"{press.base}{slug}#it", sum(map(ord, slug)))
    with writing(engine) as session:
        end = lock_head(session)
        before = read.latest(session, record)
        if before:
            press.last[record] = (before.version, before.digest)
        entity = page(f"{press.base}{slug}#it", f"Page {slug}")
        change = "update" if before else "new"
        row = press.publish(session, "page", entity, change, max(now, end.time or now))
        if aborted:
            raise Aborted
        return f"{row.seq} {row.record} {row.version} {row.digest}"


if __name__ == "__main__":
    main(*sys.argv[1:])
