"""Amounts in a quote: digits, number words, and both together, read as one decimal."""

from decimal import Context, Decimal, Inexact
from typing import NamedTuple

from kb.errors import Refused
from kb.values.decimals import PLACES, WHOLE_DIGITS, canonical_decimal
from kb.values.proposals.tokens import Words

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
VALUES = dict(zip(_SMALL.split(), range(20), strict=True)) | dict(zip(_TENS.split(), range(20, 100, 10), strict=True))
SCALES = {"dozen": 12, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
# Short forms stand glued to digits, or after an amount of money; “m” alone may be metres.
SHORT = {"k": 10**3, "mn": 10**6, "bn": 10**9, "tn": 10**12}
MINUS = ("-", "\u2212")
# More digits than are kept are no number that can be kept, however they go on.
_LONGEST = WHOLE_DIGITS + PLACES + 2
_EXACT = Context(prec=2 * _LONGEST, traps=[Inexact])
_OPENING = " \t\n\u00a0\u2009\u202f([{“\"‘'«—–…~≈<>≤≥"


class Amount(NamedTuple):
    """A number in canonical form, the tokens from `first` to before `beyond`, and how it is written."""

    value: str
    first: int
    beyond: int
    in_digits: bool
    scaled: bool = False


def amount_at(words: Words, at: int, *, money: bool = False, after_dash: bool = False) -> Amount | None:
    """The amount that begins at this token; None where none does, or none that can be kept."""
    if words[at].kind == "number":
        return _digits(words, at, money=money, after_dash=after_dash)
    if words[at].text in MINUS and words[at + 1].kind == "number" and words.before(at).isspace():
        return _negative(words, at)
    return _spoken(words, at)


def scale_at(words: Words, at: int, *, money: bool = False) -> int | None:
    """Of “million” after digits, or of a short form right behind them."""
    text = words[at].text
    if text in SCALES or text == "hundred":
        return SCALES.get(text, 100)
    if words[at].start != words[at - 1].end and not money:
        return None
    return 10**6 if money and text == "m" else SHORT.get(text)


def times(value: str, scale: int) -> str | None:
    """The product; None where it has too many digits to be kept."""
    return _kept(_EXACT.multiply(Decimal(value), Decimal(scale)))


def _digits(words: Words, at: int, *, money: bool, after_dash: bool) -> Amount | None:
    written = words[at].text
    stands_free = after_dash or money or words.before(at) in _OPENING
    # A number with a point and three noughts is 72 to some and 72,000 to others.
    if not stands_free or len(written) > _LONGEST or written.endswith(".000") or _goes_on(words, at):
        return None
    value = _kept(Decimal(written))
    scale = scale_at(words, at + 1, money=money)
    if value is None or scale is None:
        return None if value is None else Amount(value, at, at + 1, in_digits=True)
    product = times(value, scale)
    return Amount(product, at, at + 2, in_digits=True, scaled=True) if product else None


def _goes_on(words: Words, at: int) -> bool:
    """True for pieces of something else: 1.2.3, 10:30, 9/11, 12(3), 12-year-old, 1e5."""
    end = words[at].end
    follows, beyond = words.after(at), words.quote[end + 1 : end + 2]
    if follows in ",.:'’" and beyond.isdigit():
        return True
    if follows in "/(_" or (follows in "-‐‑" and beyond.isalpha()):
        return True
    return follows.isdigit() or (follows in "eE" and beyond.isdigit())


def _negative(words: Words, at: int) -> Amount | None:
    if words[at].end != words[at + 1].start:
        return None
    found = _digits(words, at + 1, money=False, after_dash=True)
    if found is None or found.value == "0":
        return None
    return found._replace(value=f"-{found.value}", first=at)


def _spoken(words: Words, at: int) -> Amount | None:
    """“six hundred”, “eighty-six”, “a hundred”, “two million three hundred thousand and five”."""
    beyond = at + 1 if words[at].text in ("a", "an") and _is_scale(words[at + 1].text) else at
    total, current, smallest = 0, int(beyond > at), 10**15
    while (added := _pieces(words, beyond)) is not None:
        for piece in added:
            if piece in SCALES and current and SCALES[piece] < smallest:
                total, current, smallest = total + current * SCALES[piece], 0, SCALES[piece]
            elif piece == "hundred" and 0 < current < 100:
                current *= 100
            elif piece in VALUES and _fits(current, VALUES[piece]):
                current += VALUES[piece]
            else:
                return _said(total + current, at, beyond, smallest)
        beyond += 1
        if words[beyond].text == "and" and beyond - 1 > at and words[beyond - 1].text in ("hundred", *SCALES):
            beyond += _pieces(words, beyond + 1) is not None and words[beyond + 1].text in VALUES
    return _said(total + current, at, beyond, smallest)


def _said(number: int, at: int, beyond: int, smallest: int) -> Amount | None:
    whole = number > 0 and beyond > at
    return Amount(str(number), at, beyond, in_digits=False, scaled=smallest < 10**15) if whole else None


def _pieces(words: Words, at: int) -> list[str] | None:
    """The number words of one token, which may be joined by hyphens; None where it has any other."""
    pieces = words[at].text.replace("‐", "-").replace("‑", "-").split("-")
    return pieces if all(piece in VALUES or _is_scale(piece) for piece in pieces) else None


def _is_scale(word: str) -> bool:
    return word in SCALES or word == "hundred"


def _fits(current: int, value: int) -> bool:
    """“six hundred” takes another two figures, “eighty” one."""
    if current % 100 == 0:
        return True
    return value in range(1, 10) and current % 10 == 0 and current % 100 >= 20


def _kept(number: Decimal) -> str | None:
    try:
        return canonical_decimal(number)
    except Refused:
        return None
