"""Examples of terms: cut out of documents that model, context and shapes take, and readable by themselves."""

import json
import re

import pyoxigraph
import pytest

from kb.documents.canonical import canonical
from kb.documents.reading import read_document
from kb.formats.ns.examples import DOCUMENTS, document, examples
from kb.formats.ns.names import PREFIXES, full
from kb.formats.ns.terms import OwnTerm, own_terms
from tests.support.readings import Shapes, by_pyld, by_rdflib, triples

# They stand in the log's graph, which has no documents.
IN_NO_DOCUMENT = {"seq", "standing"}
HEADS = "".join(f"@prefix {name}: <{space}> .\n" for name, space in PREFIXES.items())


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return Shapes()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_model_context_and_shapes_take_the_documents(shapes: Shapes, name: str) -> None:
    data = canonical(document(name))
    assert read_document(data) == document(name)
    assert shapes.complaints(document(name)) == []
    found = by_rdflib(document(name))
    assert found == by_pyld(document(name))
    assert {line.rpartition(" <")[0] for line in found} == {str(one) for one in triples(document(name))}


def test_every_term_has_an_example() -> None:
    named = {term.name for term in own_terms() if term.example.json}
    assert {term.name for term in own_terms()} - named == IN_NO_DOCUMENT
    assert set(examples()) == {full(f"cb:{name}") for name in named}


@pytest.mark.parametrize("term", own_terms(), ids=lambda term: term.name)
def test_both_examples_say_the_same_with_the_term(term: OwnTerm) -> None:
    said = [quad.triple for quad in pyoxigraph.parse(HEADS + term.example.turtle, format=pyoxigraph.RdfFormat.TURTLE)]
    assert len(said) == 1
    named = {said[0].predicate.value, str(getattr(said[0].object, "value", ""))}
    assert term.iri in named
    if term.example.json:
        assert str(said[0]) in {str(one) for one in triples(json.loads(term.example.json))}


def test_an_example_is_short() -> None:
    for term in own_terms():
        assert len(term.example.json.splitlines()) <= 7, term.name
        assert len(term.example.json) <= 600, term.name


def test_examples_name_nobody_who_lives() -> None:
    hosts = set()
    for name in DOCUMENTS:
        hosts |= set(re.findall(r"https?://([^/\"]+)", json.dumps(document(name))))
    # Beside them, hosts that are kept for examples.
    assert hosts - {"w3id.org", "creativecommons.org"} == {"facts.example.org", "gazette.example"}
    agent = document("agent")["mainEntity"]
    assert agent["living"] == "reported_dead"
    assert agent["name"]["en"].endswith("Example")
