"""Values as pages say them: dates, numbers, confidence, figures as read, words of the closed lists."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from kb.values.decimals import grouped
from kb.values.grades import two_places
from kb.values.readback import read_as, when

__all__ = [
    "confidence", "confidence_range", "day", "grouped", "licence", "machine_day", "read_as", "size", "to_the_minute",
    "when",
]  # fmt: skip
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


def confidence(judged: Mapping[str, Any]) -> str:
    """“high 0.90”, as tables have it."""
    return f"{judged['band'].replace('_', ' ')} {two_places(judged['confidence'])}"


def confidence_range(band: str) -> str:
    """“80 to 94 in 100”."""
    return f"{RANGES[band]} in 100"


def size(number: int) -> str:
    """A number of bytes or characters."""
    return grouped(str(number))


def licence(address: str) -> str:
    """The licence by its short name, where it is one of the usual ones."""
    return LICENCES.get(address, address)
