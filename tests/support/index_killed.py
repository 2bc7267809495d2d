"""A process that keeps an index on disk and is killed in the act.

`python -m tests.support.index_killed SETTINGS_JSON FOLDER`: goes on from what is there or builds, follows the log
to its end an entry at a time with a generation after each, and prints "begun" at first and "done" at last.
"""

import sys
from pathlib import Path

from kb.db import open_reading_engine, reading
from kb.projections.triples.disk.home import DiskHome
from kb.projections.triples.feed import entries
from kb.settings import Settings
from tests.factories.documents import BASE
from tests.support.index_on_disk import sessions_of


def main(settings: str, folder: str) -> None:
    engine = open_reading_engine(Settings.model_validate_json(settings))
    home = DiskHome(Path(folder), BASE)
    print("begun", flush=True)
    with reading(engine) as session:
        usable = home.usable(session) is not None
    if not usable:
        print(f"anew, since {home.why}", flush=True)
        home.discard()
        home.build(sessions_of(engine), lambda _done, _of: None, lambda: False)
    while True:
        with reading(engine) as session:
            batch = entries(session, BASE, home.seq, 1)
            if not batch:
                break
            home.follow(batch)
            home._next_generation = 0.0
            home.generation(session)
    print("done", flush=True)
    home.close()
    engine.dispose()


if __name__ == "__main__":
    main(*sys.argv[1:])
