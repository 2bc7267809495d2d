"""Figures on a claim's page: rows, tracks on one scale, and what comes of them in words."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.views.evidence import Point
from app.web.views.figures import FigureGroup, figures
from app.web.views.tracks import Scale, Track, scale_of
from kb.findings.spans import Span
from tests.factories.figures import about, count, dated, figure, over

Node = dict[str, Any]


def point(number: int, *nodes: Node, counts: bool = True) -> Point:
    stance = "supports" if counts else "same_origin"
    evidence = {"stance": stance, "quoteState": "recorded", "sourceGrade": "B", "figures": list(nodes)}
    return Point(evidence, number, f"evidence-{number}", stance, {})


def one_group(own: list[Node], *points: Point) -> FigureGroup:
    found = figures({"figures": own}, points)
    assert len(found) == 1
    return found[0]


def facebook() -> FigureGroup:
    """The figures of the 2018 removal, shortened."""
    pages = {"counted": "Pages, groups and accounts"}
    return one_group(
        [over("600", "items", part=1, period="2017")],
        point(1, count("652", "items", part=2, period="2018-08-21", note="a note", **pages)),
        point(3, count("652", "items", part=3, period="2018-08-21", **pages)),
        point(7, count("284", "accounts", part=4, period="2018-08-21", counted="accounts on Twitter")),
        point(10, figure("hundreds", "many", "items", part=5, period="2018-08", **pages)),
        point(11, count("783", "items", part=6, period="2019-01-31", **pages), counts=False),
    )


def test_figures_that_say_the_same_stand_in_one_row() -> None:
    rows = facebook().rows
    assert [[one.anchor for one in row.bearers] for row in rows] == [
        ["figure-1"],
        ["figure-2", "figure-3"],
        ["figure-4"],
        ["figure-5"],
        ["figure-6"],
    ]
    assert [point.number for point in rows[1].points] == [1, 3]
    assert rows[1].notes("note") == [({"en": "a note"}, "1")]
    assert [row.whose for row in rows] == ["claim", "item", "item", "item", "apart"]


def test_what_does_not_count_stands_in_a_row_of_its_own() -> None:
    group = one_group([], point(1, count("1", part=1)), point(2, count("1", part=2), counts=False))
    assert [row.whose for row in group.rows] == ["item", "apart"]


def test_tracks_stand_on_one_scale_and_only_where_there_is_a_number() -> None:
    group = facebook()
    assert group.scale is not None
    assert group.scale.words == "from 0 to 800"
    assert group.legend == "Diamond: the claim’s own; dot: counted; ring: not counted, or of another unit"
    assert [row.track for row in group.rows] == [
        Track("75", ("75", "100"), "right"),
        Track("81.5"),
        Track("35.5"),
        None,
        Track("97.9"),
    ]
    assert [row.mark for row in group.rows] == ["diamond", "dot", "ring", "dot", "ring"]


def test_one_number_alone_or_of_another_kind_has_no_track() -> None:
    assert one_group([count("5")]).scale is None
    group = one_group([count("5", "km"), count("5", "people")])
    assert (group.scale, [row.track for row in group.rows]) == (None, [None, None])
    group = one_group([dated("2019", "2019")], point(1, dated("2018", "2018", part=2)))
    assert [row.track for row in group.rows] == [None, None]


def test_units_that_are_one_by_definition_share_a_scale() -> None:
    group = one_group([count("4.8", "km")], point(1, count("2400", "metres", part=2)))
    assert [row.track for row in group.rows] == [Track("96"), Track("48")]
    assert [row.hollow for row in group.rows] == [False, False]


def test_a_scale_of_what_is_measured_says_its_unit_and_shows_nothing_too_small() -> None:
    group = one_group([count("8848.86", "metres")], point(1, count("86", "centimetres", part=2)))
    assert group.scale is not None
    assert group.scale.words == "from 0 to 10\u202f000 metres"
    assert [bool(row.track) for row in group.rows] == [True, False]


def test_what_comes_of_them_in_words() -> None:
    (held,) = facebook().held
    definition, time = "what is counted is another thing or in other words", "not the same time"
    assert [(words, [row.node["asPrinted"]["en"] for row in rows]) for words, rows in held.lines] == [
        (f"the number fits, not comparable: {definition}; {time}", ["652", "783"]),
        (f"differ by definition: another unit; {definition}; {time}", ["284"]),
        (f"not comparable: {definition}; {time}; no bounds given", ["hundreds"]),
    ]
    assert held.some_fit


def test_comparable_ones_come_first_with_what_to_heed() -> None:
    group = one_group(
        [about("72000", roundingStep="1000", countedBy="the agency")],
        point(1, count("652", part=2, counted="others")),
        point(2, count("71640", part=3, countedBy="the page")),
    )
    assert [words for words, _ in group.held[0].lines] == [
        "comparable: differ by rounding (when is not said of both; who counted is not the same)",
        "differ by definition: what is counted is another thing or in other words",
    ]
    assert not group.held[0].some_fit


def test_dates_are_held_against_each_other_as_dates() -> None:
    year = dated("1998", "1998")
    group = one_group(
        [year], point(1, dated("17 July 1998", "1998-07-17", part=2)), point(3, dated("2002", "2002-07-01", part=3))
    )
    assert [words for words, _ in group.held[0].lines] == ["may be the same date", "another date"]


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        (["0.2", "0.31"], "from 0 to 0.4"),
        (["-3", "5"], "from −3 to 5"),
        (["-3", "-1"], "from −3 to 0"),
        (["70000", "72000"], "from 0 to 80\u202f000"),
        (["4807", "4810.45"], "from 4806.4 to 4811.2, not from zero"),
        (["0", "0"], None),
    ],
)
def test_scales_have_round_ends_and_say_where_they_do_not_begin_at_zero(numbers: list[str], words: str | None) -> None:
    scale = scale_of(Span(Decimal(one), Decimal(one)) for one in numbers)
    assert (scale.words if scale else None) == words


def test_nothing_is_drawn_of_an_open_end_at_zero_alone() -> None:
    assert scale_of([Span(Decimal(0), None)]) is None


def test_open_spans_have_an_arrow_and_a_range_a_line() -> None:
    scale = Scale(Decimal(-10), Decimal(10))
    assert scale.track(Span(Decimal(5), None)) == Track("75", ("75", "100"), "right", "50")
    assert scale.track(Span(None, Decimal(5))) == Track("75", ("0", "75"), "left", "50")
    assert scale.track(Span(Decimal(-5), Decimal(5))) == Track(None, ("25", "75"), "", "50")


NUMBERS = st.decimals("-1e19", "1e19", allow_nan=False, allow_infinity=False, places=6)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=6), st.booleans())
def test_every_number_has_a_place_on_its_scale(pairs: list[tuple[Decimal, Decimal]], is_open: bool) -> None:
    spans = [Span(min(pair), None if is_open else max(pair)) for pair in pairs]
    scale = scale_of(spans)
    if scale is None:
        return
    assert scale.low < scale.high
    for span in spans:
        assert scale.low <= (span.low or 0) <= scale.high
        track = scale.track(span)
        assert all(0 <= Decimal(at) <= 100 for at in (track.dot, *(track.line or ())) if at is not None)
