"""Which part on the desk is meant by which of the file: by their own ids, or by a natural key."""

from collections import defaultdict, deque
from collections.abc import Hashable, Iterable
from typing import TypeVar

There = TypeVar("There")
Wanted = TypeVar("Wanted")


def pair(
    there: Iterable[tuple[Hashable, There]], wanted: Iterable[tuple[Hashable, Wanted]]
) -> tuple[list[tuple[Wanted, There | None]], list[There]]:
    """Each of the wanted with the part of the same key, if any, in the order of the file; and the parts left over.

    Where a key stands several times, the first is the first.
    """
    waiting: dict[Hashable, deque[There]] = defaultdict(deque)
    for key, part in there:
        waiting[key].append(part)
    pairs = [(one, waiting[key].popleft() if waiting[key] else None) for key, one in wanted]
    return pairs, [part for queue in waiting.values() for part in queue]
