"""The passages of a claim that were taken from one source, or that go back to one origin."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.web.views.cited import Cited, anchor, number
from app.web.views.quote import Quote, quote

Node = Mapping[str, Any]


@dataclass(frozen=True)
class Taken:
    """A quotation and what it is in the claim: its own words, or evidence with stance and aspect."""

    # "appearance", "evidence", "reply" or "search".
    part: str
    anchor: str
    number: int
    quote: Quote
    stance: str | None
    aspect: Mapping[str, str] | None
    origin: str | None
    cited: Cited


def from_source(document: Node, source: str) -> list[Taken]:
    """What the claim quotes from the source, in the order of its parts."""
    return list(_taken(document, lambda _node, target: target["source"] == source))


def from_origin(document: Node, origin: str) -> list[Taken]:
    """What of the claim's evidence goes back to the origin."""
    return list(_taken(document, lambda node, _target: node.get("origin") == origin))


def _taken(document: Node, wanted: Callable[[Node, Node], bool]) -> Iterator[Taken]:
    entity, cited = document["mainEntity"], Cited(document)
    aspects = {one["@id"]: one["label"] for one in entity.get("aspects", ())}
    kinds = ("appearances", "evidence", "replies", "searches")
    for part in kinds:
        for node in sorted(entity.get(part, ()), key=lambda one: number(one["@id"])):
            targets = [node["target"]] if "target" in node else []
            for target in [*targets, *node.get("otherPlaces", ())]:
                if wanted(node, target):
                    yield Taken(
                        part=part,
                        anchor=anchor(node["@id"]),
                        number=number(node["@id"]),
                        quote=quote(target, node["quoteState"], node.get("translation")),
                        stance=node.get("stance"),
                        aspect=aspects.get(node.get("aspect", "")),
                        origin=node.get("origin"),
                        cited=cited,
                    )
