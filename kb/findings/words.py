"""Findings as a page says them, in words that claim no more than was found."""

from kb.findings.figures import FINDINGS, Comparison
from kb.findings.sides import Numbers


def in_words(made: Comparison, *, dates: bool = False) -> str:
    """What is said of figures held against another: “fit the number, not comparable: another time”."""
    if dates and made.numbers in (Numbers.AGREE, Numbers.APART):
        return "may be the same date" if made.numbers is Numbers.AGREE else "another date"
    if made.comparable:
        return f"comparable: {FINDINGS[made.numbers]}{_more(made)}"
    why = "; ".join(made.reasons)
    if made.numbers is Numbers.AGREE:
        return f"the number fits, not comparable: {why}"
    if made.numbers is Numbers.ROUNDING:
        return f"the number fits when rounded, not comparable: {why}"
    if made.numbers is Numbers.APART:
        return f"differ by definition: {why}"
    return f"not comparable: {why}"


def _more(made: Comparison) -> str:
    said = [*made.conversions, *made.caveats]
    return f" ({'; '.join(said)})" if said else ""
