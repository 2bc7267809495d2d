"""Terms read from N-Triples are those that results of SPARQL have, written by the engine itself."""

import json
from typing import Any

import pytest
from pyoxigraph import QueryResultsFormat, RdfFormat, Store, serialize

from kb.errors import Broken
from kb.formats.terms import triples, written

VALUES = (
    "<http://x.example/a>",
    '"plain"',
    '"tagged"@en-gb',
    "1",
    "true",
    '"x"^^<http://x.example/t>',
    '"two\\nlines and \\"quotes\\""',
    '<<( <http://x.example/a> <http://x.example/b> "c"@en )>>',
)


@pytest.mark.parametrize("value", VALUES)
def test_a_term_is_as_results_have_it(value: str) -> None:
    store = Store()
    made: Any = store.query(f"CONSTRUCT {{ <http://x.example/s> <http://x.example/p> {value} }} {{}}")
    ((_, _, term),) = triples(serialize(made, format=RdfFormat.N_TRIPLES) or b"")
    found: Any = store.query(f"SELECT ({value} AS ?x) {{}}")
    results = json.loads(found.serialize(format=QueryResultsFormat.JSON))
    assert term == results["results"]["bindings"][0]["x"]


def test_a_blank_node_is_one() -> None:
    ((subject, _, term),) = triples(b"_:a <http://x.example/p> _:a .\n")
    assert subject == term
    assert term["type"] == "bnode"
    assert written(term) == f"_:{term['value']}"


@pytest.mark.parametrize("value", VALUES[:2] + VALUES[-1:])
def test_it_is_written_as_turtle(value: str) -> None:
    ((_, _, term),) = triples(f"<http://x.example/s> <http://x.example/p> {value} .\n".encode())
    assert written(term) == value


def test_what_is_no_n_triples_is_broken() -> None:
    with pytest.raises(Broken):
        list(triples(b"<a> <b> <c> .\n"))
