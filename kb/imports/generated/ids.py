"""Ids of generated records: a scramble of their number, so that each is known before and without the others."""

import hashlib
from itertools import count

from kb.values.ids import new_id

BITS = 40
# Odd, so that to multiply by it loses nothing; its bits are those of the golden ratio.
FACTOR = 0x9E3779B97F
# Numbers for one record, of which most are never needed: about one id in eight is drawn again.
DRAWS = 4


class Ids:
    """Record number → id, one to one. `draw` goes into a session, which takes the ids of what is aimed at."""

    def __init__(self, *key: str | int) -> None:
        named = hashlib.sha256("/".join(map(str, key)).encode()).digest()
        self._mask = int.from_bytes(named[: BITS // 8])
        self._next = 0

    def aim(self, number: int) -> None:
        """The next record that is begun is this one."""
        self._next = number << DRAWS

    def draw(self, below: int) -> int:
        drawn = self._scrambled(self._next) % below
        self._next += 1
        return drawn

    def of(self, number: int) -> str:
        """Whatever is aimed at."""
        draws = count(number << DRAWS)
        return new_id(lambda below: self._scrambled(next(draws)) % below)

    def _scrambled(self, number: int) -> int:
        """A different one for each number of so many bits."""
        every = (1 << BITS) - 1
        mixed = (number ^ self._mask) * FACTOR & every
        mixed ^= mixed >> (BITS // 2)
        mixed = mixed * FACTOR & every
        return mixed ^ (mixed >> (BITS // 2))
