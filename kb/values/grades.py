"""The three grades, kept apart: of a source for one use, of an attribution, and of a verdict (its confidence)."""

import re
from decimal import Decimal

from kb.errors import Refused

_CONFIDENCE = re.compile(r"(?:0(?:\.\d{1,2})?|1(?:\.0{1,2})?)", re.ASCII)
# Lower limits of the bands, DESIGN 2, "confidence".
_BANDS = (("0.95", "very_high"), ("0.80", "high"), ("0.65", "moderate"), ("0.50", "low"))


def check_confidence(text: str) -> str:
    """A confidence from 0 to 1 in hundredths, in its canonical form ("0.8"). Raises Refused."""
    if not _CONFIDENCE.fullmatch(text):
        raise Refused(
            f"“{text[:20]}” is not a confidence.",
            where="confidence",
            remedy="Write a number from 0 to 1 with at most two decimals, as 0.85.",
        )
    return text.rstrip("0").rstrip(".") if "." in text else text


def two_places(confidence: str) -> str:
    """As pages and `show` print it: "0.8" becomes "0.80"."""
    return f"{Decimal(confidence):.2f}"


def band(confidence: str) -> str:
    """The word for a confidence, from the list of bands."""
    value = Decimal(confidence)
    return next((word for low, word in _BANDS if value >= Decimal(low)), "very_low")
