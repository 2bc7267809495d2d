"""Ids: eight Crockford base32 characters and a check character, lower case, opaque, never reused.

The check character is the number modulo 37 as Crockford defines it. Ids whose check character
would be one of the five signs beyond letters and digits are drawn again, so that an id never
needs an escape in an address or in SPARQL.
"""

import secrets
from collections.abc import Callable, Iterable

from kb.errors import Refused

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
CHECKS = ALPHABET + "*~$=u"
LENGTH = 9
_LOOKALIKE = str.maketrans({"o": "0", "i": "1", "l": "1", "-": None})


def new_id(draw: Callable[[int], int] = secrets.randbelow) -> str:
    """A new id; `draw(n)` gives a number below n."""
    while True:
        number = draw(32**8)
        if (check := CHECKS[number % 37]) in ALPHABET:
            return _letters(number) + check


def is_id(text: str) -> bool:
    """True for a well-formed id whose check character fits."""
    # "u" is a letter, so an id of elsewhere may end in it (DESIGN 8); none is drawn here.
    if len(text) != LENGTH or any(letter not in ALPHABET for letter in text[:8]) or text[8] not in ALPHABET + "u":
        return False
    number = 0
    for letter in text[:8]:
        number = number * 32 + ALPHABET.index(letter)
    return CHECKS[number % 37] == text[8]


def check_id(text: str) -> str:
    """The id in its proper form: capitals, hyphens and look-alikes (o, i, l) are forgiven. Raises Refused."""
    proper = text.strip().lower().translate(_LOOKALIKE)
    if not is_id(proper):
        raise Refused(f"“{text[:40]}” is not an id: eight letters or digits and a check character.", where="id")
    return proper


def nearest(text: str, known: Iterable[str]) -> str | None:
    """The one known id that differs from `text` by one character or one swap of neighbours, else None."""
    wanted = text.strip().lower().translate(_LOOKALIKE)
    found = [one for one in known if _close(wanted, one)]
    return found[0] if len(found) == 1 else None


def _close(a: str, b: str) -> bool:
    if abs(len(a) - len(b)) > 1:
        return False
    if len(a) != len(b):
        short, long = sorted((a, b), key=len)
        return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
    differ = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if len(differ) <= 1:
        return True
    return (
        len(differ) == 2
        and differ[1] == differ[0] + 1
        and a[differ[0]] == b[differ[1]]
        and a[differ[1]] == b[differ[0]]
    )


def _letters(number: int) -> str:
    letters = ""
    for _ in range(8):
        number, rest = divmod(number, 32)
        letters = ALPHABET[rest] + letters
    return letters
