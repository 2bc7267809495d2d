"""Documents re-read: digest, canonical bytes, model, and the columns beside them."""

from collections.abc import Iterator, Mapping
from typing import Any

from kb.documents.addresses import base_of, kind_of
from kb.documents.canonical import content_digest, digest
from kb.documents.reading import read_document
from kb.documents.references import references
from kb.errors import Problem
from kb.log.chain import Fault
from kb.log.read import Edition

CLASSES = {
    "Claim": "claim",
    "Source": "source",
    "Agent": "agent",
    "Origin": "origin",
    "Topic": "topic",
    "Measure": "topic",
    "Page": "page",
    "Foundation": "foundation",
}


def check_document(edition: Edition, base: str) -> tuple[dict[str, Any] | None, list[Fault]]:
    """The document where it can be read, and its faults. `base` is that of the foundation, "" where that is broken."""
    try:
        document = read_document(edition.data)
    except Problem as error:
        where = f"document{error.where and ' '}{error.where}"
        return None, [*_digest_faults(edition), _fault(edition, where, f"It cannot be read: {error.what}")]
    faults = [*_digest_faults(edition), *_column_faults(edition, document, base or base_of(document["editionOf"]))]
    return document, faults


def _digest_faults(edition: Edition) -> Iterator[Fault]:
    if digest(edition.data) != edition.digest:
        yield _fault(edition, "document", "The bytes are not those of the digest: the document was changed.")


def _column_faults(edition: Edition, document: Mapping[str, Any], base: str) -> Iterator[Fault]:
    entity = document["mainEntity"]
    iri = f"{base}{edition.address}"
    pairs = {
        "record": (edition.record, document["recordId"]),
        "record_kind": (edition.record_kind, _kind(entity)),
        "address": (f"{iri}/v{edition.version}", document["@id"]),
        "version": (edition.version, document["version"]),
        "change": (edition.change, document["change"]),
        "issued": (edition.issued, document["issued"]),
        "prev": (edition.prev, document.get("previousDigest")),
        "content_digest": (edition.content_digest, content_digest(entity, references(entity))),
        "thing": (f"{iri}#it", document["editionOf"]),
    }
    for column, (stored, said) in pairs.items():
        if stored != said:
            yield _fault(edition, f"edition/{column}", f"The log has {stored}, the document says {said}.")
    if _kind(entity) != kind_of(edition.address):
        yield _fault(edition, "edition/address", f"A {_kind(entity)} does not stand at {edition.address}.")


def _kind(entity: Mapping[str, Any]) -> str:
    types = entity["@type"]
    names = [types] if isinstance(types, str) else types
    return next((CLASSES[name] for name in names if name in CLASSES), "")


def _fault(edition: Edition, where: str, problem: str) -> Fault:
    return Fault(edition.record, edition.version, where, problem)
