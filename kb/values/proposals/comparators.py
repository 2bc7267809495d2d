"""Words before and behind a number that say how it is meant, and words that give an amount without a number."""

from typing import NamedTuple

from kb.values.proposals.tokens import Words


class Meant(NamedTuple):
    """A comparator of the closed list and how many tokens say it. `sure` where only a number can follow."""

    comparator: str
    length: int
    sure: bool = False


_BEFORE = {
    "over": "well over|just over|over|more than|upwards of|in excess of|exceeding|above|>",
    "at_least": "at least|no fewer than|no less than|not less than|a minimum of|minimum of|≥",
    "under": "just under|under|below|less than|fewer than|nearly|almost|not quite|<",
    "at_most": "up to|at most|no more than|not more than|as many as|as much as|a maximum of|maximum of|≤",
    "about": "about|around|some|roughly|approximately|approx|circa|ca|close to|an estimated|estimated|~|≈",
    "exact": "exactly|precisely",
}
_BEHIND = {
    "at_least": ("or more", "or over", "or above", "+"),
    "at_most": ("or fewer", "or less", "or under"),
    "about": ("or so",),
}
_MANY = {"many", "numerous", "countless", "dozens", "scores", "hundreds", "thousands", "millions", "billions"}
_PLAIN = {"many", "numerous", "countless"}
# “how many”, “so many”: the word asks or compares, and gives no amount.
_NOT_MANY_AFTER = {"how", "so", "as", "too", "that", "not"}
_THEIRS = {"its", "their", "his", "her", "our", "the", "this", "these", "that", "those"}
_ALL = {"almost", "nearly", "virtually", "practically"}


def _by_words() -> dict[tuple[str, ...], str]:
    return {tuple(words.split()): word for word, all_of_it in _BEFORE.items() for words in all_of_it.split("|")}


_COMPARATORS = _by_words()
_LONGEST = max(map(len, _COMPARATORS))
_FIRST = {said[0] for said in _COMPARATORS}


def before_a_number(words: Words, at: int) -> Meant | None:
    """The longest comparator that begins at this token."""
    if words[at].text not in _FIRST:
        return None
    for length in range(_LONGEST, 0, -1):
        said = tuple(words[place].text for place in range(at, at + length))
        if said in _COMPARATORS:
            # “approx.” and “ca.” bring their point along.
            pointed = said[-1] in ("approx", "ca") and words[at + length].text == "."
            return Meant(_COMPARATORS[said], length + pointed, sure=_COMPARATORS[said] not in ("about", "exact"))
    return None


def behind_a_number(words: Words, at: int) -> Meant | None:
    """“or more”, “or so”, and a plus sign right behind the digits."""
    for comparator, all_of_it in _BEHIND.items():
        for said in all_of_it:
            if words.stand_at(at, said.split()) and (said != "+" or words[at].start == words[at - 1].end):
                return Meant(comparator, len(said.split()))
    return None


def without_a_number(words: Words, at: int) -> Meant | None:
    """“many”, “hundreds of thousands”, “almost all”; “much of its funding” with the word for what it is a part of."""
    text = words[at].text
    if text in _ALL and words[at + 1].text == "all":
        return Meant("almost_all", 2)
    if text in _MANY and words[at - 1].text not in _NOT_MANY_AFTER:
        doubled = text not in _PLAIN and words[at + 1].text == "of" and words[at + 2].text in _MANY - _PLAIN
        return Meant("many", 3 if doubled else 1)
    a_part = text == "much" and words[at + 1].text == "of" and words[at + 2].text in _THEIRS
    if a_part and words[at + 3].kind == "word" and words[at - 1].text not in _NOT_MANY_AFTER:
        return Meant("much", 4)
    return None
