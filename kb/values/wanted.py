"""Finding words in a text as a reader would: on a folded copy, with a map back to the places in the original.

Folded are case, runs of white space, curly and straight quotes, dashes and compatibility forms; soft hyphens and
other invisible characters are gone. The text itself is never changed: what is found are spans of it.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field

from kb.values.graphemes import snap

# Longer words are no words to look for: a quote has at most as many characters.
LONGEST = 100_000
_ALIKE = (
    dict.fromkeys("‘’‚‛′`´ʼ‹›＇", "'")
    | dict.fromkeys("“”„‟″«»「」『』＂", '"')
    | dict.fromkeys("‐‑‒–—―−﹘﹣－⸺", "-")
    # A hyphen where a PDF parts a word at the end of a line is as invisible as the soft hyphen that it stands for.
    | dict.fromkeys("\ufffe\u034f", "")
)
_WIDE = re.compile(r" +")


class _Folding(dict[int, str]):
    """What each character becomes; worked out when it is first met. No character depends on its neighbours."""

    def __missing__(self, point: int) -> str:
        self[point] = made = _fold(chr(point))
        return made


def _fold(letter: str) -> str:
    if letter in _ALIKE:
        return _ALIKE[letter]
    if letter.isspace():
        return " "
    if unicodedata.category(letter) == "Cf" or "\ufe00" <= letter <= "\ufe0f":
        return ""
    # Syllables of Hangul stay whole: taken apart, each would have to be mapped back.
    if "\uac00" <= letter <= "\ud7a3":
        return letter
    # Some compatibility forms hold a space, which would make a run with those around it.
    return unicodedata.normalize("NFKD", letter.casefold()).replace(" ", "")


_FOLDED = _Folding()


@dataclass
class _Copy:
    """The folded text in stretches; of each, where it begins there and in the original.

    `width` is the number of original characters that became one stretch together, 0 where each became one.
    """

    pieces: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)
    length: int = 0

    def add(self, piece: str, origin: int, width: int) -> None:
        if piece:
            self.pieces.append(piece)
            self.places.append(self.length)
            self.origins.append(origin)
            self.widths.append(width)
            self.length += len(piece)

    def span_of(self, place: int) -> tuple[int, int]:
        """The characters of the original that this one of the copy comes from."""
        at = bisect_right(self.places, place) - 1
        if self.widths[at]:
            return self.origins[at], self.origins[at] + self.widths[at]
        start = self.origins[at] + place - self.places[at]
        return start, start + 1


def find(text: str, words: str, limit: int = 200) -> list[tuple[int, int]]:
    """Where the words stand, in order, in code points with the end exclusive, whole characters each time."""
    wanted = _WIDE.sub(" ", words[: LONGEST + 1].translate(_FOLDED)).strip(" ")
    if not wanted or len(words) > LONGEST:
        return []
    copy = _copy(text)
    folded, found = "".join(copy.pieces), list[tuple[int, int]]()
    hit = (pattern := _pattern(wanted)).search(folded)
    while hit and len(found) < limit:
        span = snap(text, copy.span_of(hit.start())[0], copy.span_of(hit.end() - 1)[1])
        if not found or span != found[-1]:
            found.append(span)
        hit = pattern.search(folded, hit.start() + 1)
    return found


def _pattern(wanted: str) -> re.Pattern[str]:
    """A hyphen that was typed may be a soft one in the text, as where a PDF parts a word at the end of a line."""
    if not wanted.strip("-"):
        return re.compile(re.escape(wanted))
    return re.compile("-?".join(map(re.escape, wanted.split("-"))))


def _copy(text: str) -> _Copy:
    """Only runs of white space, and characters that become none or several, need a stretch of their own."""
    letters = sorted(set(text))
    apart = _apart(letters)
    copy, at = _Copy(), 0
    for run in apart.finditer(text) if apart else ():
        copy.add(text[at : run.start()].translate(_FOLDED), at, 0)
        copy.add(" " if len(run[0]) > 1 else _FOLDED[ord(run[0])], run.start(), len(run[0]))
        at = run.end()
    copy.add(text[at:].translate(_FOLDED), at, 0)
    return copy


def _apart(letters: list[str]) -> re.Pattern[str] | None:
    """What needs one, of the letters of a text. What is invisible between two spaces belongs to their run."""
    blank, gone, several = (
        "".join(re.escape(letter) for letter in letters if fits(_FOLDED[ord(letter)]))
        for fits in (lambda folded: folded == " ", lambda folded: not folded, lambda folded: len(folded) > 1)
    )
    run = f"[{blank}][{blank}{gone}]*[{blank}]" if blank else ""
    one = f"[{gone}{several}]" if gone or several else ""
    return re.compile("|".join(filter(None, (run, one)))) if run or one else None
