"""Confidence in hundredths, and its band; the grade of a source and the certainty of an attribution stay apart."""

import re
from decimal import Decimal

from kb.errors import Refused
from kb.values.decimals import canonical_decimal
from kb.values.prose import shown

# The lower end of each band; the words are those of the list `band`.
_BANDS = (("0.95", "very_high"), ("0.80", "high"), ("0.65", "moderate"), ("0.50", "low"))
_HUNDREDTHS = re.compile(r"0(\.[0-9]{1,2})?|1(\.0{1,2})?")


def check_confidence(text: str, *, where: str = "confidence") -> str:
    """A confidence from 0 to 1 in hundredths, as a canonical decimal: `0.8`."""
    if not _HUNDREDTHS.fullmatch(text):
        raise Refused(
            f"“{shown(text)}” is not a confidence.",
            where=where,
            remedy="Write a number from 0 to 1 in hundredths: 0.85.",
        )
    return canonical_decimal(text, where=where)


def two_places(confidence: str) -> str:
    """As pages and the command line show it: `0.80`."""
    whole, _, places = check_confidence(confidence).partition(".")
    return f"{whole}.{places:0<2}"


def band(confidence: str) -> str:
    """The word of the list `band`."""
    number = Decimal(check_confidence(confidence))
    return next((word for least, word in _BANDS if number >= Decimal(least)), "very_low")
