"""Grapheme clusters: what a reader takes for one character, which no quote may begin or end inside of."""

import unicodedata

import regex

# A cluster of more code points has no reader. It may be cut, so that no text can make one look-up slow.
WINDOW = 2_000

_CLUSTER = regex.compile(r"\X")
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)


def snap(text: str, start: int, end: int) -> tuple[int, int]:
    """The span widened to whole clusters; code points, end exclusive. Places outside of the text are its ends."""
    start = min(max(start, 0), len(text))
    end = min(max(end, start), len(text))
    return _around(text, start)[0], max(_around(text, end))


def _around(text: str, place: int) -> tuple[int, int]:
    """Beginning and end of the cluster that the place lies inside of; twice the place where it lies between two."""
    begin = _sure_before(text, place)
    for cluster in _CLUSTER.finditer(text[begin : place + WINDOW]):
        if begin + cluster.end() >= place:
            inside = begin + cluster.end() > place and begin + cluster.start() < place
            return (begin + cluster.start(), begin + cluster.end()) if inside else (place, place)
    return place, place


def _sure_before(text: str, place: int) -> int:
    """The nearest place, not after this one, where a cluster begins whatever stands further to the left."""
    for at in range(place, max(place - WINDOW, 0), -1):
        if at < len(text) and _parts(text[at - 1], text[at]):
            return at
    return max(place - WINDOW, 0)


def _parts(left: str, right: str) -> bool:
    """True where two characters are never one cluster. Marks, joiners and halves of a flag depend on more than that."""
    if left.isascii() and right.isascii():
        return left != "\r"
    if unicodedata.category(left) in ("Mn", "Mc", "Me", "Cf") or ord(left) in _FLAG_LETTERS:
        return False
    return len(_CLUSTER.findall(left + right)) == 2
