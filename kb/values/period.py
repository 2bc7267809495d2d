"""Periods: EDTF level 1 as the editor wrote it, with the first and last day it can mean, and in words.

`~`, `?` and `%` move no bound: nobody said by how much. An open end (`..`) has no bound because there is none,
an empty one because it is not known; XXXX, a date not known, has neither. Two periods overlap where they may
share a day, so an end without a bound shuts nothing out.
"""

from dataclasses import dataclass

from kb.values.edtf import LENGTH, MONTHS, SEASONS, Day, PeriodInvalid, WrittenDate, read_date

__all__ = ["Day", "Period", "PeriodInvalid", "in_words", "overlap", "read_period"]

NOT_KNOWN = "XXXX"
OPEN = ".."
_MARKS = {"": "", "~": "about ", "?": "perhaps ", "%": "perhaps about "}


@dataclass(frozen=True)
class Period:
    """`edtf` is the editor's own string; the bounds are inclusive, None where there is none."""

    edtf: str
    earliest: Day | None
    latest: Day | None

    @property
    def start_date(self) -> str | None:
        """An xsd:date, or None: no bound, or one outside the years 1 to 9999."""
        return self.earliest.iso if self.earliest else None

    @property
    def end_date(self) -> str | None:
        return self.latest.iso if self.latest else None


def read_period(text: str) -> Period:
    """Raises PeriodInvalid with what is wrong and how it is written."""
    if len(text) > LENGTH:
        raise PeriodInvalid(f"A period of {len(text)} characters is too long; at most {LENGTH} are taken.")
    if text == NOT_KNOWN:
        return Period(text, None, None)
    start, end = _ends(text)
    earliest = start.earliest if start else None
    latest = end.latest if end else None
    if earliest and latest and earliest > latest:
        raise PeriodInvalid(f"{text}: the period ends before it begins.", "Write the earlier date first.")
    return Period(text, earliest, latest)


def overlap(one: Period, other: Period) -> bool:
    """True where the two may have a day in common."""
    return _begins_by(one, other.latest) and _begins_by(other, one.latest)


def in_words(period: Period) -> str:
    """“about May 2025”, “from 2016 to 2020”, “from 1954 on”."""
    text = period.edtf
    if text == NOT_KNOWN:
        return "date not known"
    start, end = _ends(text)
    if "/" not in text:
        return _date_in_words(start) if start else ""
    left, right = text.split("/")
    if start and end:
        return f"from {_date_in_words(start)} to {_date_in_words(end)}"
    if start:
        return f"from {_date_in_words(start)}" + (" on" if right == OPEN else ", end not known")
    if end:
        return f"until {_date_in_words(end)}" + ("" if left == OPEN else ", beginning not known")
    return f"{_side_in_words(left, 'beginning')}, {_side_in_words(right, 'end')}"


def _ends(text: str) -> tuple[WrittenDate | None, WrittenDate | None]:
    sides = text.split("/")
    if len(sides) == 1:
        date = read_date(text)
        return date, date
    if len(sides) > 2:
        raise PeriodInvalid(f"{text}: a period has one beginning and one end.", "Write it as 2016/2020.")
    if sides == ["", ""]:
        raise PeriodInvalid("A period of which neither end is known says nothing.", f"Write {NOT_KNOWN}.")
    if NOT_KNOWN in sides:
        raise PeriodInvalid(f"{text}: an end that is not known is left empty.", "Write it as 2016/ or /2020.")
    start, end = (None if side in ("", OPEN) else read_date(side) for side in sides)
    return start, end


def _begins_by(period: Period, day: Day | None) -> bool:
    return period.earliest is None or day is None or period.earliest <= day


def _date_in_words(date: WrittenDate) -> str:
    return _MARKS[date.mark] + _plain_date(date)


def _plain_date(date: WrittenDate) -> str:
    if date.earliest.year != date.latest.year:
        return f"some year from {_year(date.earliest.year)} to {_year(date.latest.year)}"
    year = _year(date.earliest.year)
    if date.month is None:
        return year
    if date.month in SEASONS:
        return f"{SEASONS[date.month]} {year}"
    if date.month == 0:
        return f"{year}, {'month' if date.day is None else 'day'} not known"
    month = f"{MONTHS[date.month - 1]} {year}"
    if date.day is None:
        return month
    return f"{date.day} {month}" if date.day else f"{month}, day not known"


def _year(year: int) -> str:
    if year < 1:
        return f"{1 - year} BC"
    return str(year) if year > 999 else f"AD {year}"


def _side_in_words(side: str, end: str) -> str:
    return f"no {end}" if side == OPEN else f"{end} not known"
