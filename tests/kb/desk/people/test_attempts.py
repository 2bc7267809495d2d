"""Limits on attempts: counted over all processes, exactly, and forgotten in time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from kb.db import open_engine
from kb.desk.attempts import FETCHES, Limit, TooMany, begin_attempt, note_attempt, take_back, too_many
from kb.desk.chance import working
from kb.desk.tables import Attempt
from kb.settings import Settings
from tests.factories.people import Desk

THREE = Limit(3, 15)


def begin(desk: Desk, *whos: str, what: str = "sign_in", limit: Limit = THREE) -> list[int]:
    with working(desk.engine, desk.clock) as session:
        return begin_attempt(session, what, whos, limit)


def test_so_many_and_then_a_wait(desk: Desk) -> None:
    begin(desk, "ann")
    desk.clock.move(minutes=5)
    begin(desk, "ann")
    begin(desk, "ann")
    for _ in range(3):
        with pytest.raises(TooMany) as caught:
            begin(desk, "ann")
        assert caught.value.seconds == 600
        assert "10 minutes" in str(caught.value)
    begin(desk, "ben")
    begin(desk, "ann", what="fetch")
    desk.clock.move(seconds=599)
    with pytest.raises(TooMany, match="a minute"):
        begin(desk, "ann")
    desk.clock.move(seconds=1)
    begin(desk, "ann")
    with pytest.raises(TooMany):
        begin(desk, "ann")


def test_one_who_had_too_many_stops_the_others_from_being_noted(desk: Desk) -> None:
    for _ in range(3):
        begin(desk, "ann")
    with pytest.raises(TooMany):
        begin(desk, "here", "ann")
    with working(desk.engine, desk.clock) as session:
        assert session.scalar(select(func.count()).select_from(Attempt)) == 3


def test_taken_back(desk: Desk) -> None:
    for _ in range(5):
        notes = begin(desk, "ann", "here")
        with working(desk.engine, desk.clock) as session:
            take_back(session, notes)
    begin(desk, "ann", "here")


def test_two_engines_share_one_limit(desk: Desk, settings: Settings) -> None:
    other = Desk(open_engine(settings), desk.clock)
    for turn in (desk, other, desk):
        begin(turn, "ann")
    for turn in (desk, other):
        with pytest.raises(TooMany):
            begin(turn, "ann")
    other.engine.dispose()


def test_many_at_one_moment_are_counted_like_many_in_a_row(desk: Desk) -> None:
    def attempt(number: int) -> bool:
        whos = ("ann", "here") if number % 2 else ("here", "ann")
        try:
            begin(desk, *whos)
        except TooMany:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(24))) == THREE.most


def test_who_it_was_is_not_kept_and_nothing_is_kept_for_long(desk: Desk) -> None:
    begin(desk, "ann")
    with working(desk.engine, desk.clock) as session:
        assert "ann" not in session.scalars(select(Attempt.who)).one()
    desk.clock.move(minutes=61)
    begin(desk, "ben")
    with working(desk.engine, desk.clock) as session:
        assert session.scalar(select(func.count()).select_from(Attempt)) == 1


def test_fetches_are_sixty_an_hour(desk: Desk) -> None:
    with working(desk.engine, desk.clock) as session:
        for _ in range(60):
            assert too_many(session, "fetch", "ann", FETCHES) == 0
            note_attempt(session, "fetch", "ann")
        assert too_many(session, "fetch", "ann", FETCHES) == 3600


def test_clock_of_the_system_is_the_default(desk: Desk) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    with working(desk.engine, None) as session:
        note_attempt(session, "fetch", "ann")
        noted = datetime.fromisoformat(session.scalars(select(Attempt.happened_at)).one())
    assert before <= noted <= datetime.now(UTC)
