"""Answers as tables: where a term leads, what kind of value it is, and that nothing dangerous is ever a link."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, RdfFormat, Store, serialize

from app.public.sparql.table import LONGEST, MOST_CELLS, SHOWN, Cell, cell_of, graph, short, solutions, truth
from kb.errors import Broken
from kb.projections.triples.question import Answer

BASE = "https://facts.example/"
CB, CBV = "https://w3id.org/claimbase/ns#", "https://w3id.org/claimbase/vocab/"


def answer(body: bytes) -> Answer:
    return Answer(body, 0, 7, 1.0)


def asked(query: str) -> Answer:
    """As the engine answers over an empty store."""
    written: Any = Store().query(query).serialize(format=QueryResultsFormat.JSON)  # type: ignore[union-attr]
    return answer(written)


@pytest.mark.parametrize(
    ("iri", "cell"),
    [
        (f"{BASE}claims/a#it", Cell("claims/a#it", "claims/a#it", is_iri=True)),
        (f"{CB}verdict", Cell("cb:verdict", "ns/claimbase#verdict", is_iri=True)),
        (f"{CBV}grade-A", Cell("cbv:grade-A", "ns/vocab#grade-A", is_iri=True)),
        ("http://schema.org/name", Cell("schema:name", "http://schema.org/name", True, True)),
        ("HTTPS://x.example/", Cell("HTTPS://x.example/", "HTTPS://x.example/", True, True)),
        # What would lead out of here, or run, is text.
        (f"{BASE}/evil.example/", Cell(f"{BASE}/evil.example/", f"{BASE}/evil.example/", True, True)),
        ("javascript:alert(1)", Cell("javascript:alert(1)", "", True, True)),
        ("data:text/html,x", Cell("data:text/html,x", "", True, True)),
        ("urn:x:y", Cell("urn:x:y", "", True, True)),
        ("http://[", Cell("http://[", "", True, True)),
    ],
)
def test_an_iri_leads_where_it_should(iri: str, cell: Cell) -> None:
    assert cell_of({"type": "uri", "value": iri}, BASE) == cell


@given(st.text(max_size=60), st.sampled_from(["", BASE, "http://", "javascript:", "data:", "//", CB]))
def test_nothing_but_http_is_ever_linked_to(rest: str, start: str) -> None:
    cell = cell_of({"type": "uri", "value": start + rest}, BASE)
    if cell.way and cell.is_outer:
        assert cell.way.lower().startswith(("http:", "https:"))
    elif cell.way:
        # Behind the way to the first page, which ends in a slash.
        assert not cell.way.startswith("/")


def test_the_short_name_is_one_that_a_query_could_have() -> None:
    assert short(f"{CB}verdict") == "cb:verdict"
    for odd in (CB, f"{CB}a/b", f"{CB}a b", f"{CB}é", "http://x.example/a"):
        assert short(odd) == ""


def test_a_value_says_what_it_is_and_a_column_says_it_once() -> None:
    table = solutions(
        asked(
            "SELECT ?same ?mixed ?gone ?text { VALUES (?same ?mixed ?text) "
            '{ (1 "a"@en "x") (2 "b"@fr "y") (3 true "z") (4 <http://x.example/> "1") } }'
        ),
        BASE,
    )
    assert [(column.name, column.note) for column in table.columns] == [
        ("same", "xsd:integer"),
        ("mixed", ""),
        ("gone", ""),
        ("text", ""),
    ]
    assert [cell and cell.note for cell in table.rows[0]] == ["", "@en", None, ""]
    assert [row[1] and row[1].note for row in table.rows] == ["@en", "@fr", "xsd:boolean", ""]
    assert [row[1] and row[1].lang for row in table.rows] == ["en", "fr", "", ""]


def test_a_type_that_has_no_short_name_is_written_out() -> None:
    table = solutions(asked('SELECT ("x"^^<http://x.example/t> AS ?x) {}'), BASE)
    assert table.columns[0].note == "http://x.example/t"


def test_at_most_a_thousand_rows_are_shown_and_all_are_counted() -> None:
    values = " ".join(map(str, range(SHOWN + 214)))
    table = solutions(asked(f"SELECT ?x {{ VALUES ?x {{ {values} }} }}"), BASE)
    assert (len(table.rows), table.total) == (SHOWN, SHOWN + 214)


def test_of_a_wide_table_fewer_rows_are_shown() -> None:
    names = " ".join(f"?x{number}" for number in range(100))
    table = solutions(asked(f"SELECT {names} {{ VALUES ?x0 {{ {'1 ' * 900} }} }}"), BASE)
    assert (len(table.rows), table.total) == (MOST_CELLS // 100, 900)
    assert len(solutions(asked("SELECT * { VALUES () { () () } }"), BASE).rows) == 2


def test_a_long_value_says_how_much_of_it_is_left_out() -> None:
    cell = cell_of({"type": "literal", "value": "x" * (LONGEST + 5)}, BASE)
    assert (len(cell.text), cell.more) == (LONGEST, 5)


def test_an_ask_is_true_or_not() -> None:
    assert truth(asked("ASK {}")) is True
    assert truth(asked("ASK { ?s ?p ?o }")) is False


def test_a_graph_is_a_table_of_its_triples_with_those_of_one_subject_together() -> None:
    one, two = NamedNode(f"{BASE}claims/a#it"), NamedNode(f"{BASE}claims/b#it")
    says = NamedNode("http://schema.org/name")
    triples = [
        Quad(two, says, Literal("b", language="en")).triple,
        Quad(one, says, Literal("1", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer"))).triple,
        Quad(two, says, Literal("a")).triple,
    ]
    table = graph(answer(serialize(triples, format=RdfFormat.N_TRIPLES) or b""), BASE)
    assert [column.name for column in table.columns] == ["subject", "predicate", "object"]
    assert [(row[0] and row[0].text, row[2] and row[2].text, row[2] and row[2].note) for row in table.rows] == [
        ("claims/a#it", "1", "xsd:integer"),
        ("claims/b#it", "a", ""),
        ("claims/b#it", "b", "@en"),
    ]
    assert {row[1] and row[1].text for row in table.rows} == {"schema:name"}


def test_what_is_no_graph_is_said_to_be_none() -> None:
    with pytest.raises(Broken):
        graph(answer(b"<a> <b> .\n"), BASE)


def test_of_a_graph_too_a_thousand_are_shown() -> None:
    lines = b"".join(b"<http://x.example/%d> <http://x.example/p> _:b .\n" % place for place in range(SHOWN + 1))
    table = graph(answer(lines), BASE)
    assert (len(table.rows), table.total) == (SHOWN, SHOWN + 1)
    assert table.rows[0][2] is not None
    assert table.rows[0][2].text.startswith("_:")


def test_terms_of_rdf_1_2_are_shown_as_they_are_written() -> None:
    found = solutions(asked('SELECT (<<( <http://x.example/a> <http://x.example/b> "c"@en )>> AS ?x) {}'), BASE)
    assert found.rows[0][0] is not None
    assert '"c"@en' in found.rows[0][0].text


def test_results_are_read_as_they_are_written() -> None:
    bare = {"head": {"vars": ["x"]}, "results": {"bindings": [{}]}}
    assert solutions(answer(json.dumps(bare).encode()), BASE).rows == [[None]]
