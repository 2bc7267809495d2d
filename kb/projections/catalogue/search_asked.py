"""What a search asks for, and what it finds."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.projections.catalogue.lists import LIMIT
from kb.projections.catalogue.query import Query
from kb.projections.catalogue.rows import Listed

SORTS = ("relevance", "newest", "corrected")
FEW = 8


@dataclass(frozen=True)
class Asked:
    """A search. `filters` has the chosen values of each name: any of them, and one under every name."""

    query: Query = field(default_factory=Query)
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "relevance"
    after: str | None = None
    limit: int = LIMIT
    # How many values of each facet are wanted, and of those named in `in_full`, MOST.
    values: int = FEW
    in_full: frozenset[str] = frozenset()

    @property
    def order(self) -> str:
        """Where no word is asked for nothing is more relevant than something else."""
        return "newest" if self.sort == "relevance" and not self.query.wanted else self.sort


@dataclass(frozen=True)
class Value:
    """A value of a facet: how many hits there would be, were it the only one chosen under its name."""

    value: str
    label: str
    count: int
    chosen: bool = False


@dataclass(frozen=True)
class Counted:
    """The values of a facet that are given, most hits first, and the number of those that are not."""

    values: tuple[Value, ...] = ()
    left_out: int = 0


@dataclass(frozen=True)
class Found:
    """`without`: hits there would be if the filter of a name were dropped, and under "" if all were."""

    total: int
    rows: tuple[Listed, ...]
    next: str | None
    facets: Mapping[str, Counted]
    without: Mapping[str, int]
