"""Context, shapes and vocabulary as they are served, and health."""

import json

import pyoxigraph

from kb.documents.context import CONTEXT_FILE, SHAPES_FILE, VOCABULARY_FILE, read_data
from tests.app.conftest import Library
from tests.support.reader import Reader


def test_context_and_shapes_are_the_packaged_bytes(reader: Reader) -> None:
    for path, name, media_type in (
        ("/ns/context-v1.jsonld", CONTEXT_FILE, "application/ld+json"),
        ("/ns/shapes-v1.ttl", SHAPES_FILE, "text/turtle; charset=utf-8"),
    ):
        reply = reader.get(path)
        assert reply.content == read_data(name)
        assert reply.headers["content-type"] == media_type
        assert reply.headers["access-control-allow-origin"] == "*"
        assert "immutable" in reply.headers["cache-control"]


def test_the_context_is_the_one_that_documents_name(library: Library) -> None:
    document = library.reader.get(f"/claims/{library.known.claim}.jsonld").json()
    path = document["@context"].removeprefix("http://localhost:8000")
    assert library.reader.get(path).json()["@context"]


def test_the_vocabulary_is_the_same_in_both_forms(reader: Reader) -> None:
    wanted = {
        str(quad.triple) for quad in pyoxigraph.parse(read_data(VOCABULARY_FILE), format=pyoxigraph.RdfFormat.TURTLE)
    }
    for name in ("claimbase", "vocab"):
        assert reader.get(f"/ns/{name}.ttl").content == read_data(VOCABULARY_FILE)
        reply = reader.get(f"/ns/{name}", Accept="application/ld+json")
        found = pyoxigraph.parse(reply.content, format=pyoxigraph.RdfFormat.JSON_LD)
        assert {str(quad.triple) for quad in found} == wanted


def test_terms_and_lists_are_pages_too(reader: Reader) -> None:
    assert "A part of a claim that can be right or wrong by itself" in reader.page("/ns/claimbase").text
    text = reader.page("/ns/vocab").text
    assert "Partly supported partly_supported" in text
    assert "verdict-disputed" in reader.page("/ns/vocab").ids


def test_health_asks_no_database(library: Library, statements: object) -> None:
    reply = library.reader.get("/healthz")
    assert reply.json() == {"status": "ok"}
    assert reply.headers["cache-control"] == "no-store"


def test_readiness_tells_details_to_this_machine_alone(library: Library) -> None:
    near = library.reader.get("/readyz").json()
    assert near["ready"] is True
    assert near["details"]["schema"]["ok"] is True
    assert near["details"]["lag"] == {"ok": True, "catalogue": 0}
    far = library.reader.get("/readyz", X_Forwarded_For="203.0.113.7").json()
    assert far == {"ready": True}
    assert json.dumps(far)


def test_a_server_that_is_ending_is_not_ready(library: Library) -> None:
    state = library.reader.app.state
    state.draining = True
    try:
        assert library.reader.ask("/readyz").status_code == 503
        assert library.reader.ask("/healthz").status_code == 200
    finally:
        state.draining = False
