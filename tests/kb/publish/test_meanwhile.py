"""What others do while a call of publish is under way: nothing half, nothing twice, and what changed is said."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from kb.db import writing
from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.agents import change_agent, find_agent, remove_agent
from kb.desk.assessments import find_assessment, remove_assessment
from kb.publish import group, plan
from kb.publish.publish import PublishEntry, publish
from kb.publish.receipt import Receipt
from kb.settings import Settings
from tests.factories import desk
from tests.factories.whole import Whole
from tests.support.publishing import UNREVIEWED, editions, founded, latest, made_of, proven, put_out

AT_SET_UP = 6


@pytest.fixture(autouse=True)
def _small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "BATCH", 2)


def interrupted(engine: Engine, act: Callable[[], None]) -> Receipt:
    """Publish everything, and do something once the first group is sealed."""
    todo = [act]

    def progress(_done: int, _total: int | None) -> None:
        while todo:
            todo.pop()()

    entry = PublishEntry(unreviewed=UNREVIEWED)
    return publish(engine, LOCAL_OPERATOR, None, entry, progress=progress)


def test_a_draft_that_no_longer_passes_is_refused(engine: Engine, settings: Settings, drafts: Whole) -> None:
    def unjudge() -> None:
        with writing(engine) as session:
            assessment = find_assessment(session, drafts.claim.id)
            assert assessment is not None
            remove_assessment(session, LOCAL_OPERATOR, assessment)

    receipt = interrupted(engine, unjudge)
    assert "assessment" in [one.where for one in receipt.refused[drafts.claim.id]]
    assert len(receipt.published) == proven(settings) - AT_SET_UP < 11


def test_what_goes_with_it_waits_too(engine: Engine, settings: Settings) -> None:
    founded(engine, settings)
    with writing(engine) as session:
        first, _, third, fourth = (desk.agent(session, f"Agent {n}").id for n in range(4))

    def remove() -> None:
        with writing(engine) as session:
            remove_agent(session, LOCAL_OPERATOR, find_agent(session, third))

    receipt = interrupted(engine, remove)
    assert {one: told[0].what.partition(" ")[0] for one, told in receipt.refused.items()} == {
        third: "It",
        fourth: "What",
    }
    assert first in [one.id for one in receipt.published]
    assert made_of(put_out(engine)) == [(fourth, 1, "new")]
    proven(settings)


def test_what_is_sealed_is_what_stands_then(engine: Engine, drafts: Whole) -> None:
    def rename() -> None:
        with writing(engine) as session:
            change_agent(session, LOCAL_OPERATOR, find_agent(session, drafts.carla.id), desk.agent_entry("Renamed"))

    receipt = interrupted(engine, rename)
    assert receipt.refused == {}
    assert "Renamed" not in str(latest(engine, drafts.carla.id).document)
    assert made_of(put_out(engine)) == [(drafts.carla.id, 2, "update")]


def test_many_at_once_make_each_edition_once(engine: Engine, settings: Settings, drafts: Whole) -> None:
    with ThreadPoolExecutor(4) as pool:
        receipts = list(pool.map(lambda _turn: put_out(engine, drafts.claim.id), range(4)))
    made = [one.id for receipt in receipts for one in receipt.published]
    assert len(made) == len(set(made)) == 11
    for receipt in receipts:
        assert receipt.refused == {}
        assert {one.id for one in receipt.published} | set(receipt.unchanged) >= {drafts.claim.id}
    assert {one.version for one in editions(engine)} == {1}
    assert proven(settings) == AT_SET_UP + 11


@pytest.mark.parametrize("call", ["compile_group", "open_gate", "append_all", "note"])
def test_what_fails_leaves_nothing_of_its_group(
    engine: Engine, settings: Settings, drafts: Whole, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    original, calls = getattr(group, call), []

    def failing(*args: object, **more: object) -> object:
        calls.append(call)
        if len(calls) == 3:
            raise OSError("no space left on the device")
        return original(*args, **more)

    monkeypatch.setattr(group, call, failing)
    with pytest.raises(OSError, match="no space"):
        put_out(engine)
    monkeypatch.undo()
    assert proven(settings) < AT_SET_UP + 11
    assert put_out(engine).refused == {}
    assert proven(settings) == AT_SET_UP + 11
