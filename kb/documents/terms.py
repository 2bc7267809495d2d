"""Names in RDF for what a document says in short: keys to properties, list words to concepts."""

from collections.abc import Mapping
from types import MappingProxyType

from kb.documents.context import PREFIXES, TERMS, Kind
from kb.values import vocabulary
from kb.values.vocabulary import ClosedList

TERM_NAMESPACE = PREFIXES["cb"]
LIST_NAMESPACE = PREFIXES["cbv"]
# Lists that have no concept scheme: their words are classes, properties, the desk's own, or said by no document.
WITHOUT_CONCEPTS = frozenset(
    {"identifier_scheme", "source_class", "relation", "record_kind", "role", "redaction_reason"}
)

PROPERTIES: Mapping[str, str] = MappingProxyType(
    {term.key: term.property for term in TERMS.values() if term.kind is not Kind.NEST}
)


def concept(closed: ClosedList, word: str) -> str:
    """`https://w3id.org/claimbase/vocab/verdict-disputed`: the concept of a word of a closed list."""
    if word not in closed or closed.name in WITHOUT_CONCEPTS:
        raise KeyError(f"{closed.name} has no concept “{word}”")
    return f"{LIST_NAMESPACE}{closed.name}-{word}"


def scheme(closed: ClosedList) -> str:
    """The concept scheme of a closed list."""
    return LIST_NAMESPACE + closed.name


CONCEPTS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        closed.name: MappingProxyType({word: concept(closed, word) for word in closed})
        for closed in vars(vocabulary).values()
        if isinstance(closed, ClosedList) and closed.name not in WITHOUT_CONCEPTS
    }
)
