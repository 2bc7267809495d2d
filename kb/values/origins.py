"""Independent origins: what counts as confirmation (DESIGN 2, "Independent origins")."""

from collections.abc import Iterable
from typing import Protocol

COUNTED_STANCES = frozenset({"supports", "contradicts", "qualifies"})


class Item(Protocol):
    """A piece of evidence as far as counting needs it; `origin` and `aspect` are any names that tell them apart."""

    @property
    def stance(self) -> str: ...
    @property
    def grade(self) -> str: ...
    @property
    def quote_state(self) -> str: ...
    @property
    def origin(self) -> str: ...
    @property
    def aspect(self) -> str: ...


def is_counted(item: Item) -> bool:
    """Seen, not grade X, and for, against or limiting. Copies and mentions never count."""
    return item.quote_state != "unseen" and item.grade != "X" and item.stance in COUNTED_STANCES


def seen_evidence(items: Iterable[Item]) -> int:
    """How many pieces of evidence are weighed."""
    return sum(is_counted(item) for item in items)


def independent_origins(items: Iterable[Item], *, aspect: str | None = None, stance: str | None = None) -> int:
    """How many different origins stand behind what is counted, in all or for one aspect or stance."""
    return len(
        {
            item.origin
            for item in items
            if is_counted(item) and aspect in (None, item.aspect) and stance in (None, item.stance)
        }
    )
