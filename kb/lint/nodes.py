"""JSON with its places: a value, where it begins, and the way that leads to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kb.values.prose import shown

# No claim has so many authors or appearances. Many reviews may refer to one list, and each would go through all of it.
EACH = 100


@dataclass(frozen=True, slots=True)
class Number:
    """As it was written; whoever counts with it has to ask first whether it is short enough."""

    literal: str


@dataclass(slots=True, eq=False)
class Node:
    """`at` is where the value begins, `name_at` where the name of the member does."""

    at: int
    name_at: int
    key: str | int | None = None
    parent: Node | None = None
    value: dict[str, Node] | list[Node] | str | Number | bool | None = field(default=None)

    @property
    def path(self) -> str:
        """A JSONPath of RFC 9535: `$.reviewRating.ratingValue`, `$['@graph'][0]`."""
        steps: list[str] = []
        node: Node | None = self
        while node is not None:
            steps.append(_step(node.key))
            node = node.parent
        return "".join(reversed(steps))

    def get(self, name: str) -> Node | None:
        return self.value.get(name) if isinstance(self.value, dict) else None

    def members(self) -> dict[str, Node]:
        return self.value if isinstance(self.value, dict) else {}

    def each(self) -> list[Node]:
        """The values of a list, one by one, up to EACH of them; any other value alone."""
        return self.value[:EACH] if isinstance(self.value, list) else [self]

    def walk(self) -> Iterator[Node]:
        """The node and all below it, in the order of the file."""
        yield self
        below = self.value.values() if isinstance(self.value, dict) else self.value
        if isinstance(below, str | Number | bool | None):
            return
        for one in below:
            yield from one.walk()


def _step(key: str | int | None) -> str:
    if key is None:
        return "$"
    if isinstance(key, int):
        return f"[{key}]"
    plain = key.isidentifier() and len(key) <= 40
    return f".{key}" if plain else f"['{shown(key)}']"
