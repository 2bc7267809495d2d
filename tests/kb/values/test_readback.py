"""A figure read back: its words, what they give, and nothing that they do not give."""

from typing import Any

import pytest

from kb.values.readback import read_as, read_back, when


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {"raw": "over 600", "comparator": "over", "low": "600", "low_inclusive": False, "unit": "items"}
            | {"counted": "fake profiles", "period": "2017"},
            "over 600 fake profiles: more than 600, no upper limit. 2017.",
        ),
        (
            {"raw": "almost half", "comparator": "many", "unit": "share", "scope": "Country X"}
            | {"period": "2024-03/2025-03", "counted": None},
            "almost half: no bounds given. Country X, from March 2024 to March 2025.",
        ),
        (
            {"raw": "29,002 feet", "comparator": "exact", "value": "29002", "unit": "feet"},
            "29,002 feet: 29\u202f002, no bounds given.",
        ),
        (
            {"raw": "2009", "comparator": "exact", "unit": "year", "period": "2009", "value": None},
            "2009: 2009.",
        ),
        (
            {"raw": "Dec. 12", "comparator": "exact", "unit": "date", "period": "2019-12-12"},
            "Dec. 12: 12 December 2019.",
        ),
        (
            {"raw": "between 5 and 10", "comparator": "between", "low": "5", "high": "10", "unit": "people"}
            | {"low_inclusive": True, "high_inclusive": False},
            "between 5 and 10 people: from 5 to 10 (10 not included).",
        ),
        (
            {"raw": "42 per cent", "comparator": "exact", "value": "42", "unit": "%"},
            "42 per cent: 42, no bounds given.",
        ),
        ({"raw": "over 600", "comparator": "over", "unit": "items"}, "over 600 items: no number yet."),
        ({"raw": "some"}, "some: no number yet."),
        (
            {"raw": "in 20xx", "comparator": "exact", "value": "3", "unit": "cars", "period": "20x"},
            "in 20xx cars: 3, no bounds given. 20x.",
        ),
    ],
)
def test_what_was_entered_is_read_back(fields: dict[str, Any], said: str) -> None:
    assert read_back(fields) == said


def test_page_and_desk_read_alike() -> None:
    node = {"comparator": "at_most", "high": "72000", "highInclusive": True}
    fields = {
        "raw": "up to 72,000",
        "comparator": "at_most",
        "high": "72000",
        "high_inclusive": True,
        "unit": "members",
    }
    assert read_back(fields) == f"up to 72,000 members: {read_as(node)}."
    assert when("2019-12~") == "about December 2019"
