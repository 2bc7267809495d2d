"""The test cases of the SPARQL 1.1 Protocol (W3C, sparql11/protocol) that a read-only endpoint can be put to, by name.

Their graphs data0 to data3 are versions of our own records here: in each stands that it is of some type.
"""

from collections.abc import Callable
from urllib.parse import quote, urlencode

import httpx
import pytest
from rdflib import Graph

from tests.support.abroad import Abroad
from tests.support.endpoint import DIRECT, FORM, Endpoint

Case = Callable[[Endpoint, list[str]], httpx.Response]
DEFAULT, NAMED = "default-graph-uri", "named-graph-uri"
TWO_NAMED = "ASK {{ GRAPH ?g1 {{ <{1}> a ?type }} GRAPH ?g2 {{ <{2}> a ?type }} }}"
THIRD = "ASK {{ <{3}> a ?type GRAPH ?g1 {{ <{1}> a ?type }} GRAPH ?g2 {{ <{2}> a ?type }} }}"
FROM_THIRD = "ASK FROM <{3}> {{ GRAPH ?g1 {{ <{1}> a ?type }} GRAPH ?g2 {{ <{2}> a ?type }} }}"
UPDATE_TYPE = "application/sparql-update"
CONFLICT = "WITH <http://example/a> DELETE { ?p ?q 'Bill' } INSERT { ?p ?q 'William' } WHERE { ?p ?q 'Bill' }"


@pytest.fixture
def graphs(abroad: Abroad) -> list[str]:
    """The names of data0, data1, data2, data3."""
    known, base = abroad.known, abroad.base
    return [f"{base}sources/{known.source}/v1"] + [
        f"{base}claims/{one}" for one in (f"{known.claim}/v1", f"{known.claim}/v2", f"{known.denied}/v1")
    ]


def two(name: str, data: list[str]) -> list[tuple[str, str]]:
    return [(name, data[1]), (name, data[2])]


TRUE: dict[str, Case] = {
    "query_post_form": lambda sparql, data: sparql.post("query=ASK%20%7B%7D", FORM, [(DEFAULT, data[0])]),
    "query_dataset_default_graphs_get": lambda sparql, data: sparql.get(
        f"ASK {{ <{data[1]}> a ?type . <{data[2]}> a ?type . }}", *two(DEFAULT, data)
    ),
    "query_dataset_default_graphs_post": lambda sparql, data: sparql.post(
        f"ASK {{ <{data[1]}> a ?type . <{data[2]}> a ?type . }}", DIRECT, two(DEFAULT, data)
    ),
    "query_dataset_named_graphs_post": lambda sparql, data: sparql.post(
        TWO_NAMED.format(*data), DIRECT, two(NAMED, data)
    ),
    "query_dataset_named_graphs_get": lambda sparql, data: sparql.get(TWO_NAMED.format(*data), *two(NAMED, data)),
    "query_dataset_full": lambda sparql, data: sparql.post(
        THIRD.format(*data), DIRECT, [(DEFAULT, data[3]), *two(NAMED, data)]
    ),
    "query_multiple_dataset": lambda sparql, data: sparql.post(FROM_THIRD.format(*data), DIRECT, two(NAMED, data)),
    "query_get": lambda sparql, data: sparql.get("ASK {}", (DEFAULT, data[0])),
    "query_post_direct": lambda sparql, _: sparql.post("ASK {}", DIRECT),
}


@pytest.mark.parametrize("name", TRUE)
def test_it_is_true(name: str, endpoint: Endpoint, graphs: list[str]) -> None:
    reply = TRUE[name](endpoint, graphs)
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-type"] == "application/sparql-results+json"
    assert reply.json()["boolean"] is True


@pytest.mark.parametrize(
    ("case", "query", "kinds"),
    [
        (
            "query_content_type_select",
            "SELECT (1 AS ?value) {}",
            (
                "application/sparql-results+xml",
                "application/sparql-results+json",
                "text/tab-separated-values",
                "text/csv",
            ),
        ),
        ("query_content_type_ask", "ASK {}", ("application/sparql-results+xml", "application/sparql-results+json")),
        (
            "query_content_type_describe",
            "DESCRIBE <http://example.org/>",
            ("application/rdf+xml", "text/turtle", "application/n-triples"),
        ),
        (
            "query_content_type_construct",
            "CONSTRUCT { <s> <p> 1 } WHERE {}",
            ("application/rdf+xml", "text/turtle", "application/n-triples"),
        ),
    ],
)
def test_the_type_fits_the_query(
    case: str, query: str, kinds: tuple[str, ...], endpoint: Endpoint, graphs: list[str]
) -> None:
    reply = endpoint.post(query, DIRECT, [(DEFAULT, graphs[0])])
    assert reply.status_code == 200, (case, reply.text)
    assert reply.headers["content-type"].partition(";")[0] in kinds
    if case == "query_content_type_construct":
        # Relative names are of the knowledge base.
        (triple,) = Graph().parse(data=reply.text, format="turtle")
        assert str(triple[0]).endswith("/s")


BAD: dict[str, tuple[int, Case]] = {
    "bad_query_method": (
        405,
        lambda sparql, data: sparql.send("PUT", [("query", "ASK {}"), (DEFAULT, data[0])], b"", Content_Type=FORM),
    ),
    "bad_multiple_queries": (
        400,
        lambda sparql, _: sparql.send("GET", f"query={quote('ASK {}')}&query={quote('SELECT * {}')}"),
    ),
    "bad_query_wrong_media_type": (415, lambda sparql, _: sparql.post("ASK {}", "text/plain")),
    "bad_query_missing_form_type": (415, lambda sparql, _: sparql.post("query=ASK%20%7B%7D", None)),
    "bad_query_missing_direct_type": (415, lambda sparql, _: sparql.post("ASK {}", None)),
    "bad_query_non_utf8": (
        415,
        lambda sparql, _: sparql.post("ASK {}".encode("utf-16"), f"{DIRECT}; charset=UTF-16"),
    ),
    "bad_query_syntax": (400, lambda sparql, _: sparql.get("ASK {")),
    # What would change something is refused before it is read.
    "bad_update_get": (400, lambda sparql, _: sparql.send("GET", "update=CLEAR%20ALL")),
    "bad_multiple_updates": (
        400,
        lambda sparql, _: sparql.post("update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", FORM),
    ),
    "bad_update_wrong_media_type": (415, lambda sparql, _: sparql.post("CLEAR NAMED", "text/plain")),
    "bad_update_missing_form_type": (415, lambda sparql, _: sparql.post("update=CLEAR%20NAMED", None)),
    "bad_update_non_utf8": (
        400,
        lambda sparql, _: sparql.post("CLEAR NAMED".encode("utf-16"), f"{UPDATE_TYPE}; charset=UTF-16"),
    ),
    "bad_update_syntax": (400, lambda sparql, _: sparql.post("update=CLEAR%20XYZ", FORM)),
    "bad_update_dataset_conflict": (
        400,
        lambda sparql, _: sparql.post(CONFLICT, UPDATE_TYPE, [("using-named-graph-uri", "http://example/people")]),
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_it_is_refused(name: str, endpoint: Endpoint, graphs: list[str]) -> None:
    status, case = BAD[name]
    reply = case(endpoint, graphs)
    assert reply.status_code == status, reply.text
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.headers["access-control-allow-origin"] == "*"
    told = reply.json()
    assert told["status"] == status
    assert len(told["detail"].split()) > 4


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a:b> <a:c> <a:d> }",
        "DELETE WHERE { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:9/x>",
        "CLEAR ALL",
        "DROP ALL",
        "CREATE GRAPH <g:g>",
        "COPY DEFAULT TO <g:g>",
        "ADD DEFAULT TO <g:g>",
    ],
)
def test_every_update_is_refused_by_every_way(update: str, endpoint: Endpoint) -> None:
    """The cases update_* of the manifest, of which none applies to what only reads."""
    replies = [
        endpoint.get(update),
        endpoint.send("GET", [("update", update)]),
        endpoint.post(urlencode({"update": update}), FORM),
        endpoint.post(update, DIRECT),
        endpoint.post(update, UPDATE_TYPE),
    ]
    assert [reply.status_code for reply in replies] == [400] * len(replies)
    assert all("only reads" in reply.json()["detail"] for reply in replies[1:3] + replies[4:])
