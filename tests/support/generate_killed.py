"""A process that generates a corpus and is killed in the act: before or after the Nth of its commits.

`python -m tests.support.generate_killed NTH MOMENT WORD…`: MOMENT is `before` or `after`, the words are those behind
`claimbase generate`; with 0 nothing is killed. Chunks and groups are small, so that a small corpus has several of
them, and there are few hubs.
"""

import sys
from dataclasses import replace

from sqlalchemy.engine.default import DefaultDialect

from app.cli.commands import run
from kb.imports.generated import profiles
from kb.imports.generated.shapes import MEASURES
from kb.publish import plan
from tests.support.publish_killed import Trigger

FEW = {"persons": 3, "bodies": 3, "themes": len(MEASURES)}
SMALL = {
    "light": replace(profiles.LIGHT, chunk=4, article=2, hub_sources=2, hub_origins=2, **FEW),
    "seed": replace(profiles.SEED, chunk=4, article=2, **FEW),
}
GROUP = 8


def make_small() -> None:
    profiles.PROFILES.update(SMALL)
    plan.BATCH = GROUP


def main(nth: str, moment: str, *words: str) -> int:
    make_small()
    trigger = Trigger(int(nth), moment)
    DefaultDialect.do_commit = trigger.around(DefaultDialect.do_commit)  # type: ignore[method-assign]
    sys.argv[1:] = ["generate", *words]
    return run()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
