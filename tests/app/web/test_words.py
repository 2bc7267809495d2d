"""Values in words: nothing is added to a figure or a date that is not there."""

import pytest

from app.web import words


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ({"comparator": "exact", "value": "652", "low": "652", "high": "652"}, "exactly 652"),
        ({"comparator": "over", "low": "600"}, "more than 600, no upper limit"),
        ({"comparator": "at_least", "low": "600"}, "600 or more, no upper limit"),
        ({"comparator": "under", "high": "4"}, "less than 4, no lower limit"),
        ({"comparator": "at_most", "high": "4"}, "4 or less, no lower limit"),
        ({"comparator": "about", "value": "72000"}, "about 72\u202f000, no bounds given"),
        ({"comparator": "between", "low": "8844.22", "high": "8844.64"}, "from 8844.22 to 8844.64"),
        (
            {"comparator": "between", "low": "1", "high": "2", "lowInclusive": False, "highInclusive": True},
            "from 1 to 2 (1 not included)",
        ),
        ({"comparator": "almost_all", "high": "100"}, "nearly all of 100, no lower limit given"),
        ({"comparator": "almost_all"}, "nearly all, no lower limit given"),
        ({"comparator": "many"}, "no bounds given"),
    ],
)
def test_a_figure_is_read_without_inventing_a_bound(figure: dict[str, object], said: str) -> None:
    assert words.read_as(figure) == said


def test_digits_stand_in_threes() -> None:
    assert [words.grouped(number) for number in ("7", "9999", "29002", "-12345.67", "0.5", "1234567")] == [
        "7",
        "9999",
        "29\u202f002",
        "−12\u202f345.67",
        "0.5",
        "1\u202f234\u202f567",
    ]


def test_dates_are_words_and_machines_get_only_what_they_can_read() -> None:
    assert words.when("2019-12~") == "about December 2019"
    assert words.when("not a date") == "not a date"
    assert words.machine_day("2019-12-19") == "2019-12-19"
    assert words.machine_day("2019-12") == "2019-12"
    assert [words.machine_day(edtf) for edtf in ("2019-12~", "2019-13", "201X", "2018/2019", "")] == [None] * 5
    assert words.to_the_minute("2026-11-25T09:05:00Z") == "25 November 2026, 09:05 UTC"


def test_confidence_is_a_band_a_range_and_two_places() -> None:
    assert words.confidence({"band": "very_high", "confidence": "1"}) == "very high 1.00"
    assert words.confidence_range("high") == "80 to 94 in 100"
