"""The files are kept up with the log: made where it has moved, not too often, one process at a time."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from kb.projections.dumps.keeping import GRACE, SOONEST, TIMES, Dumps
from kb.projections.dumps.manifest import NAME
from kb.settings import Settings
from tests.support.dumped import ENTRIES, Clock, folders, publish_one_more
from tests.support.dumps_killed import MOMENTS
from tests.support.knowledge import Knowledge
from tests.support.removed import remove
from tests.support.statements import Statements


def test_the_first_look_makes_them_and_the_next_has_nothing_to_do(dumps: Dumps) -> None:
    assert dumps.newest() is None
    assert dumps.why
    assert dumps.look() == ENTRIES
    assert dumps.why == ""
    found = dumps.newest()
    assert found is not None
    assert found.seq == ENTRIES - 1
    assert dumps.look() == 0
    assert dumps.newest() == found


def test_they_are_not_made_too_often(engine: Engine, kb: Knowledge, dumps: Dumps, clock: Clock) -> None:
    clock.step = 1
    dumps.look()
    took = 1
    clock.step = 0
    publish_one_more(engine, kb)
    assert dumps.look() == 0
    clock.now += max(SOONEST, TIMES * took) - 1
    assert dumps.look() == 0
    clock.now += 1
    assert dumps.look() == ENTRIES + 1


def test_a_making_that_takes_no_time_is_still_followed_by_a_pause(
    engine: Engine, kb: Knowledge, dumps: Dumps, clock: Clock
) -> None:
    dumps.look()
    publish_one_more(engine, kb)
    clock.now += SOONEST - 1
    assert dumps.look() == 0
    clock.now += 1
    assert dumps.look() == ENTRIES + 1


def test_what_is_redacted_is_gone_at_once(engine: Engine, kb: Knowledge, dumps: Dumps) -> None:
    dumps.look()
    remove(engine, kb)
    assert dumps.look() == ENTRIES + 1


def test_a_look_with_nothing_to_do_asks_little(
    readers: Engine, dumps: Dumps, statements: Callable[[Engine], Statements]
) -> None:
    dumps.look()
    with statements(readers) as seen:
        dumps.look()
    assert len(seen) <= 4


def test_whoever_is_about_to_open_a_file_still_finds_it(
    engine: Engine, kb: Knowledge, dumps: Dumps, clock: Clock
) -> None:
    dumps.look()
    before = dumps.newest()
    assert before is not None
    publish_one_more(engine, kb)
    clock.now += SOONEST
    with dumps.place(before, "all.nq.gz").open("rb") as download:
        first = download.read(10)
        dumps.look()
        assert len(folders(dumps)) == 2
        assert dumps.look() == 0
        assert len(folders(dumps)) == 2
        long_ago = (dumps.folder / NAME).stat().st_mtime - GRACE
        os.utime(dumps.folder / NAME, (long_ago, long_ago))
        dumps.look()
        assert len(folders(dumps)) == 1
        assert len(first + download.read()) == before.files[8].bytes
    assert before.files[8].name == "all.nq.gz"


def test_whoever_stops_it_leaves_nothing_behind(dumps: Dumps) -> None:
    dumps.stop()
    assert dumps.look() == 0
    assert folders(dumps) == []


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_an_error_on_the_way_leaves_what_was_there(dumps: Dumps, error: type[BaseException]) -> None:
    dumps.look()
    before = dumps.newest()

    def progress(done: int, _last: int) -> None:
        if done == 5:
            raise error

    with pytest.raises(error):
        dumps.make(progress)
    assert (dumps.newest(), len(folders(dumps))) == (before, 1)


def test_only_one_makes_them_at_a_time(dumps: Dumps, readers: Engine) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def progress(_done: int, _last: int) -> None:
        reached.set()
        go_on.wait(60)

    first = threading.Thread(target=dumps.make, args=(progress,))
    first.start()
    assert reached.wait(60)
    other = Dumps(readers, dumps.folder)
    try:
        assert other.look() == 0
        with pytest.raises(BlockingIOError):
            other.make(lambda _done, _last: None, wait=False)
        other.clear()
        assert len(folders(dumps)) == 1
    finally:
        go_on.set()
        first.join()
    assert dumps.newest() is not None
    assert other.make(lambda _done, _last: None).seq == ENTRIES - 1


def test_what_is_not_ours_is_left_alone(dumps: Dumps) -> None:
    (dumps.folder / "notes").mkdir(parents=True)
    (dumps.folder / "12-old").mkdir()
    dumps.look()
    assert "notes" in folders(dumps)
    assert "12-old" not in folders(dumps)


def test_killed_anywhere_the_old_or_the_new_is_there(settings: Settings, kb: Knowledge) -> None:
    command = [sys.executable, "-m", "tests.support.dumps_killed", settings.model_dump_json()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["moment"] for one in told] == list(MOMENTS)
    for one in told:
        assert one["killed"], one
        assert one["is_there"], one
        # A file that had not reached the disk would have to be made again by the next to look.
        assert one["looked"] == 0, one
        assert one["folders"] == 1, one
    assert [one["moment"] for one in told if not one["is_old"]] == ["sync 21", "after the switch"]
