"""One date of EDTF level 1, taken apart: what is written, and the first and last day that it can mean.

The grammar is ISO 8601-2 as the Library of Congress gives it, levels 0 and 1 without times of day. Years are
astronomical (0000 is 1 BC, -0044 is 45 BC) and every date is Gregorian. No date of Python's is used, since
those begin in year 1 and end in 9999.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from kb.errors import Refused
from kb.values.prose import shown

LENGTH = 60
HOW = "Write 2019, 2019-12, 2019-12-04, 2019~ (about), 2019? (uncertain), 201X, 2016/2020, 2016/.. or XXXX (not known)."
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}

_DATE = re.compile(
    r"(?:(?P<minus>-?)(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?"
    r"|Y(?P<long>-?[1-9][0-9]{4,8}))(?P<mark>[~?%]?)"
)
_TIME = re.compile(r"[0-9]T[0-9]")
_SHORT = re.compile(r"-?[0-9]{1,4}(?:[-./][0-9]{1,2}){1,2}|[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}")
_LEVEL_2 = re.compile(r"[][{}^SE]|[~?%][0-9X-]|\.\.[0-9]|[0-9X]\.\.|XX-[0-9]|XXXX-|[0-9]XXX\b")


class PeriodInvalid(Refused):
    """What was written is not a date or period that can be kept."""

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(what, where="period", remedy=remedy)


class Day(NamedTuple):
    """A day of the Gregorian calendar, in any year; days compare as they follow each other."""

    year: int
    month: int
    day: int

    @property
    def number(self) -> int:
        """`20191204`: one integer that sorts as the days do in every database, before year 1 as well."""
        return self.year * 10_000 + self.month * 100 + self.day

    @property
    def iso(self) -> str | None:
        """The day as an xsd:date, or None outside the years 1 to 9999, where readers of RDF disagree."""
        return f"{self.year:04}-{self.month:02}-{self.day:02}" if 1 <= self.year <= 9999 else None


@dataclass(frozen=True)
class WrittenDate:
    """A date as written. `month` is 21 to 24 for a season; a month or day of 0 is written XX, None is not written."""

    earliest: Day
    latest: Day
    month: int | None = None
    day: int | None = None
    mark: str = ""


def read_date(text: str) -> WrittenDate:
    """Raises PeriodInvalid with what is wrong and how it is written."""
    found = _DATE.fullmatch(text)
    if found is None:
        raise _explain(text)
    if found["long"]:
        return _whole_years(int(found["long"]), int(found["long"]), found["mark"])
    month, day = _part(text, found["month"]), _part(text, found["day"])
    if "X" in found["year"]:
        if month is not None:
            raise PeriodInvalid(f"{text}: a year with X in it has no month at level 1 of EDTF.", HOW)
        low, high = int(found["year"].replace("X", "0")), int(found["year"].replace("X", "9"))
        return (
            _whole_years(-high, -max(low, 1), found["mark"])
            if found["minus"]
            else _whole_years(low, high, found["mark"])
        )
    year = int(found["minus"] + found["year"])
    if found["minus"] and year == 0:
        raise PeriodInvalid(f"{text}: the year 0 has no sign.", "Write 0000, which is 1 BC.")
    _check_calendar(text, year, month, day)
    return WrittenDate(*_bounds(year, month, day), month, day, found["mark"])


def length_of_month(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _part(text: str, written: str | None) -> int | None:
    if written == "00":
        raise PeriodInvalid(
            f"{text}: 00 is no month and no day.", "Write XX for one that is not known, or leave it out."
        )
    return int(written.replace("XX", "0")) if written else None


def _whole_years(first: int, last: int, mark: str) -> WrittenDate:
    return WrittenDate(Day(first, 1, 1), Day(last, 12, 31), mark=mark)


def _bounds(year: int, month: int | None, day: int | None) -> tuple[Day, Day]:
    # EDTF does not say on which half of the Earth a season is meant, so its bounds are those of the year.
    if not month or month in SEASONS:
        return Day(year, 1, 1), Day(year, 12, 31)
    return Day(year, month, day or 1), Day(year, month, day or length_of_month(year, month))


def _check_calendar(text: str, year: int, month: int | None, day: int | None) -> None:
    if month in SEASONS:
        if day is not None:
            raise PeriodInvalid(f"{text}: a season has no days.", HOW)
    elif month and month > 12:
        raise PeriodInvalid(f"{text}: there is no month {month}; seasons are 21 to 24.", HOW)
    elif month == 0 and day:
        raise PeriodInvalid(f"{text}: a day whose month is not known is beyond level 1 of EDTF.", HOW)
    elif month and day and day > (last := length_of_month(year, month)):
        raise PeriodInvalid(f"{text}: {MONTHS[month - 1]} {year} has {last} days.")


def _explain(text: str) -> PeriodInvalid:
    said = f"“{shown(text)}”"
    if _TIME.search(text):
        return PeriodInvalid(f"{said} has a time of day, which is not kept.", "Write the date alone.")
    if text.startswith("Y"):
        return PeriodInvalid(
            f"{said}: a year with Y has five to nine digits.", "Write a year of four digits without Y."
        )
    if _SHORT.fullmatch(text):
        return PeriodInvalid(f"{said} is not written as EDTF writes dates.", HOW)
    if _LEVEL_2.search(text):
        return PeriodInvalid(f"{said} goes beyond level 1 of EDTF.", HOW)
    return PeriodInvalid(f"{said} is no date in EDTF.", HOW)
