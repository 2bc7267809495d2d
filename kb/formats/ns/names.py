"""Prefixes of the published vocabulary, and IRIs in short."""

from collections.abc import Mapping
from types import MappingProxyType

from kb.documents.context import PREFIXES as OF_DOCUMENTS

PREFIXES: Mapping[str, str] = MappingProxyType(
    dict(OF_DOCUMENTS)
    | {
        "edtf": "http://id.loc.gov/datatypes/edtf/",
        "owl": "http://www.w3.org/2002/07/owl#",
        "vann": "http://purl.org/vocab/vann/",
    }
)


def full(short: str) -> str:
    """`cb:verdict` as an IRI."""
    prefix, _, name = short.partition(":")
    return PREFIXES[prefix] + name


def short(iri: str) -> str:
    """`cb:verdict`, or the IRI as it stands where it is under none of the prefixes."""
    # The longest first: the lists' namespace could be a beginning of another.
    for prefix, space in sorted(PREFIXES.items(), key=lambda pair: -len(pair[1])):
        if iri.startswith(space) and "/" not in iri.removeprefix(space):
            return f"{prefix}:{iri.removeprefix(space)}"
    return iri
