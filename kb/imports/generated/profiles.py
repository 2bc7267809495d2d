"""The two profiles: how many records of each kind stand beside how many claims."""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True)
class Rate:
    """How many of a kind come new with each claim; the counts go round and round."""

    counts: tuple[int, ...] = (0,)

    def at(self, claim: int) -> int:
        return self.counts[claim % len(self.counts)]

    def before(self, claim: int) -> int:
        """How many there are when this claim begins."""
        rounds, rest = divmod(claim, len(self.counts))
        return rounds * sum(self.counts) + sum(self.counts[:rest])

    def place(self, number: int) -> tuple[int, int]:
        """The claim with which one of them comes, and which of that claim's it is; both from 0."""
        rounds, rest = divmod(number, sum(self.counts))
        ends = list(accumulate(self.counts))
        at = bisect_right(ends, rest)
        return rounds * len(ends) + at, rest - (ends[at] - self.counts[at])


@dataclass(frozen=True)
class Profile:
    """`article` claims stand in one article; `chunk` are drafted together, and are whole articles.

    `persons`, `bodies`, `themes` and the hub sources and origins are there from the start; all persons are among them.
    With `names_all` each record has an id of the corpus' own besides.
    """

    name: str
    chunk: int
    article: int
    persons: int
    bodies: int
    themes: int
    agents: Rate
    topics: Rate
    sources: Rate = Rate()
    origins: Rate = Rate()
    hub_sources: int = 0
    hub_origins: int = 0
    names_all: bool = False


LIGHT = Profile(
    name="light",
    chunk=100,
    article=25,
    persons=16,
    bodies=32,
    themes=24,
    agents=Rate((1, *[0] * 49)),
    topics=Rate((0, 1, *[0] * 48)),
    hub_sources=24,
    hub_origins=12,
)
# The proportions of the corpus of 44 claims beside which 24 agents, 31 topics, 85 sources and 53 origins stand.
SEED = Profile(
    name="seed",
    chunk=20,
    article=10,
    persons=16,
    bodies=16,
    themes=24,
    agents=Rate((1, 0, 1, 0, 1, 0, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1)),
    topics=Rate((1, 1, 0, 1, 1, 0, 1, 1, 0, 1)),
    sources=Rate((2, 2, 2, 1, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2)),
    origins=Rate((1, 1, 2, 1, 1)),
    names_all=True,
)
PROFILES = {one.name: one for one in (LIGHT, SEED)}
