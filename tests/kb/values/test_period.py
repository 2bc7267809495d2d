"""Periods: level 1 of EDTF with bounds, against a library as oracle, and in words."""

import json
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kb.values.period import Day, Period, PeriodInvalid, in_words, overlap, read_period

with warnings.catch_warnings():
    # It warns of its own version when it is imported; it is an oracle here and nothing else.
    warnings.simplefilter("ignore")
    from edtf import EDTFParseException, parse_edtf

GOOD = {
    "2019-12-04": ((2019, 12, 4), (2019, 12, 4), "4 December 2019"),
    "2025-05~": ((2025, 5, 1), (2025, 5, 31), "about May 2025"),
    "2016/2020": ((2016, 1, 1), (2020, 12, 31), "from 2016 to 2020"),
    "1984~": ((1984, 1, 1), (1984, 12, 31), "about 1984"),
    "1984?": ((1984, 1, 1), (1984, 12, 31), "perhaps 1984"),
    "1984-02%": ((1984, 2, 1), (1984, 2, 29), "perhaps about February 1984"),
    "201X": ((2010, 1, 1), (2019, 12, 31), "some year from 2010 to 2019"),
    "19XX~": ((1900, 1, 1), (1999, 12, 31), "about some year from 1900 to 1999"),
    "2019-XX": ((2019, 1, 1), (2019, 12, 31), "2019, month not known"),
    "2025-05-XX": ((2025, 5, 1), (2025, 5, 31), "May 2025, day not known"),
    "1985-XX-XX": ((1985, 1, 1), (1985, 12, 31), "1985, day not known"),
    "2018-21": ((2018, 1, 1), (2018, 12, 31), "spring 2018"),
    "2018-24?": ((2018, 1, 1), (2018, 12, 31), "perhaps winter 2018"),
    "-0044-03-15": ((-44, 3, 15), (-44, 3, 15), "15 March 45 BC"),
    "-0044": ((-44, 1, 1), (-44, 12, 31), "45 BC"),
    "-01XX": ((-199, 1, 1), (-100, 12, 31), "some year from 200 BC to 101 BC"),
    "-000X": ((-9, 1, 1), (-1, 12, 31), "some year from 10 BC to 2 BC"),
    "0000": ((0, 1, 1), (0, 12, 31), "1 BC"),
    "0000-02-29": ((0, 2, 29), (0, 2, 29), "29 February 1 BC"),
    "0044": ((44, 1, 1), (44, 12, 31), "AD 44"),
    "Y12026": ((12026, 1, 1), (12026, 12, 31), "12026"),
    "Y-170000002~": ((-170000002, 1, 1), (-170000002, 12, 31), "about 170000003 BC"),
    "1954/..": ((1954, 1, 1), None, "from 1954 on"),
    "../1999-11": (None, (1999, 11, 30), "until November 1999"),
    "1985/": ((1985, 1, 1), None, "from 1985, end not known"),
    "/1985-04-12": (None, (1985, 4, 12), "until 12 April 1985, beginning not known"),
    "../..": (None, None, "no beginning, no end"),
    "/..": (None, None, "beginning not known, no end"),
    "../": (None, None, "no beginning, end not known"),
    "2019-07~/2019-12": ((2019, 7, 1), (2019, 12, 31), "from about July 2019 to December 2019"),
    "2004-02-01/2005": ((2004, 2, 1), (2005, 12, 31), "from 1 February 2004 to 2005"),
    "2019-12-31/2019": ((2019, 12, 31), (2019, 12, 31), "from 31 December 2019 to 2019"),
    "-0050/0014-08-19": ((-50, 1, 1), (14, 8, 19), "from 51 BC to 19 August AD 14"),
    "XXXX": (None, None, "date not known"),
}
BAD = {
    "2020-02-30": "2020-02-30: February 2020 has 29 days.",
    "1900-02-29": "February 1900 has 28 days",
    "2019-04-31": "April 2019 has 30 days",
    "2019-13": "there is no month 13",
    "2019-25-01": "there is no month 25",
    "2019-00": "00 is no month",
    "2019-12-00": "00 is no month and no day",
    "2019-21-05": "a season has no days",
    "2019-21-XX": "a season has no days",
    "2019-XX-05": "beyond level 1",
    "-0000": "the year 0 has no sign",
    "2020/2016": "ends before it begins",
    "2019-12/2019-11-30": "ends before it begins",
    "201X-05": "beyond level 1|no month at level 1",
    "/": "says nothing",
    "": "no date",
    "a/b/c": "one beginning and one end",
    "XXXX/2020": "left empty",
    "2019-12-04T10:00:00Z": "time of day",
    "Y2026": "five to nine digits",
    "Y17E7": "five to nine digits",
    "2019-1-5": "not written as EDTF",
    "12/04/2019": "not written as EDTF|one beginning",
    "04.12.2019": "not written as EDTF",
    "before 1990": "no date in EDTF",
    "[2017,2018]": "beyond level 1",
    "2004-06~-11": "beyond level 1",
    "?2004": "beyond level 1",
    "1XXX": "beyond level 1",
    "..2019": "beyond level 1",
    "2019 ": "no date in EDTF",
    "201x": "no date in EDTF",
    "2019\n": "no date in EDTF",
    "٢٠١٩": "no date in EDTF",
    "２０１９": "no date in EDTF",
    "2019~~": "no date in EDTF",
    "+2019": "no date in EDTF",
}

years = st.integers(-9999, 9999)
months = st.integers(1, 12)
days = st.integers(1, 31)


KINDS = ("year", "month", "day", "decade", "century", "season", "no month", "no day", "neither")


@st.composite
def dates(draw: st.DrawFn, kinds: tuple[str, ...] = KINDS, years: st.SearchStrategy[int] = years) -> str:
    """A date of level 1; days may be wrong."""
    year = draw(years)
    text = f"{'-' if year < 0 else ''}{abs(year):04}"
    kind = draw(st.sampled_from(kinds))
    month, day = draw(months), draw(days)
    forms = {
        "year": text,
        "month": f"{text}-{month:02}",
        "day": f"{text}-{month:02}-{day:02}",
        "decade": f"{text[:-1]}X",
        "century": f"{text[:-2]}XX",
        "season": f"{text}-{20 + (month % 4 or 4)}",
        "no month": f"{text}-XX",
        "no day": f"{text}-{month:02}-XX",
        "neither": f"{text}-XX-XX",
    }
    return forms[kind] + draw(st.sampled_from(["", "", "~", "?", "%"]))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    text = draw(dates())
    if draw(st.booleans()):
        text += "/" + draw(st.one_of(dates(), st.sampled_from(["..", ""])))
    try:
        return read_period(text)
    except PeriodInvalid:
        assume(False)
        raise


@pytest.mark.parametrize("text", GOOD)
def test_bounds_and_words(text: str) -> None:
    earliest, latest, words = GOOD[text]
    period = read_period(text)
    assert (period.edtf, period.earliest, period.latest) == (text, earliest, latest)
    assert in_words(period) == words


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_period_is_explained(text: str) -> None:
    with pytest.raises(PeriodInvalid, match=BAD[text]) as caught:
        read_period(text)
    assert caught.value.where == "period"


def test_a_giant_period_is_not_echoed() -> None:
    with pytest.raises(PeriodInvalid) as caught:
        read_period("9" * 3_000_000)
    assert len(str(caught.value)) < 200


def test_dates_of_rdf_only_where_every_reader_takes_them() -> None:
    assert (read_period("1984~").start_date, read_period("1984~").end_date) == ("1984-01-01", "1984-12-31")
    assert (read_period("2018/..").start_date, read_period("2018/..").end_date) == ("2018-01-01", None)
    assert (read_period("-0044/0014").start_date, read_period("-0044/0014").end_date) == (None, "0014-12-31")
    assert read_period("0000").start_date is None
    assert (read_period("9999").end_date, read_period("Y10000").end_date) == ("9999-12-31", None)


@given(st.text("0123456789-X~?%/.Y", max_size=22))
def test_whatever_is_written_is_kept_or_refused(text: str) -> None:
    try:
        period = read_period(text)
    except PeriodInvalid:
        return
    assert period.edtf == text
    assert in_words(period)
    if period.earliest and period.latest:
        assert period.earliest <= period.latest


# The library maps seasons to months of the north, and is at fault where digits of a year before 1 are not known.
SOUND = dates(("year", "month", "day"), st.integers(-9999, 9999).filter(bool)) | dates(
    ("decade", "century", "no month", "no day", "neither"), st.integers(0, 9999)
)


@given(SOUND)
def test_bounds_are_those_of_the_library(text: str) -> None:
    try:
        period = read_period(text)
    except PeriodInvalid:
        with pytest.raises(EDTFParseException):
            parse_edtf(text)
        return
    theirs = parse_edtf(text)
    assert period.earliest == tuple(theirs.lower_strict()[:3])
    assert period.latest == tuple(theirs.upper_strict()[:3])


@given(periods(), periods())
def test_overlap_is_symmetric_and_reflexive(one: Period, other: Period) -> None:
    assert overlap(one, one)
    assert overlap(one, other) is overlap(other, one)


@given(periods(), st.tuples(years, months, st.integers(1, 28)))
def test_a_period_overlaps_the_days_within_its_bounds(period: Period, date: tuple[int, int, int]) -> None:
    day = Day(*date)
    within = (period.earliest or day) <= day <= (period.latest or day)
    assert overlap(period, Period("", day, day)) is within


@given(st.tuples(st.integers(-200_000_000, 200_000_000), months, days), st.tuples(years, months, days))
def test_numbers_and_dates_sort_as_the_days_do(one: tuple[int, int, int], other: tuple[int, int, int]) -> None:
    first, second = Day(*one), Day(*other)
    assert (first < second) is (first.number < second.number)
    if first.iso and second.iso:
        assert (first < second) is (first.iso < second.iso)


@pytest.mark.corpus
def test_every_date_and_period_of_the_corpora(shared: Path) -> None:
    seen = set()
    for file in [*shared.glob("seed/*.json"), *shared.glob("pages/sample/*.json")]:
        for name, value in walk(json.loads(file.read_bytes())):
            if name in {"date", "period", "assessed_on"} and isinstance(value, str):
                period = read_period(value)
                assert in_words(period)
                seen.add(period.edtf)
    assert len(seen) > 80
    assert {"XXXX", "2020-01~/2020-02~", "../1999-11", "1954/.."} <= seen


def walk(value: Any) -> Iterator[tuple[str, Any]]:
    """Every name with its value, at any depth."""
    if isinstance(value, dict):
        yield from value.items()
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from walk(inner)
