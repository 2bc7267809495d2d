"""Units that are one another by definition: exact factors only, and the formula that a reader can check.

What is not in the table is a word like any other, so that “followers” and “members” stay two things.
"""

import re
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact

from kb.values.decimals import canonical_decimal, grouped

# Twice the digits of a number that is kept, so that no product is ever rounded; were one, it would be an error.
EXACT = Context(prec=120, traps=[Inexact])
# By base unit: names of a unit and how many base units one of it is. Symbols that may mean two things are left out.
_TABLE: dict[str, dict[str, str]] = {
    "metres": {
        "mm millimetre millimeter": "0.001",
        "cm centimetre centimeter": "0.01",
        "metre meter": "1",
        "km kilometre kilometer": "1000",
        "inch inches": "0.0254",
        "ft foot feet": "0.3048",
        "yard": "0.9144",
        "mile": "1609.344",
    },
    "square metres": {
        "m² m2 square_metre square_meter": "1",
        "ha hectare": "10000",
        "km² km2 square_kilometre square_kilometer": "1000000",
        "acre": "4046.8564224",
        "square_foot square_feet": "0.09290304",
        "square_mile": "2589988.110336",
    },
    "kilograms": {
        "gram gramme": "0.001",
        "kg kilogram kilogramme": "1",
        "tonne": "1000",
        "lb pound_of_weight": "0.45359237",
    },
    "seconds": {"second": "1", "minute": "60", "hour": "3600", "day": "86400", "week": "604800"},
    "of one": {"fraction": "1", "% percent per_cent": "0.01", "‰ per_mille per_mil": "0.001"},
}
_ONE = {"feet": "foot", "inches": "inch", "square feet": "square foot"}
_MULTIPLES = {"thousand": "1000", "million": "1000000", "billion": "1000000000", "trillion": "1000000000000"}
_MULTIPLE = re.compile(rf"({'|'.join(_MULTIPLES)})s?(?: of)? (.+)")
_PER = re.compile(r"(%|percent|per cent) of (.+)")


@dataclass(frozen=True)
class Unit:
    """`factor`: how many of `base` one of it is. `plain`: no unit of measuring, a thing that is counted.

    `name` is that of one of it, where the table has it: “foot”.
    """

    name: str
    base: str
    factor: Decimal
    plain: bool

    @property
    def formula(self) -> str | None:
        """“1 km = 1000 metres”; None where it is its own base."""
        if self.factor == 1:
            return None
        return f"1 {self.name} = {grouped(canonical_decimal(self.factor))} {self.base}"


def read_unit(words: str) -> Unit:
    """A unit as an editor wrote it."""
    name = " ".join(words.split())
    bare = name.casefold()
    if found := _MULTIPLE.fullmatch(bare):
        inner = read_unit(found[2])
        return Unit(name, inner.base, EXACT.multiply(Decimal(_MULTIPLES[found[1]]), inner.factor), inner.plain)
    if found := _PER.fullmatch(bare):
        return Unit(name, f"of one ({found[2]})", Decimal("0.01"), False)
    if bare in _KNOWN:
        return _KNOWN[bare]
    return Unit(name, bare, Decimal(1), True)


def _known() -> dict[str, Unit]:
    found = {}
    for base, units in _TABLE.items():
        for names, factor in units.items():
            for name in names.split():
                word = name.replace("_", " ")
                unit = Unit(_ONE.get(word, word), base, Decimal(factor), False)
                found[word] = found[f"{word}s"] = unit
    return found


_KNOWN = _known()
