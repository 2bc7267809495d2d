"""What a row is read from: a current edition and the part of it that the row is about, with ways to read a cell."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kb.documents import addresses
from kb.documents.label import in_english

Node = Mapping[str, Any]
# Between texts that share a cell: where one has to be told from the next, its address stands in a column beside it.
BETWEEN = "; "


@dataclass(frozen=True)
class Row:
    """`node` is the main entity of the document, or a part of it; `within` the evidence in which a figure stands.

    `cited` is what the edition calls the records that it refers to, by their IRI.
    """

    document: Node
    digest: str
    seq: int
    cited: Mapping[str, Node]
    node: Node
    within: Node | None = None

    @property
    def entity(self) -> Node:
        found: Node = self.document["mainEntity"]
        return found

    @property
    def page(self) -> str:
        """The address of the record, without a version."""
        return addresses.page_of(self.document["editionOf"])

    def name_of(self, iri: str) -> str:
        """A record in the words of this edition: title of a source, name of anything else."""
        cited = self.cited[iri]
        return in_english(cited.get("citedTitle") or cited["citedAs"])

    def part(self, node: Node, within: Node | None = None) -> "Row":
        """A row about a part of the same edition."""
        return replace(self, node=node, within=within)


def record(document: Node, digest: str, seq: int) -> Row:
    """The row of an edition itself: entry `seq` of the log."""
    cited = {one["record"]: one for one in document.get("cited", ())}
    return Row(document, digest, seq, cited, document["mainEntity"])


Cell = Callable[[Row], object]


def walk(node: object, keys: Iterable[str]) -> Any:
    """The value at the end of a path; None where it ends before."""
    for key in keys:
        if not isinstance(node, dict) or key not in node:
            return None
        node = node[key]
    return node


def say(words: Mapping[str, Any] | None) -> str | None:
    """A text in English, else in the first of its languages; a list of words as one text."""
    if not words:
        return None
    found: Any = in_english(words)
    return BETWEEN.join(found) if isinstance(found, list) else str(found)


def tongue(words: Mapping[str, Any] | None) -> str | None:
    """The language of what `say` gives."""
    if not words:
        return None
    return "en" if words.get("en") else min(words)


def value(*path: str) -> Cell:
    """A cell that holds what the node has at this path."""
    return lambda row: walk(row.node, path)


def text(*path: str) -> Cell:
    """A cell that holds words which the node has in one or more languages."""
    return lambda row: say(walk(row.node, path))


def language(*path: str) -> Cell:
    """A cell that holds the language of those words."""
    return lambda row: tongue(walk(row.node, path))


def envelope(key: str) -> Cell:
    """A cell that holds what the edition says of itself."""
    return lambda row: row.document.get(key)


def address(*path: str) -> Cell:
    """A cell that holds the address of a record which the node names."""

    def cell(row: Row) -> str | None:
        iri = walk(row.node, path)
        return None if iri is None else addresses.page_of(iri)

    return cell


def addresses_of(*path: str) -> Cell:
    """A cell that holds the addresses of all records which the node names there."""
    return lambda row: " ".join(map(addresses.page_of, walk(row.node, path) or ())) or None


def names(*path: str) -> Cell:
    """A cell that holds the names of a record, or of records, as the edition calls them."""

    def cell(row: Row) -> str | None:
        found = walk(row.node, path) or ()
        return BETWEEN.join(map(row.name_of, [found] if isinstance(found, str) else found)) or None

    return cell


def count(*path: str) -> Cell:
    """A cell that holds how many parts of this kind there are."""
    return lambda row: len(walk(row.node, path) or ())


def joined(*path: str) -> Cell:
    """A cell that holds all of several words without blanks in them."""
    return lambda row: " ".join(walk(row.node, path) or ()) or None
