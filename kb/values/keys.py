"""Search keys: the form in which words are indexed and asked for, one function for both and for every database.

Only keys are normalised, never the words themselves. Letters lose their case and the accents of Latin, Greek, Cyrillic,
Arabic and Hebrew script; variants of one Arabic letter become one, digits of every script 0 to 9. Hyphens, apostrophes
and all other signs part words. A number in groups of three is one key: 72,000 and 72 000 are 72000. Scripts that do
not part their words are cut into overlapping pairs of letters.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

# More of one word is not looked at: PostgreSQL takes no lexeme beyond 2,046 bytes.
LONGEST = 64
# Letters that Unicode does not take apart, and variants that readers type for one another.
ALIKE = dict(zip("øłđðħŧıٱىیکةہھ", "olddhtiاييكههه", strict=True)) | {"þ": "th", "æ": "ae", "œ": "oe"}
# Accents of Latin, Greek and Cyrillic; Hebrew points; Arabic vowel signs and the stroke that lengthens a word.
SILENT = re.compile("[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
# Han, Kana, Hangul, Thai, Lao, Burmese, Khmer.
UNPARTED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u302f\u3031-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
GERSHAYIM = re.compile("(?<=[\u05d0-\u05ea])[\"״'׳](?=[\u05d0-\u05ea])")
_SIGNS = {",": ",", "،": " ", "٬": ",", ".": ".", "٫": ".", "'": "'", "’": "'", "ʼ": "'", "‘": "'"}
_TOKEN = re.compile(
    rf"(?P<number>[0-9]{{1,3}}(?P<sign>[,.' ])[0-9]{{3}}(?:(?P=sign)[0-9]{{3}})*(?![^ ,.'\n{UNPARTED}]))"
    rf"|(?P<run>[{UNPARTED}]+)|(?P<word>[^ ,.'\n{UNPARTED}]+)"
)


class Token(NamedTuple):
    """A key and the characters of the text that it stands for.

    `way` tells how it was read: "" a word, "pair" of an unparted script, "last" its last letter alone,
    "group" a number in groups of which nobody can say that they are one: 72.000, or 72 000.
    """

    key: str
    start: int
    end: int
    way: str = ""


def keys(text: str) -> list[str]:
    """The keys of a text, in order."""
    return [token.key for token in _tokens(_folded(text))]


def line(text: str) -> str:
    """A text as it is indexed: its keys, a space around each, and on lines of their own what else finds a number."""
    folded = _folded(text)
    found = list(_tokens(folded))
    apart = (re.split("[. ]", folded[token.start : token.end]) for token in found if token.way == "group")
    return "\n".join(f" {' '.join(some)} " for some in ([token.key for token in found], *apart) if some)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", GERSHAYIM.sub("", text)).translate(_FOLDED)


def placed(text: str) -> list[Token]:
    """The keys of a text with their places in it, in code points."""
    folded, places = [], []
    for start, some in _clusters(text):
        piece = unicodedata.normalize("NFKC", some).translate(_FOLDED)
        folded.append(piece)
        places += [(start, start + len(some))] * len(piece)
    return [
        token._replace(start=places[token.start][0], end=places[token.end - 1][1]) for token in _tokens("".join(folded))
    ]


def _tokens(folded: str) -> Iterator[Token]:
    for found in _TOKEN.finditer(folded):
        start, end = found.span()
        if found["run"]:
            yield from _pairs(found["run"], start)
        elif found["number"]:
            # A point may as well part a fraction, a space two numbers; a comma or two points part nothing else.
            unsure = found["sign"] == " " or (found["sign"] == "." and found["number"].count(".") == 1)
            digits = found["number"].replace(found["sign"], "")
            yield Token(digits[:LONGEST], start, end, "group" if unsure else "")
        else:
            yield Token(found["word"][:LONGEST], start, end)


def _pairs(run: str, start: int) -> Iterator[Token]:
    for place in range(len(run) - 1):
        yield Token(run[place : place + 2], start + place, start + place + 2, "pair")
    yield Token(run[-1], start + len(run) - 1, start + len(run), "last")


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Each letter with the marks that belong to it, and where it begins."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not _belongs(text[place]):
            if not GERSHAYIM.match(text, start):
                yield start, text[start:place]
            start = place


def _belongs(letter: str) -> bool:
    """Marks, later parts of a Hangul syllable, and the half-width marks of Kana make one letter with the one before."""
    return unicodedata.category(letter)[0] == "M" or "\u1160" <= letter <= "\u11ff" or letter in "\uff9e\uff9f"


class _Folding(dict[int, str]):
    """What each character becomes; worked out when it is first met."""

    def __missing__(self, point: int) -> str:
        self[point] = made = _fold(chr(point))
        return made


def _fold(letter: str) -> str:
    if letter in _SIGNS:
        return _SIGNS[letter]
    category = unicodedata.category(letter)
    if category == "Cf" or SILENT.match(letter) or "\ufe00" <= letter <= "\ufe0f":
        return ""
    if category in ("Cc", "Zl", "Zp"):
        return "\n"
    if category[0] not in "LMN":
        return " "
    if category == "Nd":
        return str(unicodedata.decimal(letter))
    bare = SILENT.sub("", unicodedata.normalize("NFKD", letter.casefold()))
    made = unicodedata.normalize("NFC", "".join(ALIKE.get(one, one) for one in bare))
    # What a compatibility form hides (a bracketed number, say) must bring no sign into a key.
    return "".join(one for one in made if unicodedata.category(one)[0] in "LMN")


_FOLDED = _Folding()
