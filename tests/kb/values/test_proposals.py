"""Figures proposed from a quote: what the words say, no bound more, and rather nothing than something wrong."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.values.figure import Figure, check_figure
from kb.values.proposals import LIMIT, MOST, ProposedFigure, propose, propose_dates

NUMBERS = ("value", "low", "low_inclusive", "high", "high_inclusive")
PIECES = (
    "over at least about between and to or more fewer than nearly up six hundred thousand million a dozen one two"
    " eighty-six 5 600 72,000 3.5 2017 % percent per cent km m metres people fake profiles , . - – ( ) $ £ + of the"
    " many much its almost all hundreds Dec. May 12 12th 1e400 NaN 9/11 10:30 ٣ \u00a0 \u2009 \u00ad e\u0301 🏔"
)
pieces = st.sampled_from(PIECES.split(" "))
quotes = st.lists(pieces, max_size=14).map(" ".join) | st.lists(pieces, max_size=14).map("".join) | st.text(max_size=60)


def told(one: ProposedFigure) -> tuple[Any, ...]:
    """What a case asserts: words, comparator, numbers, unit and what is counted."""
    numbers = {name: getattr(one, name) for name in ("value", "low", "high") if getattr(one, name) is not None}
    return one.raw, one.comparator, numbers, one.unit, one.counted


@pytest.mark.parametrize(
    ("quote", "figures"),
    [
        (
            "a network of over 600 fake profiles, pages, and accounts",
            [("over 600", "over", {"low": "600"}, "items", "fake profiles, pages, and accounts")],
        ),
        ("At least 60 users wrote", [("At least 60", "at_least", {"low": "60"}, "users", "users")]),
        ("some 72,000 followers", [("some 72,000", "about", {"value": "72000"}, "followers", "followers")]),
        ("removed 652 Pages", [("652", "exact", {"value": "652", "low": "652", "high": "652"}, "pages", "Pages")]),
        ("72\u2009000 members", [("72\u2009000", "exact", {"value": "72000"}, "members", "members")]),
        ("its 8\u00a0848\u00a0m was", [("8\u00a0848\u00a0m", "exact", {"value": "8848"}, "metres", None)]),
        ("six hundred seats", [("six hundred", "exact", {"value": "600"}, "seats", "seats")]),
        (
            "two million three hundred thousand and five votes",
            [
                (
                    "two million three hundred thousand and five",
                    "exact",
                    {"value": "2300005", "low": "2300005", "high": "2300005"},
                    "votes",
                    "votes",
                )
            ],
        ),
        ("more than a hundred miles", [("more than a hundred miles", "over", {"low": "100"}, "miles", None)]),
        ("nearly four metres", [("nearly four metres", "under", {"high": "4"}, "metres", None)]),
        ("up to 30 people", [("up to 30", "at_most", {"high": "30"}, "people", "people")]),
        ("60 or more users", [("60 or more", "at_least", {"low": "60"}, "users", "users")]),
        ("5 km or more", [("5 km or more", "at_least", {"low": "5"}, "kilometres", None)]),
        (
            "exactly 29,000 feet",
            [
                (
                    "exactly 29,000 feet",
                    "exact",
                    {"value": "29000", "low": "29000", "high": "29000"},
                    "feet",
                    None,
                )
            ],
        ),
        (
            "between 5 and 10 million voters",
            [
                (
                    "between 5 and 10 million",
                    "between",
                    {"low": "5000000", "high": "10000000"},
                    "voters",
                    "voters",
                )
            ],
        ),
        ("aged five to 11", [("five to 11", "between", {"low": "5", "high": "11"}, None, None)]),
        (
            "rose from 5% to 10%",
            [("5%", "exact", {"value": "5"}, "%", None), ("10%", "exact", {"value": "10"}, "%", None)],
        ),
        ("about 3.5 per cent of voters", [("about 3.5 per cent", "about", {"value": "3.5"}, "%", "voters")]),
        ("by 2 percentage points", [("2 percentage points", "exact", {"value": "2"}, "percentage points", None)]),
        ("cost £3.5bn", [("£3.5bn", "exact", {"value": "3500000000"}, "pounds", None)]),
        ("fell to \u22123.5 degrees", [("\u22123.5 degrees", "exact", {"value": "-3.5"}, "degrees", None)]),
        ("more than 2000 people", [("more than 2000", "over", {"low": "2000"}, "people", "people")]),
        ("many Gaza-based members", [("many", "many", {}, "members", "Gaza-based members")]),
        ("hundreds of thousands of jobs", [("hundreds of thousands", "many", {}, "jobs", "jobs")]),
        ("depends for much of its funding", [("much of its funding", "much", {}, "share", None)]),
        ("almost all of whose accounts", [("almost all", "almost_all", {}, "share", None)]),
    ],
)
def test_words_are_read_as_they_are_meant(quote: str, figures: list[tuple[Any, ...]]) -> None:
    assert [told(one) for one in propose(quote)] == figures


@pytest.mark.parametrize(
    "quote",
    [
        "This was turned down in 2009", "by 2017", "on Dec. 12", "the 12th of May", "12 December 2019", "2016–2020",
        "2019-12-04", "in the 1990s", "12/12/2019", "the 21st century", "May 17,2020", "2020 ballots",
        "Mission 1", "no. 1", "article 12(3)", "Article 12 (2) (a)", "COVID-19", "a Boeing 737", "9/11",
        "version 1.2.3",
        "at 10:30", "at 5 pm", "a 12-year-old", "a 5G tower", "1e400", "NaN", "Infinity", "+44 20-7946-0958",
        "the same two parties", "one of the largest", "two thirds of them", "one in five", "9 out of 10", "1/1024",
        "how many people", "so much of the day", "give or take 21 centimetres", "72.000 members", "5m people",
        "between 10 and 5 people", "about 5 to 10 people", "wins 3-1", "", "no number at all", "٣ people", "9" * 39,
    ],
)  # fmt: skip
def test_rather_nothing_than_something_wrong(quote: str) -> None:
    assert propose(quote) == []


def test_another_language_is_left_alone() -> None:
    assert propose("über 600 Profile im Jahr 2017", "de") == []
    assert propose_dates("im Jahr 2017", "de-at") == []
    assert [one.raw for one in propose("over 600 profiles", "en-gb")] == ["over 600"]


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("turned down in 2009", [("2009", "year", "2009")]),
        ("on 22 January 2009, and", [("22 January 2009", "date", "2009-01-22")]),
        ("December 12, 2019.", [("December 12, 2019", "date", "2019-12-12")]),
        ("in April 2012", [("April 2012", "date", "2012-04")]),
        ("from 2016–2020", [("2016–2020", "date", "2016/2020")]),
        ("the 1990s", [("1990s", "date", "199X")]),
        ("on Dec. 5", []),
        ("31 February 2019", []),
        ("more than 2000 people in 2017", [("2017", "year", "2017")]),
        ("2000 metres", []),
    ],
)
def test_dates_are_proposed_apart(quote: str, found: list[tuple[str, str, str]]) -> None:
    assert [(one.raw, one.unit, one.period) for one in propose_dates(quote)] == found


@given(quotes)
def test_whatever_is_proposed_is_a_whole_figure_at_its_place(quote: str) -> None:
    for one in propose(quote):
        assert quote[one.start : one.end] == one.raw
        numbers = {name: getattr(one, name) for name in NUMBERS}
        check_figure(Figure(raw=one.raw, comparator=one.comparator, unit=one.unit or "?", **numbers))
    for date in propose_dates(quote):
        assert quote[date.start : date.end] == date.raw


@pytest.mark.parametrize(
    "piece",
    ["9", "1,234", "1 ", "a ", "six hundred ", "million ", "1-", "1/", "(", "over ", "fake ", "2017 ", "May 1 "],
)
def test_a_flood_is_bounded(piece: str) -> None:
    quote = piece * (200_000 // len(piece))
    found = propose(quote)
    assert len(found) <= MOST
    assert all(one.end <= LIMIT for one in found)
    assert len(propose_dates(quote)) <= MOST


def _right(proposed: list[ProposedFigure], figure: dict[str, Any], begin: int | None) -> ProposedFigure | None:
    """The proposal with the figure's words, at its place where that is known."""
    own = [one for one in proposed if one.raw == figure["raw"]]
    return next((one for one in own if begin is None or one.start == figure["start"] - begin), None)


def _measure(links: list[dict[str, Any]]) -> tuple[int, int, int]:
    """How many figures stand in the quotes, how many are proposed rightly, and how many proposals are no figure."""
    there = right = proposals = 0
    for link in links:
        quote = link["quote"]
        proposed = propose(quote["exact"] if isinstance(quote, dict) else quote)
        figures = [one for one in link["figures"] if one["unit"] not in ("date", "year")]
        begin = quote["start"] if isinstance(quote, dict) else None
        found = [(one, _right(proposed, one, begin)) for one in figures]
        right += sum(made is not None and _means(made, one) for one, made in found)
        there, proposals = there + len(figures), proposals + len(proposed)
    return there, right, proposals - right


def _means(made: ProposedFigure, figure: dict[str, Any]) -> bool:
    value = None if figure["value"] is None else str(figure["value"])
    return (made.comparator, made.value) == (figure["comparator"], value)


@pytest.mark.corpus
def test_the_figures_of_the_corpus(shared: Path) -> None:
    claims = json.loads((shared / "seed" / "claims.json").read_text(encoding="utf-8"))["claims"]
    links = json.loads((shared / "seed" / "evidence.json").read_text(encoding="utf-8"))["evidence"]
    there, right, spurious = _measure(claims)
    assert (there, right, spurious) == (10, 10, 0)
    english = [one | {"figures": one.get("figures") or []} for one in links if (one["quote_language"] or "en") == "en"]
    there, right, spurious = _measure([one for one in english if one["quote"]])
    assert there >= 30
    assert right == there
    # A vote of 138 to 9, “four years”, “six women”: numbers indeed, which the editor did not need.
    assert spurious <= 5
