"""In what order records are published: what others refer to comes first, and what refers to each other together."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def knots(roots: Iterable[Node], edges: Mapping[Node, Iterable[Node]]) -> Iterator[list[Node]]:
    """The strongly connected parts (Tarjan), each after all that it points to; an edge leads to what is needed.

    Roots come in their order, as far as their needs allow. It keeps a stack of its own: chains may be long.
    """
    number: dict[Node, int] = {}
    low: dict[Node, int] = {}
    open_nodes: list[Node] = []
    is_open: set[Node] = set()
    for root in roots:
        if root in number:
            continue
        walk: list[tuple[Node, Iterator[Node]]] = []
        _enter(root, number, low, open_nodes, is_open)
        walk.append((root, iter(edges.get(root, ()))))
        while walk:
            node, rest = walk[-1]
            following = next(rest, None)
            if following is None:
                walk.pop()
                if walk:
                    above = walk[-1][0]
                    low[above] = min(low[above], low[node])
                if low[node] == number[node]:
                    yield _close(node, open_nodes, is_open)
            elif following not in number:
                _enter(following, number, low, open_nodes, is_open)
                walk.append((following, iter(edges.get(following, ()))))
            elif following in is_open:
                low[node] = min(low[node], number[following])


def groups(parts: Iterable[list[Node]], ends: Callable[[Node], bool], size: int) -> Iterator[list[Node]]:
    """Parts put together, about `size` at a time. A group ends only behind a node that it may end with."""
    group: list[Node] = []
    for part in parts:
        group += part
        if len(group) >= size and any(map(ends, part)):
            yield group
            group = []
    if group:
        yield group


def _enter(node: Node, number: dict[Node, int], low: dict[Node, int], opened: list[Node], is_open: set[Node]) -> None:
    number[node] = low[node] = len(number)
    opened.append(node)
    is_open.add(node)


def _close(node: Node, opened: list[Node], is_open: set[Node]) -> list[Node]:
    part: list[Node] = []
    while not part or part[-1] != node:
        part.append(opened.pop())
    is_open.difference_update(part)
    return part[::-1]
