"""What is wrong with a query is shown where it is, and whoever wrote it learns what to do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.public.sparql.faults import AFTER, BEFORE, LONGEST, Place, fault_of, place_of
from kb.projections.triples.problems import BadQuery, Busy, NotAnswered, Off, Stopped, TooMuch

QUERY = "SELECT ?x\nWHERE { ?s ?p }\n\t?tab \u4e2d\u6587 e\u0301 end"


@pytest.mark.parametrize(
    ("line", "column", "place"),
    [
        (2, 15, Place("WHERE { ?s ?p }", "              ^")),
        (1, 1, Place("SELECT ?x", "^")),
        (1, 10, Place("SELECT ?x", "         ^")),
        (1, 999, Place("SELECT ?x", "         ^")),
        # A tab stays one; a wide letter is as wide as a wide space, and a mark above a letter has no width.
        (3, 13, Place("\t?tab \u4e2d\u6587 e\u0301 end", "\t     \u3000\u3000   ^")),
        (4, 1, None),
        (0, 1, None),
        (None, None, None),
    ],
)
def test_the_caret_stands_below_the_place(line: int | None, column: int | None, place: Place | None) -> None:
    assert place_of(QUERY, line, column) == place


def test_a_browser_sends_two_characters_at_the_end_of_a_line() -> None:
    assert place_of("ASK\r\n{ !", 2, 3) == Place("{ !", "  ^")


@given(st.text("abc ", max_size=300), st.integers(1, 400))
def test_of_a_long_line_that_part_is_shown(line: str, column: int) -> None:
    place = place_of(line, 1, column)
    assert place is not None
    assert len(place.line) <= BEFORE + AFTER + 2
    at = min(column - 1, len(line))
    shown = place.line[len(place.caret) - 1 :].removesuffix("…" if len(line) > at + AFTER else "")
    assert line[at:].startswith(shown)
    assert place.line.startswith("…") == (at > BEFORE)


def test_the_list_of_what_might_stand_there_is_the_engines_and_has_an_end() -> None:
    fault = fault_of(BadQuery("No.", line=1, column=2, expected="x" * 5_000), "ASK")
    assert fault.is_of_query
    assert fault.expected == "x" * LONGEST + "…"
    assert fault_of(NotAnswered("SERVICE is not answered.", line=1, column=2), "ASK").expected == ""


@pytest.mark.parametrize(
    ("problem", "step", "to_data"),
    [
        (Stopped("It took 10 s.", cause="time"), "LIMIT 10", True),
        (Stopped("It took 1 GB.", cause="memory"), "multiplied", True),
        (TooMuch("Too many rows.", limit="rows"), "OFFSET", True),
        (Busy("All are taken.", retry_after=1), "in a second", False),
        (Busy("All are taken.", retry_after=7), "in 7 seconds", False),
    ],
)
def test_there_is_a_way_on(problem: Stopped | TooMuch | Busy, step: str, to_data: bool) -> None:
    fault = fault_of(problem, QUERY)
    assert any(step in one for one in fault.steps)
    assert fault.to_data is to_data
    assert fault.place is None
    assert not fault.is_of_query


def test_where_nothing_is_answered_there_are_the_dumps() -> None:
    assert fault_of(Off("No."), QUERY).to_data
    assert fault_of(Stopped("The client went.", cause="cancelled"), QUERY).steps == ()
