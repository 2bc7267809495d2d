"""Numbers as they are typed: one reading or none, and never a bound or a digit that was not written."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.desk.weighing.numbers import as_decimal
from kb.desk.entry import BadEntry


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("3,5", "3.5"),
        ("0,125", "0.125"),
        (" 600 ", "600"),
        ("72 000", "72000"),
        ("72\u202f000,5", "72000.5"),
        ("8'849", "8849"),
        ("1,234,567", "1234567"),
        ("1,234.5", "1234.5"),
        ("1.234.567,8", "1234567.8"),
        ("\u22123", "-3"),
        ("1e400", "1e400"),
        ("NaN", "NaN"),
        ("1,2,3", "1,2,3"),
        ("", ""),
    ],
)
def test_as_typed(typed: str, read: str) -> None:
    assert as_decimal(typed, "value") == read


@pytest.mark.parametrize("typed", ["1,000", "12,345", "-999,999"])
def test_a_comma_before_three_digits_is_asked_about(typed: str) -> None:
    with pytest.raises(BadEntry) as refused:
        as_decimal(typed, "low")
    assert refused.value.faults[0].field == "low"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_every_way_of_writing_a_number_is_read_as_that_number(number: Decimal) -> None:
    for text in (f"{number:f}", f"{number:f}".replace(".", ","), f"{number:,}".replace(",", "\u202f")):
        assert Decimal(as_decimal(text, "value")) == number
    if abs(number) >= 1_000:
        assert Decimal(as_decimal(f"{number:,}", "value")) == number


@given(st.text())
def test_no_text_is_more_than_read_or_refused(text: str) -> None:
    try:
        read = as_decimal(text, "value")
    except BadEntry as refused:
        read = refused.faults[0].what
    assert len(read) <= max(len(text), 80)
