"""JSON-LD inside a page: the articles that it describes, and their fields as plain words."""

import json
from collections.abc import Iterator
from typing import Any

from kb.capture.description import Description

MOST_NODES = 10_000
MOST_BLOCKS = 20

Node = dict[str, Any]

_WORKS = ("Article", "NewsArticle", "BlogPosting", "Report", "ScholarlyArticle", "WebPage", "CreativeWork", "Book")


def works(page: Description) -> list[Node]:
    """What the page says it is, articles before web pages; what cannot be read is passed over."""
    found = [node for block in _blocks(page) for node in _nodes(block)]
    known = {node["@id"]: node for node in found if isinstance(node.get("@id"), str)}
    ranked = [(rank, _joined(node, known)) for node in found if (rank := _rank(node)) is not None]
    return [node for _, node in sorted(ranked, key=lambda one: one[0])]


def words(value: Any) -> list[str]:
    """Names in a field that may be a text, an object with a name, or a list of either."""
    several = value if isinstance(value, list) else [value]
    found = []
    for one in several[:MOST_BLOCKS]:
        named = (one.get("name") or one.get("@value") or one.get("@id")) if isinstance(one, dict) else one
        if isinstance(named, str) and named.strip():
            found.append(named)
    return found


def _blocks(page: Description) -> Iterator[Any]:
    for script in page.named("script")[:MOST_BLOCKS]:
        try:
            yield json.loads(script.words, strict=False)
        except (ValueError, RecursionError):
            continue


def _nodes(block: Any) -> Iterator[Node]:
    """Objects at the top, in a list, in `@graph` and in `mainEntity`, at most MOST_NODES of them."""
    waiting, seen = [block], 0
    while waiting and seen < MOST_NODES:
        one = waiting.pop(0) if seen < MOST_BLOCKS else waiting.pop()
        seen += 1
        if isinstance(one, list):
            waiting.extend(one[:MOST_NODES])
        elif isinstance(one, dict):
            yield one
            waiting.extend(one[key] for key in ("@graph", "mainEntity") if key in one)


def _joined(node: Node, known: dict[str, Node]) -> Node:
    """Where a field only points to another node of the page (`{"@id": "#desk"}`), that node stands in the field."""

    def target(value: Any) -> Any:
        pointed = value.get("@id") if isinstance(value, dict) and "name" not in value else None
        return known.get(pointed, value) if isinstance(pointed, str) else value

    return {
        key: [target(one) for one in value] if isinstance(value, list) else target(value) for key, value in node.items()
    }


def _rank(node: Node) -> int | None:
    kinds = node.get("@type")
    named = {one.rpartition("/")[2] for one in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(one, str)}
    ranks = [rank for rank, kind in enumerate(_WORKS) if kind in named]
    if not ranks and any(kind.endswith(("Article", "Posting")) for kind in named):
        return 0
    return min(ranks, default=None)
