"""How much memory an index takes, and whether it has room for more."""

from kb.projections.triples.limits import MIB

# Bytes of memory for one byte of packed entries, until so many have been taken in that it can be measured: some 27 are,
# for 440 MiB a million quads.
GROWTH = 40.0
MEASURED = MIB
# What was measured is expected to be so much more the next time.
MORE = 1.25


class Room:
    """Of one process; all in bytes."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._empty = 0
        self._fed = 0

    def begin(self, memory: int) -> None:
        """The process takes as much before it is fed."""
        self._empty, self._fed = memory, 0

    def feed(self, packed: int) -> None:
        """So many bytes of packed entries were taken in."""
        self._fed += packed

    def fits(self, memory: int, packed: int) -> bool:
        """Whether a process that takes so much now may be fed so many bytes of packed entries."""
        grown = MORE * (memory - self._empty) / self._fed if self._fed >= MEASURED else GROWTH
        return memory + packed * grown <= self.most

    def per_million_quads(self, memory: int, quads: int) -> int:
        """Beside what the empty process takes."""
        return round((memory - self._empty) / quads * 1_000_000) if quads else 0
