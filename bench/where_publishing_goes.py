"""Where the time of publishing goes, an edition in CPU milliseconds: `python -m bench.where_publishing_goes --data D`.

It takes a copy of the knowledge base (SQLite), takes the log of the copy back to its set-up, and publishes its records
anew, so that those of a finished knowledge base can be measured again. The data folder itself is only read.
"""

import argparse
import json
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from functools import wraps
from pathlib import Path
from time import process_time
from typing import Any

from sqlalchemy import Engine

from kb.db import open_engine, writing
from kb.desk.actors import LOCAL_OPERATOR
from kb.documents.canonical import canonical
from kb.documents.envelope import seal
from kb.documents.graph import quads_of
from kb.log.append import append_all
from kb.log.series import latest_of
from kb.projections.follow import catch_up, prepare
from kb.publish.changes import PublishEntry
from kb.publish.compile.record import compile_many
from kb.publish.compile.rows import fetch
from kb.publish.found import PAGES
from kb.publish.gate import gate
from kb.publish.publish import publish
from kb.publish.survey import published_by_all
from kb.settings import Settings

# What is measured: each without the others that it calls.
PARTS: Mapping[str, tuple[Callable[..., Any], ...]] = {
    "load": (fetch, latest_of),
    "compile": (compile_many,),
    "check": (gate, seal),
    "canonical": (canonical,),
    "quads": (quads_of,),
    "append": (append_all,),
}
REST, CATALOGUE = "rest", "catalogue"
# The foundation, the desk's own agent, and its pages.
AT_SET_UP = 2 + len(PAGES)
DATABASE = "claimbase.db"


class Clock:
    """CPU seconds by part. Only the innermost part runs; outside of all it is the rest."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys((*PARTS, REST), 0.0)
        self._open = [REST]
        self._since = process_time()

    def enter(self, part: str) -> None:
        self._settle()
        self._open.append(part)

    def leave(self) -> None:
        self._settle()
        self._open.pop()

    def start(self) -> None:
        self._since = process_time()

    def _settle(self) -> None:
        now = process_time()
        self.seconds[self._open[-1]] += now - self._since
        self._since = now

    def around(self, part: str, call: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(call)
        def timed(*args: Any, **more: Any) -> Any:
            self.enter(part)
            try:
                return call(*args, **more)
            finally:
                self.leave()

        return timed


def where_publishing_goes(data: Path, records: int | None = None) -> dict[str, Any]:
    """`ms` by part, an edition; `records`: no more than so many, in the order of publishing."""
    with tempfile.TemporaryDirectory(dir=data.parent) as folder:
        _copy(data / DATABASE, Path(folder) / DATABASE)
        # Said in full, lest an address in the environment lead to another database.
        engine = open_engine(Settings(data=Path(folder), database_url=f"sqlite:///{folder}/{DATABASE}"))
        try:
            return _measured(engine, records)
        finally:
            engine.dispose()


def _measured(engine: Engine, records: int | None) -> dict[str, Any]:
    prepare(engine)
    catch_up(engine)
    with writing(engine) as session:
        wanted = published_by_all(session)[:records]
    clock = Clock()
    with ExitStack() as stack:
        for part, calls in PARTS.items():
            for call in calls:
                stack.enter_context(_put(call, clock.around(part, call)))
        clock.start()
        made = publish(engine, LOCAL_OPERATOR, wanted, PublishEntry(unreviewed="For a measurement."))
        clock.enter(REST)
    started = process_time()
    catch_up(engine)
    editions = len(made.published)
    ms = {part: round(1000 * seconds / max(editions, 1), 3) for part, seconds in clock.seconds.items()}
    applied = round(1000 * (process_time() - started) / max(editions, 1), 3)
    return {"editions": editions, "publish": round(sum(ms.values()), 3), CATALOGUE: applied, "ms": ms}


@contextmanager
def _put(call: Callable[..., Any], instead: Callable[..., Any]) -> Iterator[None]:
    """For a while, wherever the function stands under its name."""
    modules = [module for name, module in sys.modules.items() if name.startswith("kb.")]
    places = [module for module in modules if vars(module).get(call.__name__) is call]
    for module in places:
        setattr(module, call.__name__, instead)
    try:
        yield
    finally:
        for module in places:
            setattr(module, call.__name__, call)


def _copy(source: Path, target: Path) -> None:
    """The database with a log that ends where set-up ended."""
    reading = closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True))
    with reading as given, closing(sqlite3.connect(target)) as made:
        given.backup(made)
        triggers = made.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            made.execute(f'DROP TRIGGER "{name}"')
        made.execute("DELETE FROM edition WHERE seq >= ?", (AT_SET_UP,))
        end = "SELECT seq, leaf_hash, issued FROM edition WHERE seq = ?"
        made.execute(f"UPDATE log_head SET (seq, leaf_hash, time) = ({end})", (AT_SET_UP - 1,))
        for _, sql in triggers:
            made.execute(sql)
        made.commit()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the data folder of a knowledge base on SQLite")
    parser.add_argument("--records", type=int, help="publish no more than so many")
    given = parser.parse_args()
    print(json.dumps(where_publishing_goes(given.data.resolve(), given.records), indent=1))


if __name__ == "__main__":
    main()
