"""A syntax error is told where it is, though the engine's own column is behind the last keyword that it tried."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from kb.projections.triples.evaluate import evaluate
from kb.projections.triples.limits import Limits
from kb.projections.triples.places import failing_place
from kb.projections.triples.problems import BadQuery
from kb.projections.triples.question import Question

BASE = "http://localhost:8000/"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * WHERE {\n  ?s a ?o ⟦] LIMIT 3",
        "SELECT * WHERE {\n  ?s a ?o ⟦?y ?z ?w }\nLIMIT 3",
        "SELECT * WHERE {\n  ?s a ?o⟦\n  ?y ?z }\nLIMIT 3".replace("⟦\n  ", "\n  ⟦"),
        "SELECT * WHERE { ?s a ?o } LIMIT ⟦x",
        "SELECT * WHERE { ?s a ?o } ⟦nonsense",
        "SELECT * WHERE { ⟦?s ?p }",
        "SELECT⟦",
    ],
)
def test_the_place_is_where_it_cannot_be_read_on(query: str) -> None:
    with pytest.raises(BadQuery) as caught:
        evaluate(Store(), Question(query.replace("⟦", ""), "json"), Limits(), BASE, 0)
    before = query[: query.index("⟦")]
    assert (caught.value.line, caught.value.column) == (before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)


@given(st.text(alphabet="ab \n", max_size=40), st.integers(1, 9), st.integers(1, 60))
def test_it_is_always_a_place_of_the_query(query: str, line: int, column: int) -> None:
    found = failing_place(query, line, column, "expected one of LATERAL, SERVICE, [_]")
    assert found[0] >= 1
    assert found[1] >= 1


def test_where_a_sign_was_looked_for_the_engine_is_right() -> None:
    assert failing_place("SELECT", 1, 7, 'expected one of "$", "(", PREFIX, [_]') == (1, 7)
    assert failing_place("SELECT", 1, 7, "expected [_]") == (1, 7)
