"""What a reader typed, as terms: words, "exact phrases", -exclusions, and beginnings* of words. All must be met.

There are no other operators: OR, NEAR( and the like are words as any other, and nothing typed ever reaches a
database as it is. A word is found in singular and plural too, by the plainest rule of English; in double quotes it is
found as it stands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kb.errors import Refused
from kb.values.keys import GERSHAYIM, placed

LONGEST = 500
MOST_TERMS = 32
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_SPACED_NUMBER = re.compile(r"(?<!\S)-?\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\S)")
_PIECE = re.compile(r"(?P<minus>-?)\"(?P<phrase>[^\"]*)\"?|(?P<bare>[^\s\"]+)")
_ENGLISH = re.compile("[a-z]{3,}")


class NotASearch(Refused):
    """What was typed cannot be searched for."""


@dataclass(frozen=True)
class Way:
    """Keys that stand one after another; `open` where the last one may go on."""

    keys: tuple[str, ...]
    open: bool = False

    @property
    def is_phrase(self) -> bool:
        return len(self.keys) > 1

    @property
    def needle(self) -> str:
        """As it stands in an indexed line, which has a space around each key."""
        return f" {' '.join(self.keys)}{'' if self.open else ' '}"


@dataclass(frozen=True)
class Term:
    """One thing asked for; any of its ways will do. `typed` is how it was written."""

    ways: tuple[Way, ...]
    typed: str = field(default="", compare=False)


@dataclass(frozen=True)
class Query:
    """Every one of `wanted` and none of `unwanted`."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted or self.unwanted)

    @property
    def is_plain(self) -> bool:
        """Words without a phrase, of which one at least is wanted: an index answers that by itself."""
        ways = (way for term in (*self.wanted, *self.unwanted) for way in term.ways)
        return bool(self.wanted) and not any(way.is_phrase for way in ways)


def parse(text: str) -> Query:
    """Raises NotASearch where it is too long or has no word in it; blank text asks for nothing and is no error."""
    if len(text) > LONGEST:
        raise NotASearch(
            f"These are {len(text):,} characters; at most {LONGEST} are searched for.",
            where="q",
            remedy="Search for a few words of it, or for a short phrase in double quotes.",
        )
    wanted, unwanted = list[Term](), list[Term]()
    for minus, term in _pieces(GERSHAYIM.sub("", text).translate(_QUOTES)):
        (unwanted if minus else wanted).append(term)
    if len(wanted) + len(unwanted) > MOST_TERMS:
        raise NotASearch(
            f"These are more than {MOST_TERMS} words.",
            where="q",
            remedy="Leave some out, or put them in double quotes.",
        )
    query = Query(tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(unwanted)))
    if text.strip() and not query:
        raise NotASearch(
            "There is no word in what was typed.", where="q", remedy="Letters and digits are searched for."
        )
    return query


def opened(query: Query) -> Query:
    """The same with every single word taken as the beginning of one."""
    wanted = (Term(tuple(Way(way.keys, open=True) for way in term.ways[:1]), term.typed) for term in query.wanted)
    return Query(tuple(wanted), query.unwanted)


def _pieces(text: str) -> Iterator[tuple[bool, Term]]:
    whole = _SPACED_NUMBER.sub(lambda found: re.sub(r"\s", "", found[0]), text)
    for found in _PIECE.finditer(whole):
        phrase, bare = found["phrase"], found["bare"]
        if bare is None:
            minus, ways = bool(found["minus"]), _exact(phrase)
        else:
            minus, ways = bare.startswith("-"), _loose(bare)
        if ways:
            yield minus, Term(ways, found[0])


def _exact(words: str) -> tuple[Way, ...]:
    """As it stands. A single letter of an unparted script may stand anywhere, so it begins or ends a pair."""
    tokens = placed(words)
    if not tokens:
        return ()
    made, last = [token.key for token in tokens], tokens[-1]
    if last.way != "last":
        return (Way(tuple(made)),)
    is_longer = len(tokens) > 1 and tokens[-2].way == "pair"
    return (Way(tuple(made[:-1])) if is_longer else Way(tuple(made), open=True),)


def _loose(word: str) -> tuple[Way, ...]:
    ways = _exact(word)
    if len(ways) != 1:
        return ways
    only = ways[0]
    if word.endswith("*"):
        return (Way(only.keys, open=True),)
    if only.is_phrase or only.open:
        return ways
    return tuple(Way((form,)) for form in forms(only.keys[0]))


def forms(key: str) -> list[str]:
    """A word and what may be its singular or plural: party, parties; box, boxes. Others stand alone."""
    found = [key]
    if _ENGLISH.fullmatch(key):
        if key.endswith("s") and not key.endswith("ss"):
            found += [key[:-3] + "y"] if key.endswith("ies") else []
            found += [key[:-2]] if key.endswith("es") else []
            found += [key[:-1]] if len(key) > 3 else []
        elif key.endswith("y") and key[-2] not in "aeiou":
            found.append(key[:-1] + "ies")
        elif key.endswith(("ss", "x", "z", "ch", "sh")):
            found.append(key + "es")
        else:
            found.append(key + "s")
    return list(dict.fromkeys(found))
