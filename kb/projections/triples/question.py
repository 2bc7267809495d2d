"""A question to the index, and its answer."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """The four forms of a query (SPARQL 1.1 Query Language, 16)."""

    SELECT = "select"
    ASK = "ask"
    CONSTRUCT = "construct"
    DESCRIBE = "describe"

    @property
    def gives_graph(self) -> bool:
        """Whether the answer is RDF, and not a table or a truth value."""
        return self in (Kind.CONSTRUCT, Kind.DESCRIBE)


class Read(NamedTuple):
    """What is seen of a query before the engine reads it; `names_graphs`: it has GRAPH or FROM, or might have."""

    kind: Kind
    names_graphs: bool


@dataclass(frozen=True)
class Question:
    """A query and its dataset as the protocol names it; where that is empty, the query's own FROM holds, else all.

    `form`: json, xml, csv, tsv of SELECT and ASK; ttl, nt, rdf, jsonld of CONSTRUCT and DESCRIBE.
    """

    query: str
    form: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()

    @property
    def names_graphs(self) -> bool:
        """Whether the protocol does."""
        return bool(self.default_graphs or self.named_graphs)


@dataclass(frozen=True)
class Answer:
    """A whole answer: never the beginning of one.

    `rows` are solutions or triples (of ASK 1), `seq` is the number of the log's entry that the index had reached.
    """

    body: bytes = field(repr=False)
    rows: int
    seq: int
    milliseconds: float
