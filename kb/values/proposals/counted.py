"""What follows a number: a unit of measuring, money, or the words for what is counted."""

from typing import NamedTuple

from kb.values.proposals.amounts import VALUES
from kb.values.proposals.tokens import Words

# Signs of money stand before the number; the unit says no more than the sign does.
SIGNS_OF_MONEY = {"$": "dollars", "£": "pounds", "€": "euros", "¥": "yen"}
# Symbols are read only where they stand alone behind digits; words as they are, in the plural.
_SYMBOLS = {
    "%": "%",
    "‰": "‰",
    "mm": "millimetres",
    "cm": "centimetres",
    "m": "metres",
    "km": "kilometres",
    "ft": "feet",
    "mi": "miles",
    "ha": "hectares",
    "kg": "kilograms",
    "lb": "pounds of weight",
    "lbs": "pounds of weight",
    "mph": "miles per hour",
    "°": "degrees",
}
_MEASURES = (
    "millimetre centimetre metre kilometre mile yard acre hectare gram kilogram tonne ton litre gallon barrel degree"
    " second minute hour day week month year decade watt kilowatt megawatt gigawatt dollar pound euro cent"
)
_OTHERS = {
    "percent": "%",
    "pct": "%",
    "foot": "feet",
    "feet": "feet",
    "inch": "inches",
    "inches": "inches",
    "yen": "yen",
    "century": "centuries",
    "centuries": "centuries",
}
_PEOPLE = {"people", "men", "women", "children", "members", "users", "followers", "persons", "boys", "girls", "voters"}
_SINGULAR = ("ss", "us", "is", "'s", "gas", "news", "series", "always", "perhaps")
_PLURALS = {"people", "men", "women", "children", "police", "sheep", "mice", "teeth", "media", "data"} | _PEOPLE
# Here a phrase ends: what comes next is no longer what is counted.
_STOPS = (
    "of in on by to at for from with without and or but nor than as that which who whom whose when while where if so"
    " the a an this these those its their his her our your my it he she they we you i was were is are be been being has"
    " have had does did do will would can could may might must shall should not after before since until during over"
    " under above below between among across about around per through into out up down off against also only even just"
    " more less fewer most least said says worldwide altogether ago later earlier together each"
)
_STOPPING = frozenset(_STOPS.split())


def _units() -> dict[str, str]:
    found = dict(_OTHERS)
    for one in _MEASURES.split():
        american = one.replace("metre", "meter").replace("litre", "liter")
        found |= dict.fromkeys((one, f"{one}s", american, f"{american}s"), f"{one}s")
    return found


_UNITS = _units()
_AFTER_A_FIRST_WORD = _UNITS.keys() | {"points", "point"}
_LONGEST = 4
_CONJUNCTS = 4


class Counted(NamedTuple):
    """`unit` in one word or two, `counted` as printed; `beyond` is the first token behind them."""

    unit: str
    counted: str | None
    beyond: int


def measure_at(words: Words, at: int) -> Counted | None:
    """A unit of measuring: “%”, “per cent”, “km”, “square metres”."""
    text = words[at].text
    if text in _SYMBOLS:
        behind_digits = words[at - 1].kind == "number"
        return Counted(_SYMBOLS[text], None, at + 1) if behind_digits else None
    if words.stand_at(at, ("per", "cent")):
        return Counted("%", None, at + 2)
    if text in ("percentage", "square", "cubic") and words[at + 1].text in _AFTER_A_FIRST_WORD:
        return _of_two_words(words, at)
    unit = _UNITS.get(text)
    return Counted(unit, None, at + 1) if unit else None


def nouns_at(words: Words, at: int) -> Counted | None:
    """“viral videos”, “fake profiles, pages, and accounts”: a few words up to a plural, and what is joined to it."""
    head = _plural_at(words, at, _LONGEST)
    if head is None:
        return None
    beyond, heads = head + 1, [words[head].text]
    while len(heads) <= _CONJUNCTS and (joined := _joined_at(words, beyond)) is not None:
        beyond, heads = joined + 1, [*heads, words[joined].text]
    unit = heads[0] if len(heads) == 1 else "people" if heads[0] in _PEOPLE else "items"
    return Counted(unit, words.between(at, beyond), beyond)


def whole_at(words: Words, at: int) -> str | None:
    """Of what a share or a measure is: the words behind “of”, up to where the phrase ends."""
    if words[at].text != "of":
        return None
    first = at + 2 if words[at + 1].text in ("the", "all", "its", "their") else at + 1
    beyond = first
    while beyond < first + _LONGEST and _may_count(words, beyond):
        beyond += 1
    return words.between(first, beyond) if beyond > first else None


def _plural_at(words: Words, at: int, longest: int) -> int | None:
    for place in range(at, at + longest):
        if not _may_count(words, place):
            return None
        if _is_plural(words[place].text):
            return place
    return None


def _joined_at(words: Words, at: int) -> int | None:
    """The next plural behind “,”, “and”, “or”, or a comma with one of them."""
    first = at + (words[at].text == ",")
    first += words[first].text in ("and", "or")
    return _plural_at(words, first, 2) if first > at else None


def _may_count(words: Words, at: int) -> bool:
    token = words[at]
    return token.kind == "word" and token.text not in _STOPPING and token.text not in VALUES


def _is_plural(word: str) -> bool:
    return word in _PLURALS or (len(word) > 2 and word.endswith("s") and not word.endswith(_SINGULAR))


def _of_two_words(words: Words, at: int) -> Counted:
    first, second = words[at].text, words[at + 1].text
    unit = "percentage points" if first == "percentage" else f"{first} {_UNITS.get(second, second)}"
    return Counted(unit, None, at + 2)
