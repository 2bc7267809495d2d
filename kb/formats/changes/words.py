"""A word diff of two texts: which words stayed, went and came."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher

SAME, REMOVED, ADDED = "same", "removed", "added"
# What difflib may have to do for one comparison: pairs of equal words, times words. It is about a second's work.
BUDGET = 40_000_000

# Chinese, Japanese and Korean set no blanks: each sign is a word.
_CJK = "\u2e80-\u312f\u31c0-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_RUNS = re.compile(rf"([{_CJK}]|[^\s{_CJK}]+|^)(\s*)")
_LINES = re.compile(r"([^\n]*\n|[^\n]+)()")
# A point within a number ends no sentence; a Chinese one needs no blank behind it.
_SENTENCES = re.compile(r"(.*?(?:[.!?…؟]+[”’\")\]]*(?=\s|$)|[。！？]+[”’」』]*)|.+)(\s*)", re.DOTALL)
_OPENING, _CLOSING = "“‘\"'([«¿¡", "”’\"')]».,;:!?…،؛؟"

Piece = tuple[str, str]
# What is compared, and the blanks behind it.
Token = tuple[str, str]
Split = Callable[[str], list[Token]]


def words(before: str, after: str) -> list[Piece]:
    """Pieces ("same", "removed" or "added", text) in their order.

    Those that are same or removed make up `before`, those that are same or added make up `after`, to the letter.
    """
    return _joined(_differ(before, after, (_LINES.findall, _SENTENCES.findall, _words)))


def _differ(before: str, after: str, levels: Sequence[Split]) -> Iterator[Piece]:
    """Lines first, then sentences, then words: whatever differs is looked at more closely."""
    if not (before and after and levels):
        yield REMOVED, before
        yield ADDED, after
        return
    split, finer = levels[0], levels[1:]
    for same, old, new in _blocks(split(before), split(after)):
        if same:
            yield from _with_blanks(old, new)
        else:
            yield from _differ(_text(old), _text(new), finer)


def _blocks(old: list[Token], new: list[Token]) -> Iterator[tuple[bool, list[Token], list[Token]]]:
    """Runs that are the same and runs that are not; both ends are cut off first, since most changes are small."""
    one, other = [word for word, _ in old], [word for word, _ in new]
    start = _common(one, other)
    end = _common(one[start:][::-1], other[start:][::-1])
    until, till = len(old) - end, len(new) - end
    one, other = one[start:until], other[start:till]
    yield True, old[:start], new[:start]
    for same, i, j, k, m in _runs(one, other):
        yield same, old[start + i : start + j], new[start + k : start + m]
    yield True, old[until:], new[till:]


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many are the same from the beginning."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(old), len(new)))


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, int, int, int, int]]:
    """What is the same and what is not, by the bounds on both sides; by difflib where it can do it soon."""
    if _costs(old, new) <= BUDGET:
        # What difflib takes for junk by itself ruins texts of more than 200 words.
        for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            yield kind == "equal", i, j, k, m
        return
    anchors = _anchors(old, new)
    if not anchors:
        yield False, 0, len(old), 0, len(new)
        return
    start = begin = 0
    for place, there in (*anchors, (len(old), len(new))):
        for same, i, j, k, m in _runs(old[start:place], new[begin:there]):
            yield same, start + i, start + j, begin + k, begin + m
        if place < len(old):
            yield True, place, place + 1, there, there + 1
        start, begin = place + 1, there + 1


def _costs(old: Sequence[str], new: Sequence[str]) -> int:
    counted = Counter(new)
    pairs = sum(number * counted[word] for word, number in Counter(old).items())
    return pairs * min(len(old), len(new))


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Places of words that stand once on each side, the most that keep their order (“patience” diff)."""
    there = {word: place for place, word in enumerate(new)}
    once = {word for word, number in Counter(new).items() if number == 1}
    once &= {word for word, number in Counter(old).items() if number == 1}
    # The ends of the longest rising rows so far, and of each pair the one before it in its row.
    ends: list[int] = []
    pairs: list[tuple[int, int]] = []
    before: dict[tuple[int, int], tuple[int, int] | None] = {}
    for place, word in enumerate(old):
        if word in once:
            pair = (place, there[word])
            length = bisect_left(ends, pair[1])
            before[pair] = pairs[length - 1] if length else None
            ends[length : length + 1] = [pair[1]]
            pairs[length : length + 1] = [pair]
    found: list[tuple[int, int]] = []
    last = pairs[-1] if pairs else None
    while last is not None:
        found.append(last)
        last = before[last]
    return found[::-1]


def _with_blanks(old: Sequence[Token], new: Sequence[Token]) -> Iterator[Piece]:
    """The words are the same; the blanks behind them may not be."""
    for (word, blank), (_, other) in zip(old, new, strict=True):
        yield SAME, word
        if blank == other:
            yield SAME, blank
        else:
            yield REMOVED, blank
            yield ADDED, other


def _text(tokens: Iterable[Token]) -> str:
    return "".join(word + blank for word, blank in tokens)


def _words(text: str) -> list[Token]:
    """Words and the signs around them; a number keeps the signs within it: “4,807”."""
    found: list[Token] = []
    for run, blank in _RUNS.findall(text):
        inner = run.lstrip(_OPENING)
        core = inner.rstrip(_CLOSING)
        signs = [*run[: len(run) - len(inner)], *([core] if core else ()), *inner[len(core) :]] or [""]
        found += [(sign, "") for sign in signs[:-1]]
        found.append((signs[-1], blank))
    return found


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Neighbours of one kind as one piece; where both went and came, what went stands first."""
    made: list[Piece] = []
    gone = come = blank = same = ""
    for kind, text in pieces:
        if kind == SAME and gone and come and text.isspace():
            # A blank alone between two changes belongs to both: what is new reads better in one piece.
            blank += text
        elif kind == SAME and text:
            gone, come, end = _without_end(gone, come)
            made += _said((REMOVED, gone), (ADDED, come))
            same, gone, come, blank = same + end + blank + text, "", "", ""
        elif text:
            made += _said((SAME, same))
            gone, come, same, blank = gone + blank, come + blank, "", ""
            gone, come = (gone + text, come) if kind == REMOVED else (gone, come + text)
    gone, come, end = _without_end(gone, come)
    return made + _said((REMOVED, gone), (ADDED, come), (SAME, same + end + blank))


def _said(*pieces: Piece) -> list[Piece]:
    return [piece for piece in pieces if piece[1]]


def _without_end(gone: str, come: str) -> tuple[str, str, str]:
    """The blanks that both end with did not change."""
    size = 0
    while size < min(len(gone), len(come)) and gone[-size - 1] == come[-size - 1] and gone[-size - 1].isspace():
        size += 1
    return (gone[:-size], come[:-size], gone[-size:]) if size else (gone, come, "")
