"""Editions to test with, of this repository and of the shared corpus; and what it takes to seal them again."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.documents import addresses
from kb.documents.cited import CitedRecord, behind
from kb.documents.envelope import Draft, Sealing
from kb.documents.references import references

VECTORS = Path(__file__).parent.parent / "vectors" / "editions"
VALID = VECTORS / "valid"
INVALID = VECTORS / "invalid"


@dataclass(frozen=True)
class Given:
    """An edition as it lies in a file."""

    path: Path
    data: bytes
    document: dict[str, Any]


def read_folder(folder: Path) -> list[Given]:
    files = sorted(folder.glob("*.jsonld"))
    return [Given(path, path.read_bytes(), json.loads(path.read_bytes())) for path in files]


def valid() -> list[Given]:
    return read_folder(VALID)


def corpus(shared: Path) -> list[Given]:
    """The 89 examples and fixtures."""
    return [given for name in ("examples", "fixtures") for given in read_folder(shared / "rdf" / name)]


def draft_of(document: Mapping[str, Any]) -> Draft:
    """What was sealed: the document without its envelope."""
    address, entity = addresses.record_of(document["editionOf"]), document["mainEntity"]
    return Draft(document["recordId"], addresses.kind_of(address), address, entity, references(entity))


def sealing_of(document: Mapping[str, Any], all_of_them: Iterable[Given]) -> Sealing:
    """The envelope's own values, and the records cited in the editions that it names."""
    return Sealing(
        base=addresses.base_of(document["editionOf"]),
        version=document["version"],
        issued=document["issued"],
        change=document["change"],
        change_note=document.get("changeNote"),
        nonce=document["nonce"],
        previous_digest=document.get("previousDigest"),
        license=document["license"],
        publisher=document["publisher"],
        byline=document["byline"],
        reviewed=document["reviewed"],
        unreviewed_reason=document.get("unreviewedReason"),
        cited=_cited(document, {given.document["@id"]: given.document for given in all_of_them}),
    )


def _cited(document: Mapping[str, Any], editions: Mapping[str, Mapping[str, Any]]) -> dict[str, CitedRecord]:
    known = {one["record"]: _record(editions[one["citedEdition"]]) for one in document.get("cited", ())}
    for record in list(known.values()):
        for iri in behind(record.entity) - set(known):
            known[iri] = _record(editions[addresses.page_of(iri) + "/v1"])
    return known


def _record(document: Mapping[str, Any]) -> CitedRecord:
    iri = document["editionOf"]
    return CitedRecord(iri, addresses.kind_of(addresses.record_of(iri)), document["version"], document["mainEntity"])
