"""Which evidence counts, and how many independent origins are behind it: DESIGN 2, "Independent origins".

Copies never count twice, since they share an origin; what nobody read, satire, and what only mentions or
repeats the claim never count at all.
"""

from collections.abc import Hashable, Iterable
from typing import Protocol

COUNTED_STANCES = frozenset({"supports", "contradicts", "qualifies"})


class Item(Protocol):
    """A piece of evidence as far as counting needs it; origin and aspect are any names that tell them apart."""

    @property
    def stance(self) -> str: ...
    @property
    def grade(self) -> str: ...
    @property
    def quote_state(self) -> str: ...
    @property
    def origin(self) -> Hashable: ...
    @property
    def aspect(self) -> Hashable: ...


def is_counted(item: Item) -> bool:
    """Seen, not grade X, and for, against or qualifying."""
    return item.quote_state != "unseen" and item.grade != "X" and item.stance in COUNTED_STANCES


def seen_evidence(items: Iterable[Item], *, aspect: Hashable | None = None, stance: str | None = None) -> int:
    """How many pieces of evidence are weighed, in all or for one aspect or stance."""
    return len(_counted(items, aspect, stance))


def independent_origins(items: Iterable[Item], *, aspect: Hashable | None = None, stance: str | None = None) -> int:
    """How many origins are behind them. Those of the aspects do not add up: one origin may bear on several."""
    return len(origins_behind(items, aspect=aspect, stance=stance))


def origins_behind(
    items: Iterable[Item], *, aspect: Hashable | None = None, stance: str | None = None
) -> frozenset[Hashable]:
    return frozenset(item.origin for item in _counted(items, aspect, stance))


def _counted(items: Iterable[Item], aspect: Hashable | None, stance: str | None) -> list[Item]:
    return [
        item for item in items if is_counted(item) and aspect in (None, item.aspect) and stance in (None, item.stance)
    ]
