"""Decimals as canonical strings: `600`, `0.8`, never `600.0`, `1e3` or `-0`.

The grammar is checked before Python's Decimal sees anything, since that takes digits of other scripts,
underscores, NaN and exponents that fill the memory. A number that means something is never a float.
"""

import re
from decimal import Decimal

from kb.errors import Refused
from kb.values.prose import shown

# What fits the decimals of common stores of RDF (128 bits with 18 places), so that they can compute with it.
WHOLE_DIGITS = 20
PLACES = 18
HOW = "Write digits with at most one point, such as 72000, -3 or 0.21: no separators, no exponent, no other sign."

_GRAMMAR = re.compile(r"(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?")


class NumberInvalid(Refused):
    """What was written is not a number that can be kept."""

    def __init__(self, what: str, where: str, remedy: str = HOW) -> None:
        super().__init__(what, where=where, remedy=remedy)


def canonical_decimal(number: str | Decimal, *, where: str = "number") -> str:
    """The one way to write this number; as xsd:decimal no store rewrites it. Raises NumberInvalid."""
    written = _spelled_out(number, where) if isinstance(number, Decimal) else number
    if len(written) > WHOLE_DIGITS + PLACES + 2:
        raise NumberInvalid(f"A number of {len(written)} characters is too long.", where, _limits())
    found = _GRAMMAR.fullmatch(written)
    if found is None:
        raise NumberInvalid(f"“{shown(written)}” is not a number as it is kept here.", where)
    minus, whole, places = found[1], found[2], (found[3] or "").rstrip("0")
    if len(whole) > WHOLE_DIGITS or len(places) > PLACES:
        raise NumberInvalid(f"“{written}” has too many digits.", where, _limits())
    if whole == "0" and not places:
        return "0"
    return minus + whole + ("." + places if places else "")


def decimal_of_json(number: object, *, where: str = "number") -> str:
    """A number of JSON that was read with parse_float=Decimal. A float is refused: it is not what was written."""
    if isinstance(number, bool) or not isinstance(number, int | Decimal):
        raise NumberInvalid(f"A {type(number).__name__} is not a number of JSON read as a decimal.", where)
    if isinstance(number, int) and number.bit_length() > 4 * WHOLE_DIGITS:
        raise NumberInvalid("The number has too many digits.", where, _limits())
    return canonical_decimal(Decimal(number), where=where)


def grouped(canonical: str) -> str:
    """For people: `72 000`, by narrow no-break spaces, from five digits before the point on."""
    minus, number = ("-", canonical[1:]) if canonical.startswith("-") else ("", canonical)
    whole, point, places = number.partition(".")
    spaced = f"{int(whole):,}".replace(",", "\u202f") if len(whole) > 4 else whole
    return ("\u2212" if minus else "") + spaced + point + places


def _spelled_out(number: Decimal, where: str) -> str:
    """Without an exponent; a number far out of range is refused before it is spelled out."""
    if not number.is_finite():
        raise NumberInvalid(f"{number} is not a number.", where)
    if number.is_zero():
        return "0"
    _, digits, exponent = number.as_tuple()
    if number.adjusted() >= WHOLE_DIGITS or int(exponent) < -4 * PLACES or len(digits) > 4 * PLACES:
        raise NumberInvalid("The number has too many digits.", where, _limits())
    return f"{number:f}"


def _limits() -> str:
    return f"At most {WHOLE_DIGITS} digits before the point and {PLACES} after it are kept."
