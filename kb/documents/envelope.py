"""The envelope that all editions share, and the seal that fills in whatever is not the main entity."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kb.documents import addresses
from kb.documents.canonical import content_digest
from kb.documents.cited import CitedRecord, cite
from kb.documents.edition import check_document
from kb.documents.entity import entity_faults
from kb.documents.faults import NotADocument
from kb.documents.foundation import FORMAT

__all__ = ["CitedRecord", "Draft", "Sealing", "seal"]


@dataclass(frozen=True)
class Draft:
    """What a record says before it is sealed.

    `address` is the path under the base, `entity` the main entity as JSON, `cites` the IRIs of the other records it
    refers to (`references.references`).
    """

    record: str
    kind: str
    address: str
    entity: Mapping[str, Any]
    cites: frozenset[str]

    @cached_property
    def content_digest(self) -> str:
        """The digest that an approval is of."""
        return content_digest(self.entity, self.cites)

    @cached_property
    def faults(self) -> Sequence[NotADocument]:
        """What keeps the entity from being one of its kind; places are inside it."""
        return entity_faults(self.kind, self.entity)


@dataclass(frozen=True)
class Sealing:
    """What the seal puts round a draft.

    `issued` is UTC in whole seconds with `Z`, `nonce` 32 hexadecimal digits, `publisher` the IRI of the desk's own
    agent; notes, byline and reason are language maps. `cited` holds each record cited, the publisher among them, and
    each source that one of the sources cited copies or derives from (`cited.behind`).
    """

    base: str
    version: int
    issued: str
    change: str
    change_note: Mapping[str, str] | None
    nonce: str
    previous_digest: str | None
    license: str
    publisher: str
    byline: Mapping[str, str]
    reviewed: bool
    unreviewed_reason: Mapping[str, str] | None
    cited: Mapping[str, CitedRecord]


def seal(draft: Draft, sealing: Sealing) -> dict[str, Any]:
    """The whole document of an edition. Raises Refused where it would not be one, Missing where words are lacking."""
    base, thing = sealing.base, addresses.iri(sealing.base, draft.address)
    document: dict[str, Any] = {
        "@context": addresses.context_iri(base),
        "@id": addresses.version_iri(base, draft.address, sealing.version),
        "@type": "Edition",
        "byline": dict(sealing.byline),
        "change": sealing.change,
        "editionOf": thing,
        "format": FORMAT,
        "issued": sealing.issued,
        "license": sealing.license,
        "mainEntity": dict(draft.entity),
        "nonce": sealing.nonce,
        "publisher": sealing.publisher,
        "recordId": draft.record,
        "reviewed": sealing.reviewed,
        "version": sealing.version,
    }
    wanted = (draft.cites | {sealing.publisher}) - {thing}
    if cited := cite(addresses.page(base, draft.address), frozenset(wanted), sealing.cited):
        document["cited"] = cited
    if sealing.change_note is not None:
        document["changeNote"] = dict(sealing.change_note)
    if sealing.unreviewed_reason is not None:
        document["unreviewedReason"] = dict(sealing.unreviewed_reason)
    if sealing.previous_digest is not None:
        document["previousDigest"] = sealing.previous_digest
        document["previousVersion"] = addresses.version_iri(base, draft.address, sealing.version - 1)
    check_document(document, entity_is_whole=not draft.faults)
    return document
