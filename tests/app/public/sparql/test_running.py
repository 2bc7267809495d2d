"""Runs that are given up, whose fault an error is, and who is one client."""

from collections.abc import Iterator

import pytest
from starlette.requests import Request

from app.public.sparql.running import Run, client, is_own_making
from app.web.bodies import WrongType
from app.web.errors import TooOften
from kb.errors import Problem, Refused
from kb.projections.triples.limits import Limits
from kb.projections.triples.problems import BadQuery, Busy, NotAnswered, NotReady, Off, Stopped, TooLong, TooMuch
from kb.projections.triples.question import Question
from tests.support.endpoint import Endpoint, Opened, opened_endpoint


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    with opened_endpoint(tmp_path_factory.mktemp("running"), Limits()) as found:
        with Endpoint(found.base) as endpoint:
            endpoint.wait()
        yield found


def test_a_run_can_be_given_up_before_the_index_has_heard_of_it(opened: Opened) -> None:
    run = Run(opened.index, Question("ASK {}", "json"), -1, "")
    run.cancel()
    with pytest.raises(Stopped) as caught:
        run()
    assert caught.value.cause == "cancelled"


def test_a_run_that_is_over_is_given_up_without_harm(opened: Opened) -> None:
    run = Run(opened.index, Question("ASK {}", "json"), -1, "")
    answer = run()
    run.cancel()
    assert answer.body == b'{"head":{},"boolean":true}'


@pytest.mark.parametrize(
    ("problem", "own"),
    [
        (BadQuery("x"), True),
        (NotAnswered("x"), True),
        (TooLong("x"), True),
        (TooMuch("x", limit="rows"), True),
        (Stopped("x", cause="time"), True),
        (Stopped("x", cause="memory"), True),
        (Stopped("x", cause="crash"), True),
        (Stopped("x", cause="lost"), False),
        (Stopped("x", cause="cancelled"), False),
        (Busy("x", retry_after=1), False),
        (NotReady("x", retry_after=1), False),
        (TooOften("x", retry_after=1), False),
        (Off("x"), False),
        (Refused("x"), False),
        (WrongType("x"), False),
    ],
)
def test_only_what_a_query_makes_itself_is_held_against_it(problem: Problem, own: bool) -> None:
    assert is_own_making(problem) is own


def test_a_network_of_ipv6_is_one_client() -> None:
    addresses = ("2001:db8::1", "2001:db8::2", "2001:db8:0:1::1", "192.0.2.1")
    requests = [Request({"type": "http", "headers": [], "client": (address, 1)}) for address in addresses]
    assert [client(request) for request in requests] == [
        "2001:db8::/64",
        "2001:db8::/64",
        "2001:db8:0:1::/64",
        "192.0.2.1",
    ]
    assert client(Request({"type": "http", "headers": []})) == ""
