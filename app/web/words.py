"""Values as pages say them: dates, numbers, confidence, figures as read, words of the closed lists."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from kb.errors import Refused
from kb.values.grades import two_places
from kb.values.period import in_words, read_period

THIN = "\N{NARROW NO-BREAK SPACE}"
# Both ends of each band in hundredths (DESIGN 2, “confidence”).
RANGES = {
    "very_low": "below 50",
    "low": "50 to 64",
    "moderate": "65 to 79",
    "high": "80 to 94",
    "very_high": "95 or more",
}
# What a voice does, so that it reads well before one name and before many: “reported by”.
DONE_BY = {
    "publishes": "Published by",
    "asserts": "Asserted by",
    "endorses": "Endorsed by",
    "reports": "Reported by",
    "quotes": "Quoted by",
    "alleges": "Alleged by",
    "raises_allegation": "Raised as an allegation by",
    "concludes": "Concluded by",
    "values": "Judged so by",
}
# Parts of the lists of claims that name a record.
PARTS_OF_LISTS = {
    "quoted": "Claims that quote it",
    "set_aside": "Weighed, found or still to be read, and not counted",
    "made": "Claims made",
    "passed_on": "Passed on",
    "answered": "Replies",
    "concerned": "Concerned by",
    "named": "Named in",
    "rests_on_it": "Claims whose evidence goes back to it",
    "about": "Claims",
    "measured": "Claims with figures of this measure",
}
LICENCES = {
    "https://creativecommons.org/licenses/by/4.0/": "CC BY 4.0",
    "https://creativecommons.org/licenses/by-sa/4.0/": "CC BY-SA 4.0",
    "https://creativecommons.org/publicdomain/zero/1.0/": "CC0 1.0",
}
# How one claim stands to another; the inverses are computed and stand in no list.
RELATED = {
    "depends_on": "rests on",
    "needed_by": "what rests on it",
    "supports": "supports",
    "supported_by": "supported by",
    "narrower_than": "narrower than",
    "broader": "broader than",
    "part_of": "part of",
    "has_part": "has as part",
    "before": "before",
    "after": "after",
    "elaborates": "elaborates",
    "elaborated_by": "elaborated by",
    "presupposes": "presupposes",
    "presupposed_by": "presupposed by",
    "about": "about",
    "subject_of": "what is said about it",
    "repeats": "repeats",
    "repeated_by": "repeated by",
    "supersedes": "supersedes",
    "superseded_by": "superseded by",
    "same_event": "same event",
    "same_object": "same object",
    "same_sentence": "same sentence",
    "same_figure": "same figure",
    "contradicts": "contradicts",
    "related_to": "related",
}


def when(edtf: str) -> str:
    """An EDTF date or period in words; what cannot be read stands as it is."""
    try:
        return in_words(read_period(edtf))
    except Refused:
        return edtf


def day(moment: str) -> str:
    """`2026-11-25T09:00:00Z` as “25 November 2026”."""
    return when(moment[:10])


def to_the_minute(moment: str) -> str:
    """`2026-11-25T09:00:00Z` as “25 November 2026, 09:00 UTC”."""
    return f"{day(moment)}, {moment[11:16]} UTC"


def machine_day(edtf: str) -> str | None:
    """For `<time datetime>`: the date where HTML can write it, else None."""
    whole = {4: f"{edtf}-01-01", 7: f"{edtf}-01", 10: edtf}.get(len(edtf))
    if whole is None:
        return None
    try:
        date.fromisoformat(whole)
    except ValueError:
        return None
    return edtf


def grouped(number: str) -> str:
    """Digits in threes with thin spaces, from five digits on; what stands after the point as it is."""
    whole, point, rest = number.partition(".")
    sign, digits = ("−", whole[1:]) if whole.startswith("-") else ("", whole)
    if len(digits) > 4:
        digits = f"{int(digits):,}".replace(",", THIN)
    return f"{sign}{digits}{point}{rest}"


def confidence(judged: Mapping[str, Any]) -> str:
    """“high 0.90”, as tables have it."""
    return f"{judged['band'].replace('_', ' ')} {two_places(judged['confidence'])}"


def confidence_range(band: str) -> str:
    """“80 to 94 in 100”."""
    return f"{RANGES[band]} in 100"


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


def size(number: int) -> str:
    """A number of bytes or characters."""
    return grouped(str(number))


def licence(address: str) -> str:
    """The licence by its short name, where it is one of the usual ones."""
    return LICENCES.get(address, address)


def _between(figure: Mapping[str, Any], low: str, high: str) -> str:
    if not (low and high):
        return "no bounds given"
    open_ends = [end for key, end in (("lowInclusive", low), ("highInclusive", high)) if figure.get(key) is False]
    apart = f" ({' and '.join(open_ends)} not included)" if open_ends else ""
    value = f"{grouped(figure['value'])}, " if "value" in figure and Decimal(figure["value"]) else ""
    return f"{value}from {low} to {high}{apart}"
