"""Which records an edition refers to, and in which role: pure, so that `verify` can draw them again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kb.documents.addresses import record_of
from kb.log.read import Edition
from kb.values.vocabulary import RELATION

THING = "#it"
# Where a key means different things in different parts, the part stands before it.
ROLES = {
    "topics": "topic",
    "author": "author",
    "publisher": "publisher",
    "appearsIn": "appears_in",
    "agent": "voice",
    "inSource": "said_in",
    "appearances/source": "appears_in",
    "otherPlaces/source": "appears_in",
    "evidence/source": "evidence",
    "evidence/origin": "origin",
    "searches/source": "found",
    "searches/origin": "weighed",
    "openQuestions/origin": "weighed",
    "replies/source": "reply_in",
    "replies/origin": "reply_origin",
    "replies/agent": "reply",
    "concerns/record": "concerns",
    "mentions/record": "mentions",
    "foundSource": "found",
    "wouldSettle": "would_settle",
    "measure": "measure",
    "countedByAgent": "counted_by",
    "livingSource": "living_source",
    "copyOf": "copy_of",
    "derivedFrom": "derived_from",
    "restsOn": "rests_on",
    "memberOf": "member_of",
    "possiblySameAs": "possibly_same",
    "firstHandSource": "first_hand",
    "broader": "broader",
} | {f"relations/{word}": word for word in RELATION}
PARTS = frozenset(role.partition("/")[0] for role in ROLES if "/" in role)
# Who assessed is the desk itself, for every claim; its page would list them all.
PASSED_OVER = frozenset({"assessment"})


@dataclass(frozen=True, order=True)
class Link:
    """From a record, by its id and address, to the address of the record it names."""

    record: str
    role: str
    target: str
    address: str


def links(edition: Edition) -> list[Link]:
    """The links of an edition, each once, sorted."""
    found = _walk(edition.document["mainEntity"], "")
    made = {(role, record_of(target)) for role, target in found}
    return sorted(Link(edition.record, role, target, edition.address) for role, target in made)


def _walk(node: Mapping[str, Any], part: str) -> Iterator[tuple[str, str]]:
    for key, value in node.items():
        if key in PASSED_OVER:
            continue
        role = ROLES.get(f"{part}/{key}") or ROLES.get(key)
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                yield from _walk(item, key if key in PARTS else part)
            elif role and isinstance(item, str) and item.endswith(THING):
                yield role, item
