"""Clients that others wrote ask the endpoint as they are, each in all the ways that it has."""

from collections.abc import Iterator
from typing import Any
from xml.dom.minidom import Document

import httpx
import pytest
from rdflib import RDF, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from tests.support.abroad import Abroad
from tests.support.endpoint import Endpoint

# Both clients read RDF into a class that rdflib has given up.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
SCHEMA = Namespace("http://schema.org/")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
CLAIMS = "SELECT ?claim { ?claim a <http://schema.org/Claim> } ORDER BY ?claim"
ANY_CLAIM = "ASK { ?claim a <http://schema.org/Claim> }"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
WAYS = [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)]


@pytest.fixture
def at(abroad: Abroad, endpoint: Endpoint) -> Abroad:
    """Where the index is made."""
    return abroad


@pytest.fixture
def store(at: Abroad) -> Iterator[SPARQLStore]:
    opened = SPARQLStore(f"{at.base}sparql")
    yield opened
    opened.close()


def iris(at: Abroad) -> list[str]:
    """The three claims."""
    return sorted(f"{at.base}claims/{one}#it" for one in (at.known.claim, at.known.denied, at.known.gone))


def wrapper(at: Abroad, query: str, form: str, way: tuple[str, str] = WAYS[0]) -> SPARQLWrapper:
    made = SPARQLWrapper(f"{at.base}sparql", returnFormat=form)
    made.setMethod(way[0])
    made.setRequestMethod(way[1])
    made.setQuery(query)
    return made


def asked(at: Abroad, query: str, form: str, way: tuple[str, str] = WAYS[0]) -> Any:
    """Converted by the client; it warns where it got another form than it asked for."""
    return wrapper(at, query, form, way).queryAndConvert()


@pytest.mark.parametrize("way", WAYS)
def test_sparqlwrapper_selects_and_asks(at: Abroad, way: tuple[str, str]) -> None:
    table = asked(at, CLAIMS, JSON, way)
    assert [row["claim"]["value"] for row in table["results"]["bindings"]] == iris(at)
    parsed = asked(at, CLAIMS, XML, way)
    assert isinstance(parsed, Document)
    assert [node.firstChild.data for node in parsed.getElementsByTagName("uri")] == iris(at)
    assert asked(at, CLAIMS, CSV, way).decode().split() == ["claim", *iris(at)]
    assert asked(at, CLAIMS, TSV, way).decode().split() == ["?claim", *(f"<{iri}>" for iri in iris(at))]
    assert asked(at, ANY_CLAIM, JSON, way)["boolean"] is True
    assert asked(at, ANY_CLAIM, XML, way).getElementsByTagName("boolean")[0].firstChild.data == "true"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("query", ["CONSTRUCT WHERE { <CLAIM> ?p ?o }", "DESCRIBE <CLAIM>"])
def test_sparqlwrapper_gets_graphs(at: Abroad, query: str, way: tuple[str, str]) -> None:
    claim = URIRef(f"{at.base}claims/{at.known.claim}#it")
    query = query.replace("CLAIM", claim)
    for form in (TURTLE, N3):
        graph = Graph().parse(data=asked(at, query, form, way), format="turtle")
        assert (claim, RDF.type, SCHEMA.Claim) in graph
    for form in (JSONLD, RDFXML):
        found = asked(at, query, form, way)
        assert (claim, RDF.type, SCHEMA.Claim) in found
        assert len(found) == len(graph)


def test_sparqlwrapper_names_graphs(at: Abroad) -> None:
    version = f"{at.base}claims/{at.known.claim}/v1"
    one = wrapper(at, COUNT, JSON)
    one.addDefaultGraph(version)
    lines = httpx.get(f"{version}.nt").text.splitlines()
    assert one.queryAndConvert()["results"]["bindings"][0]["n"]["value"] == str(len(lines))
    several = wrapper(at, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", JSON)
    several.addNamedGraph(version)
    assert [row["g"]["value"] for row in several.queryAndConvert()["results"]["bindings"]] == [version]


@pytest.mark.parametrize(
    ("query", "says"), [("SELECT * {", "bad-query"), ("SELECT * { SERVICE <http://127.0.0.1/> {} }", "not-answered")]
)
def test_sparqlwrapper_is_told_what_is_wrong(at: Abroad, query: str, says: str) -> None:
    with pytest.raises(QueryBadFormed, match=says):
        asked(at, query, JSON)


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
def test_sparqlstore_asks_in_every_way(at: Abroad, method: str, form: str) -> None:
    graph = Graph(SPARQLStore(f"{at.base}sparql", method=method, returnFormat=form))
    assert [str(row[0]) for row in graph.query(CLAIMS)] == iris(at)
    if form in ("xml", "json"):
        assert graph.query(ANY_CLAIM).askAnswer is True


def test_sparqlstore_is_a_graph(at: Abroad, store: SPARQLStore) -> None:
    """Patterns, membership, counting and paths: each becomes a query."""
    graph, claim = Graph(store), URIRef(iris(at)[0])
    assert (claim, RDF.type, SCHEMA.Claim) in graph
    assert (claim, RDF.type, SCHEMA.Person) not in graph
    assert sorted(map(str, graph.subjects(RDF.type, SCHEMA.Claim))) == iris(at)
    assert isinstance(graph.value(claim, SCHEMA.text), Literal)
    triples = set(graph.triples((claim, None, None)))
    assert triples == set(graph.query(f"CONSTRUCT WHERE {{ <{claim}> ?p ?o }}").graph)
    assert triples == set(graph.query(f"DESCRIBE <{claim}>").graph)
    assert len(graph) == int(next(iter(graph.query(COUNT)))[0])
    graph.LIMIT = 2
    assert len(list(graph.triples((None, RDF.type, None)))) == 2


def test_sparqlstore_binds_variables(at: Abroad, store: SPARQLStore) -> None:
    graph, claim = Graph(store), URIRef(iris(at)[0])
    query = "SELECT ?claim ?text { ?claim schema:text ?text }"
    rows = list(graph.query(query, initNs={"schema": SCHEMA}, initBindings={"claim": claim}))
    assert rows == [(claim, graph.value(claim, SCHEMA.text))]
    # A prepared query is evaluated by rdflib, which fetches one pattern after another.
    prepared = prepareQuery(query, initNs={"schema": SCHEMA})
    assert list(graph.query(prepared, initBindings={"claim": claim}, use_store_provided=False)) == rows


def test_sparqlstore_reads_one_version(at: Abroad, store: SPARQLStore) -> None:
    page = f"{at.base}claims/{at.known.claim}"
    published = Graph().parse(f"{page}/v1.nt")
    version = Graph(store, URIRef(f"{page}/v1"))
    assert len(version) == len(published)
    assert {subject for subject, _, _ in version} == set(published.subjects())
    assert list(version.query("SELECT ?n { ?edition dcat:version ?n }", initNs={"dcat": DCAT})) == [(Literal(1),)]
    with pytest.raises(ValueError, match="something wrong"):
        len(Graph(store, URIRef(f"{page}/v9")))


@pytest.mark.parametrize("default_union", [False, True])
def test_a_dataset_over_the_endpoint_has_its_default_graph(at: Abroad, default_union: bool) -> None:
    """rdflib names that graph in its own way; what is current is what is asked about."""
    dataset = Dataset(SPARQLStore(f"{at.base}sparql"), default_union=default_union)
    assert [str(row[0]) for row in dataset.query(CLAIMS)] == iris(at)
    query = (
        f"SELECT ?n {{ GRAPH ?g {{ ?g dcat:isVersionOf <{at.base}claims/{at.known.claim}#it> ; dcat:version ?n }} }}"
    )
    versions = dataset.query(query, initNs={"dcat": DCAT})
    assert sorted(int(row[0]) for row in versions) == [1, 2]
    assert len(dataset.get_context(URIRef(f"{at.base}log"))) == 13 * 8 + 11


def test_a_dataset_of_rdflib_is_asked_by_service(at: Abroad) -> None:
    """Federation from the outside in: others may name this endpoint in a query of theirs."""
    query = f"SELECT ?claim {{ SERVICE <{at.base}sparql> {{ ?claim a <http://schema.org/Claim> }} }}"
    assert sorted(str(row[0]) for row in Graph().query(query)) == iris(at)
