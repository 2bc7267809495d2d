"""Sources, agents, origins, topics, pages and the foundation, each with versions, history and forms."""

import json

import pyoxigraph
import pytest

from kb.db import open_engine, writing
from kb.documents.canonical import canonical, digest
from kb.projections.follow import catch_up
from tests.app.conftest import Library
from tests.factories.documents import QUOTE, TEXT_SHA, agent, origin, source, topic
from tests.support.reader import Reader

FORMS = {
    "jsonld": "application/ld+json",
    "json": "application/json",
    "ttl": "text/turtle; charset=utf-8",
    "nt": "application/n-triples",
    "nq": "application/n-quads",
    "trig": "application/trig",
    "rdf": "application/rdf+xml",
}
WHICH = ("source", "agent", "origin", "topic", "claim", "page", "foundation")


def path_of(library: Library, kind: str) -> str:
    world = library.known.world
    iris = {"source": world.source, "agent": world.person, "origin": world.origin, "topic": world.topic}
    if kind in iris:
        return "/" + iris[kind].removeprefix(world.press.base).removesuffix("#it")
    return {"claim": f"/claims/{library.known.claim}", "page": "/about", "foundation": "/foundation"}[kind]


@pytest.mark.parametrize("kind", WHICH)
def test_every_record_has_pages_versions_history_and_forms(library: Library, kind: str) -> None:
    path, reader = path_of(library, kind), library.reader
    for page in (path, f"{path}/v1", f"{path}/history"):
        assert reader.page(page).text
    for suffix, media_type in FORMS.items():
        for base in (path, f"{path}/v1"):
            reply = reader.get(f"{base}.{suffix}")
            assert reply.headers["content-type"] == media_type
            assert reply.headers["access-control-allow-origin"] == "*"
            assert len(reply.headers["claimbase-head"]) == 64


@pytest.mark.parametrize("kind", WHICH)
def test_json_holds_the_document_its_standing_and_links(library: Library, kind: str) -> None:
    path, reader = path_of(library, kind), library.reader
    data = reader.get(f"{path}/v1.jsonld").content
    whole = reader.get(f"{path}/v1.json").json()
    assert set(whole) == {"document", "standing", "links"}
    assert canonical(whole["document"]) == data
    assert whole["standing"]["digest"] == digest(data)
    assert whole["links"]["self"] == f"http://localhost:8000{path}/v1"


def test_standing_in_json_is_that_of_today(library: Library) -> None:
    path = f"/claims/{library.known.claim}"
    old = library.reader.get(f"{path}/v1.json").json()["standing"]
    assert (old["state"], old["by"], old["latest_version"]) == ("corrected", 2, 2)
    assert library.reader.get(f"{path}.json").json()["standing"]["state"] == "current"
    related = library.reader.get(f"{path}.json").json()["standing"]["related"]
    assert {(one["relation"], one["id"]) for one in related} == {
        ("needed_by", library.known.denied),
        ("same_event", library.known.gone),
    }


def test_a_source_shows_its_quotations_and_never_its_text(library: Library) -> None:
    reader, path = library.reader, path_of(library, "source")
    page = reader.page(path)
    # The same passage is one quotation, however much is made of it.
    assert "1 passage, in the order of their place in the text" in page.text
    assert page.text.count(f"{QUOTE}, 🏔") == 1
    for use in ("The claim’s own words.", "Item 1: supports the height.", "Item 2: contradicts in 1863."):
        assert page.text.count(use) >= 2, use
    assert f"text sha256:{TEXT_SHA}" in page.text
    assert "The text is kept for verification and not shown: rights." in page.text
    for reply in [page.text, *(reader.get(f"{path}.{form}").text for form in FORMS)]:
        assert "others say" not in reply
    assert "The survey of 1863" in page.text


def test_an_agent_shows_what_it_says_and_no_score(library: Library) -> None:
    world = library.known.world
    voice = library.reader.page("/" + world.voice.removeprefix(world.press.base).removesuffix("#it")).text
    assert "Claims made" in voice
    assert "Is it so that Mount Example was 4,807 metres high in 1863?" in voice
    person = library.reader.page(path_of(library, "agent")).text
    assert "Replies" in person
    assert "Concerned by" in person
    assert "Claims made" not in person


def test_an_origin_shows_who_rests_on_it(library: Library) -> None:
    text = library.reader.page(path_of(library, "origin")).text
    assert "Claims whose evidence goes back to it" in text
    assert f"{QUOTE} verified" in text
    assert "Sources that carry it" in text
    assert "Heights of the Invented Alps" in text


def test_a_topic_answers_to_its_id(library: Library) -> None:
    record = library.known.world.press.ids[library.known.world.topic]
    for path, way in ((f"/topics/{record}", "heights"), (f"/topics/{record}/v1.ttl", "../heights/v1.ttl")):
        reply = library.reader.ask(path)
        assert (reply.status_code, reply.headers["location"]) == (302, way)
    assert library.reader.ask(f"/topics/{record}.json").headers["location"] == "heights.json"


def test_a_page_of_our_own_is_markdown(reader: Reader) -> None:
    page = reader.page("/about")
    assert ("strong", {}) in page.tags
    assert "./method" in page.links
    assert "../method" in reader.page("/about/v1").links
    assert "Text of about, with a link and weight." in page.text


def test_the_foundation_says_what_it_fixes(reader: Reader) -> None:
    text = reader.page("/foundation").text
    for piece in ("http://localhost:8000/", "https://w3id.org/claimbase/ns#", "CC BY 4.0"):
        assert piece in text


def test_history_has_every_version_with_note_line_and_digest(library: Library) -> None:
    path = f"/claims/{library.known.claim}"
    told = library.reader.get(f"{path}/history.json").json()["versions"]
    assert [one["version"] for one in told] == [1, 2]
    assert told[1]["note"] == {"en": "Invented note of version 2."}
    page = library.reader.page(f"{path}/history")
    text = page.text
    for one in told:
        assert f"sha256:{one['digest']}" in text
    assert "correction, 26 November 2026" in text
    assert page.ids.index("v2") < page.ids.index("v1")


def test_negotiation_gives_the_same_as_the_suffix(library: Library) -> None:
    path = f"/claims/{library.known.claim}/v1"
    for suffix, media_type in FORMS.items():
        negotiated = library.reader.get(path, Accept=media_type.partition(";")[0])
        assert negotiated.headers["content-type"] == media_type
        assert "Accept" in negotiated.headers["vary"]
        assert negotiated.content == library.reader.get(f"{path}.{suffix}", Accept="text/html").content
        assert "vary" not in library.reader.get(f"{path}.{suffix}").headers


def test_the_latest_names_the_version_that_it_is(library: Library) -> None:
    path = f"/claims/{library.known.claim}"
    assert library.reader.get(f"{path}.ttl").headers["content-location"] == f"{library.known.claim}/v2.ttl"
    links = library.reader.get(path).headers["link"]
    assert f'<http://localhost:8000{path}/v2>; rel="cite-as"' in links
    assert f'<http://localhost:8000{path}/v1>; rel="predecessor-version"' in links


def test_six_forms_are_one_set_of_triples(library: Library) -> None:
    path = f"/claims/{library.known.denied}/v1"
    forms = {"ttl": "TURTLE", "nt": "N_TRIPLES", "nq": "N_QUADS", "trig": "TRIG", "rdf": "RDF_XML"}
    sets = []
    for suffix, name in forms.items():
        data = library.reader.get(f"{path}.{suffix}").content
        found = pyoxigraph.parse(data, format=getattr(pyoxigraph.RdfFormat, name))
        sets.append({str(quad.triple) for quad in found})
    assert len(sets[0]) > 100
    assert all(one == sets[0] for one in sets)


def test_head_requests_answer_as_get_does(library: Library) -> None:
    path = f"/claims/{library.known.claim}/v1.jsonld"
    assert library.reader.ask(path, "HEAD").headers["etag"] == library.reader.get(path).headers["etag"]


def test_records_without_claims_say_so(own_library: Library) -> None:
    press = own_library.known.world.press
    made = [
        ("agent", agent(press.name("agent"), "Nobody Invented")),
        ("origin", origin(press.name("origin"), "Unused")),
        ("source", source(press.name("source"), "Unread")),
        ("topic", topic(press.name("topic", "unused"), "Unused")),
    ]
    writer = open_engine(own_library.settings)
    with writing(writer) as session:
        for kind, entity in made:
            press.publish(session, kind, entity, issued="2026-11-29T09:00:00Z")
    catch_up(writer)
    writer.dispose()
    for _, entity in made:
        path = "/" + entity["@id"].removeprefix(press.base).removesuffix("#it")
        assert "No published claim" in own_library.reader.page(path).text
        assert json.loads(own_library.reader.get(f"{path}.json").text)["standing"]["state"] == "current"
