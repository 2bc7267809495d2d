"""Context, shapes and vocabulary as they are served, and health."""

import json

import pyoxigraph
import pytest

from kb.documents.context import CONTEXT_FILE, SHAPES_FILE, read_data
from kb.formats.ns.published import vocabulary_nquads
from kb.formats.ns.terms import list_lines, own_terms
from tests.app.conftest import Library
from tests.support.reader import Reader
from tests.support.readings import lines_of

FORMS = {
    "ttl": ("text/turtle", pyoxigraph.RdfFormat.TURTLE),
    "jsonld": ("application/ld+json", pyoxigraph.RdfFormat.JSON_LD),
    "nt": ("application/n-triples", pyoxigraph.RdfFormat.N_TRIPLES),
    "rdf": ("application/rdf+xml", pyoxigraph.RdfFormat.RDF_XML),
}
MEDIA_TYPES = [media_type for media_type, _ in FORMS.values()]
PROFILE = 'application/ld+json;profile="http://www.w3.org/ns/json-ld#context"'


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


def test_files_for_good_are_asked_for_in_any_profile_and_known_again(reader: Reader) -> None:
    for path in ("/ns/context-v1.jsonld", "/ns/shapes-v1.ttl"):
        reply = reader.get(path)
        for accept in (PROFILE, "text/turtle", "text/html", "*/*"):
            assert reader.get(path, Accept=accept).content == reply.content
        again = reader.ask(path, If_None_Match=reply.headers["etag"])
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("name", ["claimbase", "vocab"])
def test_the_vocabulary_is_the_same_in_every_form(reader: Reader, name: str) -> None:
    wanted = lines_of(vocabulary_nquads())
    for form, (media_type, read_as) in FORMS.items():
        reply = reader.get(f"/ns/{name}", Accept=media_type)
        assert {str(quad) for quad in pyoxigraph.parse(reply.content, format=read_as)} == wanted
        assert reply.headers["content-type"].partition(";")[0] == media_type
        assert reply.headers["vary"] == "Accept"
        assert reply.headers["access-control-allow-origin"] == "*"
        suffixed = reader.get(f"/ns/{name}.{form}", Accept="text/html")
        assert suffixed.content == reply.content
        assert "vary" not in suffixed.headers
        again = reader.ask(f"/ns/{name}.{form}", If_None_Match=reply.headers["etag"])
        assert (again.status_code, again.content) == (304, b"")
    tags = {reader.get(f"/ns/{name}", Accept=kind).headers["etag"] for kind in ("text/html", *MEDIA_TYPES)}
    assert len(tags) == len(FORMS) + 1


@pytest.mark.parametrize("accept", ["application/json", "application/trig", "text/csv", "image/png"])
def test_what_the_vocabulary_is_not_to_be_had_in_is_told(reader: Reader, accept: str) -> None:
    reply = reader.ask("/ns/claimbase", Accept=accept)
    assert reply.status_code == 406
    assert reply.json()["available"] == ["text/html", *MEDIA_TYPES]
    assert reader.ask("/ns/claimbase.trig").status_code == 404


def test_every_term_has_its_place_with_meaning_use_example_and_history(reader: Reader) -> None:
    page = reader.page("/ns/claimbase")
    assert len(own_terms()) == 166
    for term in own_terms():
        assert term.name in page.ids
        for piece in (term.definition, term.example.json, term.example.turtle, *term.history):
            assert " ".join(piece.split()) in page.text, term.name
        for name in (*term.used_on, *term.takes, *term.under):
            assert term.words_of or name in page.text
    assert "https://w3id.org/claimbase/ns#" in page.text
    # Every way to another term leads to one.
    ways = {way.partition("#")[2] for way in page.links if way.startswith("#")}
    assert ways <= {*page.ids, "main"}
    assert {way.partition("#")[2] for way in page.links if "ns/vocab#" in way} <= set(reader.page("/ns/vocab").ids)


def test_every_word_has_its_place_with_meaning_and_history(reader: Reader) -> None:
    page = reader.page("/ns/vocab")
    for one in list_lines():
        assert one.name in page.ids
        for word in one.words:
            assert word.anchor in page.ids
            for piece in (f"{word.label} {word.word}", word.definition, *word.history):
                assert piece in page.text
    assert "skos:broadMatch cbv:claimskg-OTHER" in page.text
    ways = {way.partition("#")[2] for way in page.links if "ns/claimbase#" in way}
    assert ways <= {term.name for term in own_terms()}
    assert {"verdict", "computedVerdict"} <= ways


def test_one_page_leads_to_all_four(reader: Reader) -> None:
    page = reader.page("/ns")
    for way in ("ns/claimbase", "ns/vocab", "ns/context-v1.jsonld", "ns/shapes-v1.ttl", "ns/vocab.rdf"):
        assert f"./{way}" in page.links
    assert reader.ask("/ns/").headers["location"] == "../ns"
    assert reader.ask("/ns", Accept="text/turtle").json()["available"] == ["text/html"]
    for other in ("/ns/claimbase", "/ns/vocab", "/data"):
        assert any(way.endswith("/ns") or way == "../ns" for way in reader.page(other).links), other


def test_health_asks_no_database(library: Library, statements: object) -> None:
    reply = library.reader.get("/healthz")
    assert reply.json() == {"status": "ok"}
    assert reply.headers["cache-control"] == "no-store"


def test_readiness_tells_details_to_this_machine_alone(library: Library) -> None:
    near = library.reader.get("/readyz").json()
    assert near["ready"] is True
    assert near["details"]["schema"]["ok"] is True
    assert near["details"]["lag"] == {"ok": True, "catalogue": 0}
    index = near["details"]["index"]
    assert index["ok"] is True
    assert {"home", "seq", "lag", "quads", "memory", "memory_per_million_quads", "off", "why"} <= set(index)
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
