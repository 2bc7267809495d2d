"""Figures read back in words: what the words of a figure give, and what they do not.

Pages and desk say it with the same function, so that what an editor confirms is what a reader finds.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from kb.errors import Refused
from kb.values.decimals import grouped
from kb.values.period import in_words, read_period

# Units that the reading says already: the time itself.
_TIMES = ("date", "year")
_NOT_COUNTED = (*_TIMES, "share")


def when(edtf: str) -> str:
    """An EDTF date or period in words; what cannot be read stands as it is."""
    try:
        return in_words(read_period(edtf))
    except Refused:
        return edtf


def read_as(figure: Mapping[str, Any]) -> str:
    """What the words of a figure give, and what they do not: “more than 600, no upper limit”."""
    value, low, high = (grouped(figure[key]) if key in figure else "" for key in ("value", "low", "high"))
    exact = f"exactly {value or low}" if low else f"{value}, no bounds given" if value else "no number given"
    if not (value or low) and "period" in figure:
        # Of a date or a year the time is what it says.
        exact = when(figure["period"]["edtf"])
    said = {
        "exact": exact,
        "over": f"more than {low}, no upper limit",
        "at_least": f"{low} or more, no upper limit",
        "under": f"less than {high}, no lower limit",
        "at_most": f"{high} or less, no lower limit",
        "about": f"about {value}, no bounds given",
        "between": _between(figure, low, high),
        "almost_all": f"nearly all{f' of {high}' if high else ''}, no lower limit given",
        "many": "no bounds given",
        "much": "no bounds given",
    }
    return said[figure["comparator"]]


def _between(figure: Mapping[str, Any], low: str, high: str) -> str:
    if not (low and high):
        return "no bounds given"
    open_ends = [end for key, end in (("lowInclusive", low), ("highInclusive", high)) if figure.get(key) is False]
    apart = f" ({' and '.join(open_ends)} not included)" if open_ends else ""
    value = f"{grouped(figure['value'])}, " if "value" in figure and Decimal(figure["value"]) else ""
    return f"{value}from {low} to {high}{apart}"


def read_back(fields: Mapping[str, Any]) -> str:
    """“over 600 fake profiles: more than 600, no upper limit. 2017.”, from the fields of a figure's entry.

    What is not filled in yet is not said; a comparator that lacks its number gives “no number yet”.
    """
    node = {name: fields[name] for name in ("value", "low", "high", "comparator") if fields.get(name)}
    node |= {f"{end}Inclusive": fields.get(f"{end}_inclusive") for end in ("low", "high")}
    period = fields.get("period")
    if period:
        node["period"] = {"edtf": period}
    is_time = fields.get("unit") in _TIMES and not node.keys() & {"value", "low", "high"}
    circumstances = [fields.get("scope"), when(period) if period and not is_time else None]
    said = [f"{_printed(fields)}: {_reading(node)}", ", ".join(filter(None, circumstances))]
    return " ".join(f"{one}." for one in said if one)


def _printed(fields: Mapping[str, Any]) -> str:
    """The words with what is counted, where they do not hold it already."""
    raw, unit = str(fields.get("raw") or ""), fields.get("unit")
    counted = fields.get("counted") or (None if unit in _NOT_COUNTED else unit)
    held = not counted or counted.casefold() in raw.casefold() or (unit == "%" and "cent" in raw.casefold())
    return raw if held else f"{raw} {counted}".strip()


def _reading(node: Mapping[str, Any]) -> str:
    wanted = {"over": "low", "at_least": "low", "under": "high", "at_most": "high", "about": "value"}
    comparator = node.get("comparator")
    missing = comparator in wanted and wanted[comparator] not in node
    return "no number yet" if comparator is None or missing else read_as(node)
