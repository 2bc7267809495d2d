"""What a call of the benchmarks was asked for."""

from dataclasses import dataclass

from bench.corpora import SIZES


@dataclass(frozen=True)
class Bench:
    """`largest` bounds the light corpora; the `guard` measures short rows alone, a `million` that size alone."""

    rounds: int = 5
    largest: int = 100_000
    guard: bool = False
    million: bool = False

    @property
    def light(self) -> list[int]:
        """Sizes of light corpora to measure at, smallest first; the guard's is the smallest."""
        if self.million:
            return [1_000_000]
        sizes = [size for size in SIZES["light"] if size <= self.largest]
        return sizes[:1] if self.guard else sizes

    @property
    def seed(self) -> list[int]:
        """Sizes of seed-shaped corpora: a tenth of the light ones."""
        return [] if self.guard or self.million else [size for size in SIZES["seed"] if size <= self.largest // 10]
