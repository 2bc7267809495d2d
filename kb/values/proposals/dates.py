"""Dates and years in a quote: figures whose time is their period, and never numbers."""

import re
from typing import NamedTuple

from kb.errors import Refused
from kb.values.period import read_period

_NAMES = (
    "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sept|sep october|oct"
    " november|nov december|dec"
)
_MONTHS = {name: number for number, names in enumerate(_NAMES.split(), 1) for name in names.split("|")}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_DAY = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1[0-9]{3}|20[0-9]{2}|2100)"
_GAP = r"[ \u00a0\n]"
_FREE = r"(?<![\w.,/:$£€¥\-–])"
_END = r"(?![\w%])(?![.,/:][0-9])(?![-/(][^\W_])"
# From the longest to the shortest; a year alone is the last to be thought of.
_DATES = (
    rf"{_DAY}{_GAP}(?:of{_GAP})?{_MONTH}(?:(?:,{_GAP}?|{_GAP}){_YEAR})?{_END}",
    rf"{_MONTH}{_GAP}{_DAY}(?![0-9])(?:(?:,{_GAP}?|{_GAP}){_YEAR})?{_END}",
    rf"{_MONTH}(?:,?{_GAP}){_YEAR}{_END}",
    r"(?P<iso>[12][0-9]{3}-[01][0-9]-[0-3][0-9])(?![\w-])",
    r"[0-3]?[0-9][./][0-3]?[0-9][./](?:[0-9]{4}|[0-9]{2})(?![\w/])",
    r"(?P<from>1[0-9]{3}|20[0-9]{2})[-–/](?P<until>[12][0-9]{3}|[0-9]{2})(?![\w-])",
    r"(?P<decade>1[0-9]{2}|20[0-9])0['’]?s\b",
    rf"{_YEAR}{_END}",
)
_ANY = tuple(re.compile(_FREE + one, re.IGNORECASE) for one in _DATES)


class ProposedDate(NamedTuple):
    """`period` in EDTF, None where the words do not tell the year; `unit` is “date” or “year”."""

    raw: str
    start: int
    end: int
    unit: str
    period: str | None


def dates(quote: str) -> list[ProposedDate]:
    """Every date and year, in order; where two overlap, the longer kind."""
    found: list[ProposedDate] = []
    taken = bytearray(len(quote))
    for pattern in _ANY:
        for match in pattern.finditer(quote):
            start, end = match.span()
            if not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                found.append(_proposed(match))
    return sorted(found, key=lambda one: one.start)


def _proposed(found: re.Match[str]) -> ProposedDate:
    raw = found[0].removesuffix(".")
    said = {name: value for name, value in found.groupdict().items() if value}
    period = _readable(_period(said))
    unit = "year" if said.keys() <= {"year"} and period else "date"
    return ProposedDate(raw, found.start(), found.start() + len(raw), unit, period)


def _period(said: dict[str, str]) -> str | None:
    if "iso" in said:
        return said["iso"]
    if "decade" in said:
        return f"{said['decade']}X"
    if "from" in said:
        return f"{said['from']}/{said['from'][: 4 - len(said['until'])]}{said['until']}"
    if "year" not in said:
        return None
    month = f"-{_MONTHS[said['month'].lower()]:02}" if "month" in said else ""
    return said["year"] + month + (f"-{int(said['day']):02}" if "day" in said else "")


def _readable(period: str | None) -> str | None:
    try:
        return read_period(period).edtf if period else None
    except Refused:
        return None
