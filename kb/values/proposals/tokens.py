"""A quote in numbers, words and signs, each with its place."""

import re
from collections.abc import Sequence
from typing import NamedTuple

# Commas, spaces of every width that is met between digits, apostrophes: each parts groups of three.
_SEPARATOR = "[, \u00a0\u2009\u202f'’]"
_DIGITS = rf"[0-9]{{1,3}}(?P<separator>{_SEPARATOR})[0-9]{{3}}(?:(?P=separator)[0-9]{{3}})*(?![0-9])|[0-9]+"
_TOKEN = re.compile(rf"(?P<number>(?:{_DIGITS})(?:\.[0-9]+)?)|(?P<word>[^\W\d_]+(?:['’\-‐‑][^\W\d_]+)*)|(?P<sign>\S)")
_PARTING = re.compile(_SEPARATOR)


class Token(NamedTuple):
    """`text` is in small letters, a number without what parts its groups; places are code points, end exclusive."""

    kind: str
    text: str
    start: int
    end: int


class Words:
    """A quote and its tokens; beyond the ends stands an empty sign."""

    def __init__(self, quote: str) -> None:
        self.quote = quote
        self.tokens = [_token(found) for found in _TOKEN.finditer(quote)]

    def __len__(self) -> int:
        return len(self.tokens)

    def __getitem__(self, at: int) -> Token:
        inside = 0 <= at < len(self.tokens)
        return self.tokens[at] if inside else Token("sign", "", len(self.quote), len(self.quote))

    def stand_at(self, at: int, words: Sequence[str]) -> bool:
        return [token.text for token in self.tokens[at : at + len(words)]] == list(words)

    def before(self, at: int) -> str:
        """The character right before a token; a space at the beginning."""
        start = self[at].start
        return self.quote[start - 1] if start else " "

    def after(self, at: int) -> str:
        """The character right after a token; a space at the end."""
        end = self[at].end
        return self.quote[end] if end < len(self.quote) else " "

    def between(self, first: int, beyond: int) -> str:
        """As printed, from one token to before another."""
        return self.quote[self[first].start : self[beyond - 1].end]


def _token(found: re.Match[str]) -> Token:
    kind, text = found.lastgroup or "", found[0]
    if found["number"]:
        return Token("number", _PARTING.sub("", text), found.start(), found.end())
    return Token(kind, text.lower().replace("’", "'"), found.start(), found.end())
