"""What one client may ask in a minute, and that remembering it takes bounded memory."""

from contextlib import suppress

import pytest

from app.public.sparql.allowance import AT_ONCE, ERRORS, MINUTE, SECONDS, Allowance
from app.web.errors import TooOften

ONE, OTHER = "192.0.2.1", "2001:db8::/64"


class Clock:
    """Shows what it was set to."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def allowance(clock: Clock) -> Allowance:
    return Allowance(clock, most=3)


def run(allowance: Allowance, client: str, seconds: float) -> None:
    with allowance.running(client) as spending:
        spending.seconds = seconds


def test_quick_queries_are_asked_without_end(allowance: Allowance) -> None:
    for _ in range(1_000):
        allowance.check(ONE)
        run(allowance, ONE, 0.001)


def test_the_time_of_a_minute_is_used_up_and_comes_again(allowance: Allowance, clock: Clock) -> None:
    run(allowance, ONE, SECONDS - 1)
    allowance.check(ONE)
    clock.now += 20
    run(allowance, ONE, 1)
    with pytest.raises(TooOften, match="30 seconds") as caught:
        allowance.check(ONE)
    assert caught.value.retry_after == MINUTE - 20
    allowance.check(OTHER)
    clock.now += caught.value.retry_after
    allowance.check(ONE)
    run(allowance, ONE, 1)
    allowance.check(ONE)


def test_thirty_errors_are_enough_for_a_minute(allowance: Allowance, clock: Clock) -> None:
    for _ in range(ERRORS):
        allowance.check(ONE)
        allowance.failed(ONE)
    with pytest.raises(TooOften, match="30 of your queries"):
        allowance.check(ONE)
    clock.now += MINUTE - 0.5
    with pytest.raises(TooOften) as caught:
        allowance.check(ONE)
    assert caught.value.retry_after == 1
    clock.now += 1
    allowance.check(ONE)
    allowance.failed(ONE)
    allowance.check(ONE)


def test_two_run_at_once(allowance: Allowance) -> None:
    with allowance.running(ONE), allowance.running(ONE):
        with pytest.raises(TooOften, match=f"{AT_ONCE} of your queries") as caught, allowance.running(ONE):
            pytest.fail("a third query runs")
        assert caught.value.retry_after == 1
        with allowance.running(OTHER):
            pass
    with allowance.running(ONE):
        pass


def test_a_query_that_fails_is_no_longer_running_and_costs_its_time(allowance: Allowance, clock: Clock) -> None:
    for _ in range(AT_ONCE + 1):
        with suppress(ZeroDivisionError), allowance.running(ONE):
            clock.now += SECONDS / 3
            raise ZeroDivisionError
    with pytest.raises(TooOften):
        allowance.check(ONE)


def test_a_minute_that_ends_while_a_query_runs_does_not_forget_it(allowance: Allowance, clock: Clock) -> None:
    with allowance.running(ONE):
        clock.now += MINUTE
        with allowance.running(ONE), pytest.raises(TooOften), allowance.running(ONE):
            pytest.fail("a third query runs")


def test_whoever_has_had_much_is_known(allowance: Allowance, clock: Clock) -> None:
    assert not allowance.has_had_much(ONE)
    with allowance.running(ONE) as spending:
        spending.seconds = 0.01
        assert allowance.has_had_much(ONE)
    assert not allowance.has_had_much(ONE)
    run(allowance, ONE, 5)
    assert allowance.has_had_much(ONE)
    assert not allowance.has_had_much(OTHER)
    clock.now += MINUTE
    assert not allowance.has_had_much(ONE)


def test_no_more_clients_are_remembered_than_may(allowance: Allowance) -> None:
    with allowance.running("busy"):
        for number in range(100):
            allowance.failed(f"client {number}")
            assert len(allowance) <= 3
        with allowance.running("busy"), pytest.raises(TooOften), allowance.running("busy"):
            pytest.fail("whoever has a query running was forgotten")
    # Whoever asked last is remembered.
    for _ in range(ERRORS - 1):
        allowance.failed("client 99")
    with pytest.raises(TooOften):
        allowance.check("client 99")


def test_asking_alone_takes_no_memory(allowance: Allowance) -> None:
    for number in range(100):
        allowance.check(f"client {number}")
    assert len(allowance) == 0
