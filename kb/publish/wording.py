"""Whether a statement says who says it."""

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]{2,}")
_ARTICLES = frozenset(
    ["the", "an", "der", "die", "das", "den", "le", "la", "les", "el", "los", "las", "il", "lo", "gli", "al"]
)
LONG = 4


def attributes(statements: Iterable[str], voices: Iterable[str]) -> bool:
    """True where one of the statements has a word by which one of the voices is called."""
    said = [statement.casefold() for statement in statements]
    return any(_says(statement, word) for voice in voices for word in telling(voice) for statement in said)


def telling(name: str) -> list[str]:
    """The words of a name that tell it from others.

    Those with a capital, or in a script that has none; of a description (“the author, not named”) its longer words.
    """
    words = [word for word in _WORD.findall(name) if word.casefold() not in _ARTICLES]
    proper = [word for word in words if not word[0].islower()]
    return proper or [word for word in words if len(word) >= LONG]


def _says(statement: str, word: str) -> bool:
    if not word[0].isupper():
        # Scripts without capitals may write their words without gaps.
        return word.casefold() in statement
    return re.search(rf"\b{re.escape(word.casefold())}\b", statement) is not None
