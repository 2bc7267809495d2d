"""Hyphens at the ends of lines: part of the word, or there only because the line was full?

A file does not say. It is part of the word where the same words stand elsewhere with a hyphen, before a capital
or a figure, and beside one. Otherwise it becomes a soft hyphen (U+00AD): shown as nothing inside a line,
and still there for who wants to know that the printed line ended with a hyphen.
"""

import re

from kb.capture.pdf_lines import LINE_HYPHEN

SOFT = "\u00ad"

_DIVIDED = re.compile(rf"(\w*){LINE_HYPHEN}(\w*)")
_COMPOUND = re.compile(r"\w+(?=-(\w+))")


def settled(text: str) -> tuple[str, int]:
    """The text without line hyphens, and how many became soft ones."""
    if LINE_HYPHEN not in text:
        return text, 0
    known = {(found[0].lower(), found[1].lower()) for found in _COMPOUND.finditer(text)}
    soft = 0

    def settle(found: re.Match[str]) -> str:
        nonlocal soft
        first, second = found[1], found[2]
        if _is_hard(first, second) or (first.lower(), second.lower()) in known:
            return f"{first}-{second}"
        soft += 1
        return f"{first}{SOFT}{second}"

    return _DIVIDED.sub(settle, text), soft


def _is_hard(first: str, second: str) -> bool:
    """A capital or a figure follows a hyphen only in a compound; words in capitals throughout may be divided."""
    if not first or not second:
        return True
    beside = first[-1] + second[0]
    has_figure = any(letter.isdigit() for letter in beside)
    has_capital = any(letter.isupper() for letter in beside)
    return has_figure or (has_capital and not (first + second).isupper())
