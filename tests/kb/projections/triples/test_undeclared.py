"""A prefix that is not declared is named, with its place; any other fault is left to the engine."""

import pytest
from pyoxigraph import Store

from kb.projections.triples.evaluate import evaluate
from kb.projections.triples.limits import Limits
from kb.projections.triples.problems import BadQuery
from kb.projections.triples.question import Question

BASE = "http://localhost:8000/"


def misread(query: str) -> BadQuery:
    with pytest.raises(BadQuery) as caught:
        evaluate(Store(), Question(query, "json"), Limits(), BASE, 0)
    return caught.value


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("SELECT * {\n  ?s ⟦cb:verdict ?o }", "cb"),
        ("SELECT (⟦xsd:integer('1') AS ?n) {}", "xsd"),
        ("PREFIX cb: <http://x.example/>\nSELECT * { ?s cb:verdict/⟦ex:of ?o }", "ex"),
        ("PREFIXcb: <http://x.example/> SELECT * { ?s cb:verdict ?o ; a ⟦:x }", ""),
        ("SELECT * { ?s ?p 'a:b' } # c:d\nVALUES ?s { ⟦x:y }", "x"),
    ],
)
def test_it_is_named_with_its_place(query: str, name: str) -> None:
    problem = misread(query.replace("⟦", ""))
    before = query[: query.index("⟦")]
    assert problem.what == f"The prefix “{name}:” is not declared."
    assert (problem.line, problem.column) == (before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)


def test_a_usual_one_is_told_in_full() -> None:
    assert "“PREFIX cb: <https://w3id.org/claimbase/ns#>”" in misread("ASK { ?s a cb:Claim }").remedy


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ] ; a x:y }",
        "PREFIX x: <http://x.example/> SELECT * { ?s a x:y ] }",
        "SELECT * { ?s ?p 'x:y' ] }",
        "SELECT * { ?s ?p <x:y> ] }",
    ],
)
def test_what_is_wrong_before_it_or_beside_it_is_told_by_the_engine(query: str) -> None:
    assert misread(query).what == "The query cannot be read from here on."
