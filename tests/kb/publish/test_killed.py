"""A process that is killed in the act of publishing leaves whole groups and nothing else, on both databases."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from kb.db import writing
from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.agents import change_agent, find_agent
from kb.desk.history import PUBLISH
from kb.desk.sources import change_source, find_source
from kb.desk.tables import History
from kb.desk.topics import TopicEntry, change_topic, find_topic
from kb.log.read import head
from kb.publish import plan
from kb.publish.changes import PublishEntry
from kb.publish.ground import read_ground
from kb.publish.session import working
from kb.publish.survey import published_by_all
from kb.settings import Settings
from tests.factories import desk
from tests.factories.whole import Whole
from tests.support.publish_killed import FIVE, SMALL
from tests.support.publishing import editions, proven, put_out

ROOT = Path(__file__).parents[3]
# Between any two of the five calls, in the first group and in a later one; around a commit that matters.
ROUNDS = [
    ("require", 1, "after"),
    ("compile", 1, "after"),
    ("gate", 1, "after"),
    ("append", 1, "after"),
    ("note", 1, "after"),
    ("append", 3, "before"),
    ("gate", 2, "after"),
    ("note", 4, "after"),
    ("commit", 4, "before"),
    ("commit", 4, "after"),
]
EVERY = [(call, nth, moment) for call in (*FIVE, "commit") for nth in range(1, 7) for moment in ("before", "after")]


@pytest.fixture
def small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "BATCH", SMALL)


def planned(engine: Engine) -> list[list[str]]:
    """The groups that the child will seal."""
    with writing(engine) as session:
        ground, wanted = read_ground(session), published_by_all(session)
    entry = PublishEntry(unreviewed="x")
    return plan.make_plan(lambda: working(engine, None), ground, wanted, entry).groups


def edit(engine: Engine, drafts: Whole, turn: int) -> None:
    """Something to publish in several groups."""
    with writing(engine) as session:
        for one in (drafts.carla, drafts.paper):
            change_agent(session, LOCAL_OPERATOR, find_agent(session, one.id), desk.agent_entry(f"Name {turn}"))
        for one in (drafts.walking, drafts.walkers):
            row = find_topic(session, one.id)
            entry = TopicEntry(slug=row.slug, label=f"Topic {turn}", measure_kind=row.measure_kind)
            change_topic(session, LOCAL_OPERATOR, row, entry)
        for source in (drafts.copy, drafts.record):
            change_source(session, LOCAL_OPERATOR, find_source(session, source.id), desk.source_entry(f"Title {turn}"))


def child(settings: Settings, *how: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.support.publish_killed", settings.model_dump_json(), *map(str, how)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def check(engine: Engine, settings: Settings, before: int, groups: list[list[str]], said: str) -> bool:
    """Whole groups in their order, each with all that belongs to it; nothing acknowledged is lost. True where done."""
    assert proven(settings) == (count := len(editions(engine)))
    made = [one.record for one in editions(engine)[before:]]
    while made:
        group = groups.pop(0)
        assert made[: len(group)] == group
        made = made[len(group) :]
    lines = said.split()
    assert count - before >= max((int(line) for line in lines if line != "done"), default=0)
    with writing(engine) as session:
        noted = session.scalar(select(func.count()).select_from(History).where(History.verb == PUBLISH))
        assert (noted, head(session).seq) == (count, count - 1)
    assert (lines[-1:] == ["done"]) <= (groups == [])
    return lines[-1:] == ["done"]


def run(engine: Engine, settings: Settings, drafts: Whole, rounds: list[tuple[str, int, str]]) -> int:
    killed = 0
    for turn, how in enumerate(rounds):
        edit(engine, drafts, turn)
        groups, before = planned(engine), len(editions(engine))
        with child(settings, *how) as process:
            said, _ = process.communicate(timeout=120)
        killed += not check(engine, settings, before, groups, said)
        assert process.returncode in (0, -9)
    put_out(engine)
    assert put_out(engine).published == []
    proven(settings)
    return killed


@pytest.mark.usefixtures("small_groups")
def test_killed_between_any_two_calls(engine: Engine, settings: Settings, drafts: Whole) -> None:
    assert run(engine, settings, drafts, ROUNDS) == len(ROUNDS)


@pytest.mark.slow
@pytest.mark.usefixtures("small_groups")
def test_killed_at_each_call(engine: Engine, settings: Settings, drafts: Whole) -> None:
    put_out(engine)
    assert run(engine, settings, drafts, EVERY) > len(EVERY) / 2


@pytest.mark.slow
@pytest.mark.usefixtures("small_groups")
@pytest.mark.parametrize("seed", range(2))
def test_killed_at_any_moment(engine: Engine, settings: Settings, drafts: Whole, seed: int) -> None:
    chance = random.Random(seed)
    for turn in range(20):
        edit(engine, drafts, turn)
        groups, before = planned(engine), len(editions(engine))
        with child(settings, "append", 1_000, "before") as process:
            time.sleep(chance.uniform(0.4, 1.6))
            process.kill()
            said, _ = process.communicate(timeout=120)
        check(engine, settings, before, groups, said)
    put_out(engine)
    assert put_out(engine).published == []
