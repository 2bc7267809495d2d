"""Small invented figures, as documents have them."""

from typing import Any

from kb.values.period import read_period
from tests.factories.documents import Entity, en

PAGE = "http://localhost:8000/claims/00000000"


def figure(
    printed: str,
    comparator: str = "exact",
    unit: str = "people",
    *,
    part: int = 1,
    page: str = PAGE,
    period: str | None = None,
    counted: str | None = "people in the square",
    **more: Any,
) -> Entity:
    """`more`: value, low, high and the rest by their keys; inclusivity goes by the comparator where it is not given."""
    made: Entity = {
        "@id": f"{page}#figure-{part}",
        "@type": ["Figure", "Observation"],
        "asPrinted": en(printed),
        "comparator": comparator,
        "unit": en(unit),
    }
    if counted:
        made["counted"] = en(counted)
    if period:
        read = read_period(period)
        days = {"startDate": read.start_date, "endDate": read.end_date}
        made["period"] = {"@id": f"{page}#figure-{part}-period", "@type": "Period", "edtf": period}
        made["period"] |= {key: day for key, day in days.items() if day}
    for end in ("low", "high"):
        if end in more:
            more.setdefault(f"{end}Inclusive", comparator not in ("over", "under"))
    words = {"scope", "countedBy", "note", "periodNote"}
    return made | {key: en(value) if key in words else value for key, value in more.items()}


def count(number: str, unit: str = "people", **more: Any) -> Entity:
    """“652”: exactly so many."""
    return figure(number, "exact", unit, value=number, low=number, high=number, **more)


def over(number: str, unit: str = "people", **more: Any) -> Entity:
    """“over 600”."""
    return figure(f"over {number}", "over", unit, low=number, **more)


def about(number: str, unit: str = "people", **more: Any) -> Entity:
    """“some 72,000”: a value without bounds."""
    return figure(f"some {number}", "about", unit, value=number, **more)


def dated(printed: str, edtf: str, **more: Any) -> Entity:
    """“Dec. 12”: the time itself is what it says."""
    return figure(printed, "exact", "date", period=edtf, counted=None, **more)
