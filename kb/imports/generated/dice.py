"""Chance that is the same every time: numbers drawn from a hash of what they are drawn for."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")
# Bytes drawn at once, and those that make one number: enough of both that no number is noticeably favoured.
DRAWN, WIDTH = 512, 4


class Dice:
    """Drawn for one thing, named by words and numbers: whatever else was drawn before makes no difference to it."""

    def __init__(self, *key: str | int) -> None:
        self._key = "/".join(map(str, key))
        self._round = 0
        self._left = b""

    def below(self, end: int) -> int:
        """From 0 to the number before `end`, each as likely."""
        if not self._left:
            self._left = hashlib.shake_256(f"{self._key}/{self._round}".encode()).digest(DRAWN)
            self._round += 1
        drawn, self._left = self._left[:WIDTH], self._left[WIDTH:]
        return int.from_bytes(drawn) % end

    def between(self, low: int, high: int) -> int:
        """Both ends included."""
        return low + self.below(high - low + 1)

    def chance(self, percent: int) -> bool:
        return self.below(100) < percent

    def of(self, items: Sequence[Item]) -> Item:
        return items[self.below(len(items))]

    def common(self, end: int) -> int:
        """Below `end`, and the smaller the likelier, about as 1/n (Zipf): few come often, most of them rarely."""
        while True:
            octave = 1 << self.below(end.bit_length())
            drawn = octave - 1 + self.below(octave)
            if drawn < end:
                return drawn

    def some(self, number: int, end: int) -> list[int]:
        """As many different ones as are wanted and there are, the smaller the likelier."""
        found: dict[int, None] = {}
        while len(found) < min(number, end):
            found[self.common(end)] = None
        return list(found)

    def weighed(self, weights: Sequence[tuple[int, Item]]) -> Item:
        """One of these, each with its share in percent, which together are a hundred."""
        drawn = self.below(100)
        for share, item in weights:
            if drawn < share:
                return item
            drawn -= share
        raise ValueError("the shares are less than a hundred.")
