"""What comes of many figures at once: those that can be held against each other, and whether they agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.findings.figures import FINDINGS, Key, Reason, differences, key_of
from kb.findings.sides import Numbers, Side, judge, side_of
from kb.findings.spans import Span

Node = Mapping[str, Any]


@dataclass(frozen=True)
class Together:
    """How comparable figures stand to each other. `between`: places of two that are furthest apart, where they differ.

    `loose`: places of those without bounds, which were not held against the others.
    """

    numbers: Numbers
    between: tuple[int, int] | None
    loose: tuple[int, ...]

    @property
    def finding(self) -> str | None:
        """In words; None where fewer than two could be held against each other."""
        return FINDINGS.get(self.numbers)


def together(figures: Sequence[Node]) -> Together:
    """Of figures of one key; in one pass, since spans meet two by two exactly where the outermost two do."""
    sides = [side_of(figure) for figure in figures]
    numbered = [place for place, side in enumerate(sides) if side.given]
    bare = tuple(place for place, side in enumerate(sides) if not side.given)
    if len(numbered) < 2:
        return Together(Numbers.UNKNOWN, None, bare)
    if _outermost(sides, numbered, given=True) is None:
        return Together(Numbers.AGREE, None, bare)
    firm = [place for place in numbered if sides[place].firm]
    loose = tuple(place for place, side in enumerate(sides) if not side.firm)
    if len(firm) < 2:
        pair = _outermost(sides, numbered, given=True)
        known = judge(sides[pair[0]], sides[pair[1]]) if pair else Numbers.UNKNOWN
        return Together(known, pair if known is not Numbers.UNKNOWN else None, loose)
    apart = _outermost(sides, firm, given=True)
    if apart is None:
        return Together(Numbers.AGREE, None, loose)
    further = _outermost(sides, firm, given=False)
    return Together(Numbers.APART, further, loose) if further else Together(Numbers.ROUNDING, apart, loose)


def comparable(figures: Sequence[Node], kind: str | None = None) -> list[list[int]]:
    """Places of figures that can all be held against each other, in the order in which they come.

    `kind` is the measure's. Times that overlap are not all of one time, so each is asked of every other in its group.
    """
    by_key: dict[Key, list[int]] = {}
    for place, figure in enumerate(figures):
        by_key.setdefault(key_of(figure), []).append(place)
    groups: list[tuple[list[Key], list[int]]] = []
    for key, places in by_key.items():
        # What is not said cannot be the same, so a group of it would only look like one.
        pieces = [places] if key.definition else [[place] for place in places]
        for piece in pieces:
            fits = (group for group in groups if not any(differences(key, other, kind) for other in group[0]))
            keys, found = next(fits, ([], []))
            if not keys:
                groups.append((keys, found))
            keys.append(key)
            found += piece
    return [found for _, found in groups]


def nearest(figures: Sequence[Node], place: int, kind: str | None = None) -> tuple[int, tuple[Reason, ...]] | None:
    """Of the others, the one that differs in least, and in what; None where there is no other, or it is not said."""
    key = key_of(figures[place])
    others = [other for other in range(len(figures)) if other != place]
    if not others:
        return None
    found = min(others, key=lambda other: len(differences(key, key_of(figures[other]), kind)))
    return found, differences(key, key_of(figures[found]), kind)


def _outermost(sides: Sequence[Side], places: Sequence[int], *, given: bool) -> tuple[int, int] | None:
    """The one that begins last and the one that ends first, where they share no number; None where all meet."""
    spans: list[tuple[int, Span]] = []
    for place in places:
        span = sides[place].given if given else sides[place].reading
        if span:
            spans.append((place, span))
    lows = [(span.low, not span.low_in, place, span) for place, span in spans if span.low is not None]
    highs = [(span.high, span.high_in, place, span) for place, span in spans if span.high is not None]
    if not lows or not highs:
        return None
    last, first = max(lows, key=lambda one: one[:2]), min(highs, key=lambda one: one[:2])
    return None if last[3].meets(first[3]) else (last[2], first[2])
