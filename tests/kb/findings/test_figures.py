"""Two figures beside each other: comparable or not and why, and what comes of their numbers."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from kb.documents.figure import Figure
from kb.findings.figures import Reason, beside, compare, conversions
from kb.findings.sides import Numbers
from tests.factories.figures import about, count, dated, figure, over
from tests.support.editions import corpus

Node = dict[str, Any]
MANY = figure("many", "many")


@pytest.mark.parametrize("node", [count("652"), over("600"), about("72000"), dated("Dec. 12", "2019-12-12"), MANY])
def test_the_figures_of_these_tests_are_figures(node: Node) -> None:
    TypeAdapter(Figure).validate_python(node)


# One case for each reason, and each with the numbers that would otherwise agree.
NOT_COMPARABLE = {
    Reason.DATE: (dated("2019", "2019"), count("2019")),
    Reason.SHARE: (count("21", "percent"), count("21")),
    Reason.UNIT: (count("652", "followers"), count("652", "members")),
    Reason.DEFINITION: (count("652", counted="pages"), count("652", counted="groups")),
    Reason.NOT_SAID: (count("652"), count("652", counted=None)),
    Reason.SCOPE: (count("652", scope="Gaza"), count("652")),
    Reason.PERIOD: (count("652", period="2017"), count("652", period="2018-08-21")),
    Reason.BOUNDS: (MANY, count("652")),
}


@pytest.mark.parametrize("reason", Reason)
def test_each_reason_is_given(reason: Reason) -> None:
    made = compare(*NOT_COMPARABLE[reason])
    assert reason in made.reasons
    assert not made.comparable
    assert made.finding is None


def test_only_the_reason_that_there_is() -> None:
    for reason in (Reason.DEFINITION, Reason.NOT_SAID, Reason.SCOPE, Reason.PERIOD, Reason.BOUNDS, Reason.DATE):
        assert compare(*NOT_COMPARABLE[reason]).reasons == (reason,)
    assert compare(*NOT_COMPARABLE[Reason.UNIT]).reasons == (Reason.UNIT,)


def test_findings_in_words() -> None:
    assert compare(over("600"), count("652")).finding == "agree within their bounds"
    assert compare(over("600"), count("601")).finding == "agree within their bounds"
    assert compare(over("600"), count("600")).finding == "conflict"
    assert compare(about("72000", roundingStep="1000"), count("71640")).finding == "differ by rounding"
    assert compare(about("72000", roundingStep="1000"), count("652")).finding == "conflict"
    assert compare(over("600", unit="items"), count("284", unit="accounts")).finding == "differ by definition"


def test_about_without_a_step_can_be_held_to_nothing() -> None:
    made = compare(about("72000"), count("71640"))
    assert (made.reasons, made.numbers) == ((Reason.BOUNDS,), Numbers.UNKNOWN)
    assert compare(about("72000"), count("72000")).finding == "agree within their bounds"


def test_marks_and_case_are_no_other_definition_and_other_words_are() -> None:
    quoted = count("652", counted="“pages, groups, and accounts” on Facebook")
    assert compare(quoted, count("652", counted="Pages, groups and accounts on Facebook.")).comparable
    reordered = compare(quoted, count("652", counted="Pages, accounts, and groups on Facebook"))
    assert (reordered.reasons, reordered.numbers) == ((Reason.DEFINITION,), Numbers.AGREE)


def test_one_measure_is_one_definition_however_it_is_put() -> None:
    measure = {"measure": "http://localhost:8000/topics/heights#it"}
    one, other = (
        count("4807", "metres", counted="height", **measure),
        count("4807", "metres", counted="Höhe", **measure),
    )
    assert compare(one, other).comparable


def test_a_flow_needs_equal_periods_and_a_stock_overlapping_ones() -> None:
    year, month = count("9", period="2019"), count("9", period="2019-12")
    assert compare(year, month, "stock").comparable
    assert compare(year, month, "stock").caveats == ("their times overlap and are not the same",)
    assert compare(year, month, "flow").reasons == (Reason.PERIOD,)


def test_what_is_not_said_shuts_nothing_out_and_is_named() -> None:
    made = compare(count("9", period="2019", countedBy="police"), count("9"))
    assert made.comparable
    assert made.caveats == ("when is not said of both", "who counted is not the same")


def test_two_parties_that_count_one_thing_are_a_conflict() -> None:
    made = compare(count("10000", countedBy="the police"), count("50000", countedBy="the organisers"))
    assert made.finding == "conflict"
    assert made.caveats == ("when is not said of both", "who counted is not the same")


def test_units_are_made_one_only_with_a_formula() -> None:
    made = compare(count("4.807", "km"), count("4807", "metres"))
    assert (made.finding, made.conversions) == ("agree within their bounds", ("1 km = 1000 metres",))
    made = compare(count("21", "percent"), count("0.21", "fraction"))
    assert (made.finding, made.conversions) == ("agree within their bounds", ("1 percent = 0.01 of one",))
    made = compare(count("72", "thousand people"), count("72000"))
    assert (made.finding, made.conversions) == ("agree within their bounds", ("1 thousand people = 1000 people",))
    made = compare(count("29002", "feet"), count("8839.8096", "metres"))
    assert (made.finding, made.conversions) == ("agree within their bounds", ("1 foot = 0.3048 metres",))
    assert compare(count("5771", "acres"), count("23.4", "km²")).finding == "conflict"
    assert compare(count("652", "km"), count("652", "people")).numbers is Numbers.UNKNOWN
    assert conversions([count("1", "km"), count("2", "km")]) == ()


def test_dates_fit_where_they_may_share_a_day() -> None:
    year = dated("1998", "1998")
    assert compare(year, dated("17 July 1998", "1998-07-17")).numbers is Numbers.AGREE
    assert compare(year, dated("1 July 2002", "2002-07-01")).numbers is Numbers.APART
    assert compare(year, dated("some day", "XXXX")).numbers is Numbers.UNKNOWN


def test_others_of_one_outcome_stand_together_and_comparable_ones_first() -> None:
    others = [count("284", "accounts"), count("652"), MANY, count("783")]
    made = beside(over("600"), others)
    assert [(pair.comparable, places) for pair, places in made] == [(True, [1, 3]), (False, [0]), (False, [2])]


NUMBERS = st.integers(-(10**6), 10**6).map(str) | st.decimals("-1000", "1000", places=3, allow_nan=False).map(
    lambda number: f"{number:f}"
)
UNITS = st.sampled_from(["people", "followers", "km", "metres", "percent", "fraction", "thousand people"])


@st.composite
def figures(draw: st.DrawFn) -> Node:
    """With a number, or bounds; from one to all of the other fields."""
    low, high = sorted((draw(NUMBERS), draw(NUMBERS)), key=float)
    ends = draw(st.sampled_from(["exact", "over", "under", "between", "about"]))
    shape: Node = {
        "exact": {"value": low, "low": low, "high": low},
        "over": {"low": low},
        "under": {"high": low},
        "between": {"low": low, "high": high},
        "about": {"value": low},
    }[ends]
    more = {
        "period": draw(st.none() | st.sampled_from(["2017", "2018-08-21", "2019~", "../2018", "XXXX"])),
        "counted": draw(st.none() | st.sampled_from(["pages", "groups"])),
        **{key: draw(st.sampled_from(["a", "b"])) for key in ("scope", "countedBy") if draw(st.booleans())},
    }
    if draw(st.booleans()):
        more["roundingStep"] = draw(st.sampled_from(["1", "0.5", "1000"]))
    return figure(low, ends, draw(UNITS), **shape, **more)


@given(figures(), figures())
def test_comparing_is_symmetric(one: Node, other: Node) -> None:
    assert compare(one, other) == compare(other, one)


@given(figures())
def test_a_figure_agrees_with_itself(one: Node) -> None:
    made = compare(one, one)
    assert made.numbers is Numbers.AGREE
    assert made.comparable is ("counted" in one)
    assert "who counted is not the same" not in made.caveats


@given(figures(), figures(), st.integers(0, 1000), st.integers(0, 1000))
def test_wider_bounds_never_make_a_conflict(one: Node, other: Node, down: int, up: int) -> None:
    before = compare(one, other)
    wider = {key: str(int(float(one[key])) - 1 - down) for key in ("low",) if key in one}
    wider |= {key: str(int(float(one[key])) + 1 + up) for key in ("high",) if key in one}
    after = compare(one | wider, other)
    # Wider bounds may be met where narrower ones could be held to nothing; no other reason goes by the numbers.
    assert {*before.reasons} - {*after.reasons} <= {Reason.BOUNDS}
    assert {*after.reasons} <= {*before.reasons}
    order = [Numbers.APART, Numbers.ROUNDING, Numbers.AGREE]
    if before.numbers in order:
        assert order.index(after.numbers) >= order.index(before.numbers)


@pytest.mark.corpus
def test_every_pair_of_the_corpus_can_be_looked_at(shared: Path) -> None:
    seen = 0
    for made in corpus(shared):
        entity = made.document["mainEntity"]
        every = [*entity.get("figures", ()), *(f for e in entity.get("evidence", ()) for f in e.get("figures", ()))]
        for one in every:
            seen += 1
            assert sum(len(places) for _, places in beside(one, every)) == len(every)
    assert seen > 10
