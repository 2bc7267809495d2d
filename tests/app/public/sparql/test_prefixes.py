"""The usual prefixes are put before a query where it uses them, and never where a colon only looks like one."""

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.public.sparql.prefixes import USUAL, missing, with_prefixes


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("SELECT * { ?s cb:verdict/skos:prefLabel ?o ; a schema:Claim }", ["cb", "schema", "skos"]),
        ("PREFIX cb: <http://x.example/> SELECT * { ?s cb:a foaf:b }", ["foaf"]),
        ("prefix # about it: owl:x\n cb: <x> SELECT * { ?s cb:a ?o }", []),
        ("SELECT * { ?s ?p 'a owl:b', \"owl:c\", '''owl:\n'd''', \"\"\"owl:\"e\"\"\" } # owl:f", []),
        ("SELECT * { ?owl:a <http://x.example/owl:b> _:owl }", []),
        ("SELECT (xsd:integer(?x) AS ?n) { ?s ?p '1'^^xsd:date }", ["xsd"]),
        ("SELECT * { ?s unheard:of ?o ; : ?x }", []),
        ("", []),
    ],
)
def test_only_names_that_are_used_and_not_declared(query: str, found: list[str]) -> None:
    assert missing(query) == found


def test_a_place_moves_down_by_one_line_or_not_at_all() -> None:
    query = "SELECT *\nWHERE { ?s cb:a foaf:b }"
    assert with_prefixes(query).split("\n")[1:] == query.split("\n")
    assert with_prefixes("SELECT * {}") == "SELECT * {}"


def test_the_engine_reads_what_it_could_not_read_before() -> None:
    names = " ".join(f"?s {name}:x ?{name} ." for name in USUAL)
    query = f"SELECT * {{ {names} }}"
    store = pyoxigraph.Store()
    with pytest.raises(SyntaxError):
        store.query(query)
    assert list(store.query(with_prefixes(query))) == []  # type: ignore[arg-type]


@given(st.text(alphabet="ab:<>\"'\\#?_. \n{}PREFIX", max_size=200))
def test_the_query_itself_is_never_changed(query: str) -> None:
    assert with_prefixes(query).endswith(query)
    assert set(missing(query)) <= set(USUAL)


@pytest.mark.parametrize("piece", ["'''", '"""\\', "<a", "a.", "?", "_:", "cb:", "#", "PREFIX "])
def test_no_text_takes_long(piece: str) -> None:
    """Nothing is read twice: at quadratic cost this would not end within the time of a test."""
    assert len(missing(piece * 200_000)) <= 1
