"""Which other records a main entity refers to: the set that `cited` names and that a content digest is of."""

from collections.abc import Iterator, Mapping
from typing import Any

from kb.documents import addresses

# Keys whose values are the records referred to. `relations` are not among them: they need no words, and a change in
# them alone needs no approval. `method` names an edition, fixed by the assessment.
REFERRING = frozenset(
    {
        "agent",
        "appearsIn",
        "author",
        "broader",
        "copyOf",
        "countedByAgent",
        "derivedFrom",
        "firstAppearance",
        "firstHandSource",
        "foundSource",
        "inSource",
        "livingSource",
        "measure",
        "memberOf",
        "origin",
        "possiblySameAs",
        "publisher",
        "record",
        "restsOn",
        "source",
        "topics",
        "wouldSettle",
    }
)


def references(entity: Mapping[str, Any]) -> frozenset[str]:
    """IRIs (`…#it`) of the records that a main entity refers to, itself apart."""
    found = {value for value in _referring(entity) if value.endswith(addresses.THING)}
    return frozenset(found - {entity["@id"]})


def _referring(node: Mapping[str, Any]) -> Iterator[str]:
    for key, value in node.items():
        if isinstance(value, str):
            if key in REFERRING:
                yield value
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, dict):
                    yield from _referring(item)
                elif key in REFERRING and isinstance(item, str):
                    yield item
        elif isinstance(value, dict) and key != "relations":
            yield from _referring(value)
