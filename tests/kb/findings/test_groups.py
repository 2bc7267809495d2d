"""Many figures at once: the same finding as pair by pair, in one pass."""

from itertools import combinations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kb.findings.figures import Reason, compare
from kb.findings.groups import comparable, nearest, together
from kb.findings.sides import Numbers
from tests.factories.figures import about, count, dated, figure, over
from tests.kb.findings.test_figures import figures

Node = dict[str, Any]


def test_findings_of_a_group() -> None:
    fits = together([over("600"), count("652"), count("652")])
    assert (fits.finding, fits.between, fits.loose) == ("agree within their bounds", None, ())
    apart = together([over("600"), count("652"), count("783")])
    assert (apart.finding, apart.between) == ("conflict", (2, 1))
    near = together([count("71640"), about("72000", roundingStep="1000"), count("71640")])
    assert (near.finding, near.between) == ("differ by rounding", (1, 0))


def test_what_has_no_bounds_is_named_and_held_against_nothing() -> None:
    made = together([count("652"), about("700"), count("652"), figure("many", "many")])
    assert (made.finding, made.loose) == ("agree within their bounds", (1, 3))
    made = together([count("652"), about("700")])
    assert (made.finding, made.between) == (None, None)
    assert together([count("652"), figure("many", "many")]).finding is None
    assert together([]).finding is None


def test_dates_are_held_against_each_other_too() -> None:
    assert together([dated("1998", "1998"), dated("17 July", "1998-07-17")]).finding == "agree within their bounds"
    assert together([dated("1998", "1998"), dated("2002", "2002"), dated("", "XXXX")]).finding == "conflict"


def test_groups_are_of_figures_that_are_all_comparable() -> None:
    some = [count("1"), count("2", "members"), count("3"), count("4", "members", counted="others", scope="Gaza")]
    assert comparable(some) == [[0, 2], [1], [3]]
    assert nearest(some, 3) == (1, (Reason.DEFINITION, Reason.SCOPE))
    assert nearest(some[:1], 0) is None


def test_overlapping_times_are_one_group_only_where_all_overlap() -> None:
    some = [count("1", period="2018/2019"), count("2", period="2018"), count("3", period="2019"), count("4")]
    assert comparable(some) == [[0, 1, 3], [2]]
    assert comparable(some, "flow") == [[0], [1], [2], [3]]


def test_what_is_not_said_to_be_the_same_makes_no_group() -> None:
    assert comparable([count("1", counted=None), count("1", counted=None)]) == [[0], [1]]


@given(st.lists(figures(), min_size=2, max_size=6))
def test_the_same_as_pair_by_pair(some: list[Node]) -> None:
    alike = [one | {"unit": {"en": "people"}} for one in some]
    pairs = {compare(one, other).numbers for one, other in combinations(alike, 2)}
    made = together(alike)
    if pairs == {Numbers.AGREE}:
        assert made.numbers is Numbers.AGREE
    if made.numbers is Numbers.APART:
        assert Numbers.APART in pairs
    if Numbers.APART in pairs:
        assert made.numbers is Numbers.APART
    if made.between:
        first, second = (alike[place] for place in made.between)
        assert compare(first, second).numbers in (Numbers.APART, Numbers.ROUNDING)
