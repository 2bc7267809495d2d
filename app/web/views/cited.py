"""The words by which an edition names other records, found by their IRI."""

from collections.abc import Mapping
from typing import Any

from kb.documents.addresses import record_of

Node = Mapping[str, Any]


class Cited:
    """What a document says of the records that it cites."""

    def __init__(self, document: Node) -> None:
        self._by_record: dict[str, Node] = {one["record"]: one for one in document.get("cited", ())}

    def of(self, iri: str) -> Node:
        """The node of a record; empty where the document has none, as for the records of relations."""
        return self._by_record.get(iri, {})

    def name(self, iri: str) -> Mapping[str, str]:
        """A language map: what the record is called; of a source its title."""
        node = self.of(iri)
        found: Mapping[str, str] = node.get("citedAs") or node.get("citedTitle") or {"en": record_of(iri)}
        return found

    def seen(self, origin: str) -> bool:
        """Whether anybody here met the origin itself."""
        return bool(self.of(origin).get("citedSeen"))


def anchor(iri: str) -> str:
    """`evidence-3` of `…#evidence-3`: where on the page a part stands."""
    return iri.rpartition("#")[2]


def number(iri: str) -> int:
    """3 of `…#evidence-3`: a part keeps its number over all versions."""
    return int(iri.rpartition("-")[2])
