"""The model of each kind of main entity, and what is asked of every one of them."""

from collections.abc import Mapping
from typing import Any

from kb.documents import addresses
from kb.documents.agent import Agent
from kb.documents.claim import Claim
from kb.documents.faults import NotADocument, fault, read
from kb.documents.foundation import Foundation
from kb.documents.iris import Places
from kb.documents.nodes import Node
from kb.documents.origin import Origin
from kb.documents.page import Page
from kb.documents.source import Source
from kb.documents.topic import Topic
from kb.documents.whole import claim_faults

MODELS: Mapping[str, type[Node]] = {
    "claim": Claim,
    "source": Source,
    "agent": Agent,
    "origin": Origin,
    "topic": Topic,
    "page": Page,
    "foundation": Foundation,
}


def validate_entity(kind: str, entity: Mapping[str, Any]) -> None:
    """Raises the first fault of a main entity, with its place as a JSON pointer."""
    for one in entity_faults(kind, entity):
        raise one


def entity_faults(kind: str, entity: Mapping[str, Any], *place: str | int) -> list[NotADocument]:
    """All faults of a main entity that can be told at once; `place` is where it stands in its document."""
    model, faults = read(MODELS[kind], dict(entity), *place)
    if model is None:
        return faults
    address = addresses.record_of(model.id)
    if addresses.kind_of(address) != kind:
        return [fault(f"A {kind} does not stand under this address.", *place, "@id")]
    faults.extend(Places(addresses.page_of(model.id), addresses.base_of(model.id)).faults(entity, *place))
    if isinstance(model, Claim):
        faults.extend(claim_faults(model, entity, *place))
    return faults
