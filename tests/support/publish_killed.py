"""A process that publishes and is killed in the act: before or after the Nth of the calls that publishing makes.

`python -m tests.support.publish_killed SETTINGS_JSON CALL NTH MOMENT`: CALL is one of the five, or `commit`; MOMENT is
`before` or `after`. After each group it prints how many editions are acknowledged, and at the end "done".
"""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine

from kb.db import open_engine
from kb.desk.actors import LOCAL_OPERATOR
from kb.publish import group, plan
from kb.publish.changes import PublishEntry
from kb.publish.publish import publish
from kb.settings import Settings

# Groups of a few, so that there are several of them.
SMALL = 3
# Names in `kb.publish.group`: what a conductor calls, one after the other.
FIVE = {"require": "require", "compile": "compile_group", "gate": "open_gate", "append": "append_all", "note": "note"}


def main(settings: str, call: str, nth: str, moment: str) -> None:
    engine = open_engine(Settings.model_validate_json(settings))
    trigger = Trigger(int(nth), moment)
    if call == "commit":
        arm_commit(engine, trigger)
    else:
        wrapped = trigger.around(getattr(group, FIVE[call]))
        setattr(group, FIVE[call], wrapped)
    plan.BATCH = SMALL
    entry = PublishEntry(unreviewed="Killed for a test.")
    publish(engine, LOCAL_OPERATOR, None, entry, progress=lambda done, _total: print(done, flush=True))
    print("done", flush=True)
    engine.dispose()


class Trigger:
    """Kills this very process at the Nth call."""

    def __init__(self, nth: int, moment: str) -> None:
        self.left = nth
        self.moment = moment

    def around(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*args: Any, **more: Any) -> Any:
            self.left -= 1
            self._fire("before")
            answer = call(*args, **more)
            self._fire("after")
            return answer

        return wrapped

    def _fire(self, moment: str) -> None:
        if self.left == 0 and self.moment == moment:
            os.kill(os.getpid(), signal.SIGKILL)


def arm_commit(engine: Engine, trigger: Trigger) -> None:
    """Around the database's own commit."""
    commit = engine.dialect.do_commit
    engine.dialect.do_commit = trigger.around(commit)  # type: ignore[method-assign]


if __name__ == "__main__":
    main(*sys.argv[1:])
