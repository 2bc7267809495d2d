"""Dates of EDTF taken apart, and the calendar they stand in."""

import calendar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.values.edtf import Day, PeriodInvalid, WrittenDate, length_of_month, read_date


@given(st.integers(1, 9999), st.integers(1, 12))
def test_months_are_as_long_as_in_the_calendar(year: int, month: int) -> None:
    assert length_of_month(year, month) == calendar.monthrange(year, month)[1]
    # The Gregorian calendar repeats itself every 400 years, before year 1 as after it.
    assert length_of_month(year - 12_000, month) == length_of_month(year, month)


@given(st.integers(1, 9999), st.integers(0, 14), st.integers(0, 33))
def test_a_day_is_taken_where_the_calendar_has_it(year: int, month: int, day: int) -> None:
    text = f"{year:04}-{month:02}-{day:02}"
    exists = 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
    if not exists:
        with pytest.raises(PeriodInvalid):
            read_date(text)
        return
    one = Day(year, month, day)
    assert read_date(text) == WrittenDate(one, one, month, day)
    assert one.iso == text


def test_what_is_written_xx_differs_from_what_is_not_written() -> None:
    assert (read_date("2019").month, read_date("2019-XX").month) == (None, 0)
    assert (read_date("2019-12").day, read_date("2019-12-XX%").day) == (None, 0)
    assert read_date("2019-12-XX%").mark == "%"
