"""Which evidence counts, and how many independent origins are behind it: DESIGN 2, "Independent origins".

Copies never count twice, since they share an origin; what nobody read, satire, and what only mentions or
repeats the claim never count at all.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Protocol

COUNTED = frozenset({"supports", "contradicts", "qualifies"})


class EvidenceItem(Protocol):
    """What the rule has to know of a piece of evidence, wherever it is kept."""

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


@dataclass(frozen=True)
class Count:
    """Items that were seen and count, and the different origins behind them."""

    seen: int
    origins: int


def is_counted(item: EvidenceItem) -> bool:
    """Seen, not grade X, and for, against or qualifying."""
    return item.quote_state != "unseen" and item.grade != "X" and item.stance in COUNTED


def origins_behind(items: Iterable[EvidenceItem]) -> frozenset[Hashable]:
    return frozenset(item.origin for item in items if is_counted(item))


def independent_origins(items: Iterable[EvidenceItem]) -> int:
    return len(origins_behind(items))


def seen_evidence(items: Iterable[EvidenceItem]) -> int:
    return sum(map(is_counted, items))


def counts(items: Iterable[EvidenceItem]) -> Count:
    """For a whole claim."""
    counted = [item for item in items if is_counted(item)]
    return Count(len(counted), independent_origins(counted))


def counts_by_aspect_and_stance(items: Iterable[EvidenceItem]) -> dict[tuple[Hashable, str], Count]:
    """In the order of the evidence; an aspect and stance without counted evidence is left out.

    The origins of the parts do not add up to those of the claim: one origin may bear on several aspects.
    """
    groups: dict[tuple[Hashable, str], list[EvidenceItem]] = {}
    for item in items:
        if is_counted(item):
            groups.setdefault((item.aspect, item.stance), []).append(item)
    return {key: counts(group) for key, group in groups.items()}
