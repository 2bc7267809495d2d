"""What the endpoint says of itself is RDF in four forms, the same in each, and true."""

import json

import pytest
from pyld.jsonld import to_rdf
from rdflib import RDF, RDFS, Graph, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.term import Node

from app.public.sparql.description import describe
from app.public.sparql.forms import GRAPHS, TABLES, Form
from app.web.door import Site
from kb.formats.service import FORMATS, SD, WRITTEN_AS
from kb.projections.triples.limits import Limits

BASE = "https://facts.example.org/kb/"
SITE = Site("Invented", BASE, "https://creativecommons.org/licenses/by/4.0/", "Invented desk", False)
SAYS = Namespace(SD)
PARSED_AS = {Form.TTL: "turtle", Form.NT: "nt", Form.RDF: "xml"}
# The names of formats at W3C, and what they are sent as here.
NAMES = {
    "SPARQL_Results_JSON": "application/sparql-results+json",
    "SPARQL_Results_XML": "application/sparql-results+xml",
    "SPARQL_Results_CSV": "text/csv",
    "SPARQL_Results_TSV": "text/tab-separated-values",
    "Turtle": "text/turtle",
    "N-Triples": "application/n-triples",
    "RDF_XML": "application/rdf+xml",
    "JSON-LD": "application/ld+json",
}


def described(form: Form = Form.TTL, limits: Limits | None = None) -> Graph:
    data = describe(SITE, limits or Limits(), form)
    if form is Form.JSONLD:
        return Graph().parse(data=to_rdf(json.loads(data), {"format": "application/n-quads"}), format="nt")
    return Graph().parse(data=data, format=PARSED_AS[form])


def service(graph: Graph) -> Node:
    """A blank node."""
    (found,) = graph.subjects(RDF.type, SAYS.Service)
    return found


@pytest.mark.parametrize("form", [Form(name) for name in WRITTEN_AS])
def test_it_says_the_same_in_each_form(form: Form) -> None:
    assert isomorphic(described(form), described())


def test_it_names_the_endpoint_the_language_and_no_feature_that_it_lacks() -> None:
    graph = described()
    assert list(graph.objects(service(graph), SAYS.endpoint)) == [URIRef(f"{BASE}sparql")]
    assert list(graph.objects(service(graph), SAYS.supportedLanguage)) == [SAYS.SPARQL11Query]
    assert list(graph.subject_objects(SAYS.feature)) == []


def test_each_format_that_it_names_is_offered_and_each_offered_one_is_named() -> None:
    graph = described()
    named = {NAMES[str(one).removeprefix(FORMATS)] for one in graph.objects(service(graph), SAYS.resultFormat)}
    offered = {one.media_type for one in (*TABLES, *GRAPHS)}
    # The page is for people; the two others are second names.
    assert offered - named == {"text/html", "application/json", "application/xml"}
    assert named <= offered


def test_it_tells_of_the_dataset_and_its_graphs() -> None:
    graph = described()
    dataset = graph.value(service(graph), SAYS.defaultDataset)
    default = graph.value(dataset, SAYS.defaultGraph)
    assert (dataset, RDF.type, SAYS.Dataset) in graph
    assert (default, RDF.type, SAYS.Graph) in graph
    assert "not their union" in str(graph.value(dataset, RDFS.comment))
    named = [graph.value(one, SAYS.name) for one in graph.objects(dataset, SAYS.namedGraph)]
    assert named == [URIRef(f"{BASE}log")]


def test_the_limits_stand_there_in_words() -> None:
    graph = described(limits=Limits(rows=77, wall_seconds=3))
    words = str(graph.value(service(graph), RDFS.comment))
    assert "77 rows" in words
    assert "3 seconds" in words
