"""A question put to a store: the whole answer in bytes, within the limits, or the reason why there is none."""

import csv
import io
import json
import re
import time
from itertools import islice
from typing import Any
from xml.parsers import expat

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    serialize,
)

from kb.documents.context import PREFIXES
from kb.errors import Problem
from kb.projections.triples.limits import MIB, Limits
from kb.projections.triples.places import failing_place
from kb.projections.triples.problems import BadQuery, NotAnswered, Stopped, TooMuch
from kb.projections.triples.question import Answer, Question
from kb.projections.triples.undeclared import undeclared

TABLES = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
GRAPHS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
# What RocksDB says of files that are not as it has written them, or not there.
_DAMAGED = ("Corruption", "IO error", "Invalid RocksDB")


class Unreadable(Exception):
    """The store on disk is damaged."""


class _Bounded(io.BytesIO):
    """Takes bytes up to a limit."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, data: Any) -> int:
        """Raises TooMuch for what would pass the limit."""
        if self.tell() + memoryview(data).nbytes > self._most:
            raise _too_many_bytes(self._most)
        return super().write(data)


def evaluate(store: Store, question: Question, limits: Limits, base: str, seq: int) -> Answer:
    """Raises BadQuery, NotAnswered, TooMuch, or Stopped where it runs out of memory in a way that can be told."""
    start = time.perf_counter()
    out = _Bounded(limits.bytes)
    try:
        rows = _write(_ask(store, question, base), question.form, out, limits)
    except SyntaxError as error:
        raise _misread(str(error), question.query) from error
    except MemoryError as error:
        raise Stopped("The query needed more memory than there is for one.", cause="memory") from error
    except (ValueError, RuntimeError, OSError) as error:
        if str(error).startswith(_DAMAGED):
            raise Unreadable from error
        raise NotAnswered(f"The engine cannot answer this: {str(error)[:300]}") from error
    return Answer(out.getvalue(), rows, seq, (time.perf_counter() - start) * 1000)


def _ask(store: Store, question: Question, base: str) -> QuerySolutions | QueryBoolean | QueryTriples:
    if not (question.default_graphs or question.named_graphs):
        return store.query(question.query, base_iri=base)
    # What the protocol names wins over FROM (SPARQL 1.1 Protocol, 2.1.4), also where it leaves one of the two empty.
    return store.query(
        question.query,
        base_iri=base,
        default_graph=[_known(store, name) for name in question.default_graphs],
        named_graphs=[_known(store, name) for name in question.named_graphs],
    )


def _known(store: Store, name: str) -> NamedNode:
    try:
        graph = NamedNode(name)
    except ValueError as error:
        raise NotAnswered(f"“{name[:100]}” is not the name of a graph.") from error
    if not store.contains_named_graph(graph):
        raise NotAnswered(
            f"There is no graph “{name[:100]}” here.", remedy="Graphs are named by the address of a version, …/v1."
        )
    return graph


def _write(results: QuerySolutions | QueryBoolean | QueryTriples, form: str, out: _Bounded, limits: Limits) -> int:
    """Gives the number of rows."""
    if isinstance(results, QueryTriples):
        triples = list(islice(results, limits.rows + 1))
        _check_rows(len(triples), limits)
        serialize(triples, out, format=GRAPHS[form], prefixes=dict(PREFIXES))
        _check_xml(out.getvalue(), form)
        return len(triples)
    results.serialize(out, format=TABLES[form])
    _check_xml(out.getvalue(), form)
    if isinstance(results, QueryBoolean):
        return 1
    rows = _count(out.getvalue(), form)
    _check_rows(rows, limits)
    return rows


def _check_xml(body: bytes, form: str) -> None:
    """The engine writes all that a query makes up, also what no parser of XML would read again."""
    if form not in ("xml", "rdf"):
        return
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(body, True)
    except expat.ExpatError as error:
        raise NotAnswered(
            "XML cannot hold this answer: a character or the name of a property has no place in it.",
            remedy="Ask for another form, such as JSON or Turtle.",
        ) from error


def _count(body: bytes, form: str) -> int:
    """Solutions in a serialised table: the engine writes them without saying how many they were."""
    match form:
        case "xml":
            # A literal cannot hold it: its `<` is escaped.
            return body.count(b"<result>")
        case "tsv":
            return body.count(b"\n") - 1
        case "csv":
            return sum(1 for _ in csv.reader(io.StringIO(body.decode(), newline=""))) - 1
        case _:
            return len(json.loads(body)["results"]["bindings"])


def _check_rows(rows: int, limits: Limits) -> None:
    if rows > limits.rows:
        raise TooMuch(
            f"The answer has more than {limits.rows:,} rows, which is the most that is given at once.",
            limit="rows",
            remedy="Narrow the query, ask in parts with ORDER BY, LIMIT and OFFSET, or take a dump from /data.",
        )


def _too_many_bytes(most: int) -> Problem:
    return TooMuch(
        f"The answer is larger than {most // MIB} MB, which is the most that is given at once.",
        limit="bytes",
        remedy="Ask for fewer columns, or in parts with ORDER BY, LIMIT and OFFSET, or take a dump from /data.",
    )


def _misread(said: str, query: str) -> BadQuery:
    place = _PLACE.fullmatch(said)
    if place is None:
        return BadQuery(f"This is no SPARQL query: {said[:300]}")
    line, column, rest = int(place[1]), int(place[2]), " ".join(place[3].split())
    if rest.startswith("expected"):
        if unknown := undeclared(query, line, column):
            return unknown
        line, column = failing_place(query, line, column, rest)
        return BadQuery("The query cannot be read from here on.", line=line, column=column, expected=rest)
    return BadQuery(f"The query cannot be read from here on: {rest[:300]}", line=line, column=column)
