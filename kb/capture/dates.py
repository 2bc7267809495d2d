"""Days as pages and files write them, as EDTF: the day as printed there, whatever its time zone."""

import re

from kb.values.period import PeriodInvalid, read_period

_ISO = re.compile(r"([12]\d{3})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?![\d/.-])")
_BARE = re.compile(r"([12]\d{3})(\d{2})(\d{2})(?!\d)")
_OF_PDF = re.compile(r"(?:D:)?([12]\d{3})(\d{2})(\d{2})")
_IN_WORDS = re.compile(
    r"(?:[a-z]{3,9},? )?(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\.? (?P<month>[a-z]{3,9})\.?"
    r"|(?P<month_first>[a-z]{3,9})\.? (?P<day_after>\d{1,2})(?:st|nd|rd|th)?),? (?P<year>[12]\d{3})(?!\d)",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONGEST = 60


def day_of(text: str) -> str | None:
    """`2019-12-04`, `2019-12` or `2019`; None for what is no date, or one that the calendar does not have.

    Read are ISO 8601 with any time behind it, `2019/12/4`, `20191204`, and English words as mail has them.
    """
    text = " ".join(text[: _LONGEST + 1].split())
    if len(text) > _LONGEST:
        return None
    if found := _BARE.match(text) or _ISO.match(text):
        return _checked(*found.groups())
    if found := _IN_WORDS.match(text):
        month = (found["month"] or found["month_first"])[:3].lower()
        if month in _MONTHS:
            return _checked(found["year"], str(_MONTHS.index(month) + 1), found["day"] or found["day_after"])
    return None


def day_of_pdf(text: str) -> str | None:
    """From `D:20191204103000Z`, the form of PDF 32000, 7.9.4."""
    found = _OF_PDF.match(text)
    return _checked(*found.groups()) if found else None


def _checked(year: str, month: str | None = None, day: str | None = None) -> str | None:
    written = "-".join([year, *(part.zfill(2) for part in (month, day) if part)])
    try:
        return read_period(written).edtf if month is None or 1 <= int(month) <= 12 else None
    except PeriodInvalid:
        return None
