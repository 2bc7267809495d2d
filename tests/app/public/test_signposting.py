"""Signposting: an independent reader of it finds all of level 2, in headers, in pages and in the linkset."""

import warnings
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import pytest
from signposting import (
    Signposting,
    find_signposting_html,
    find_signposting_http,
    find_signposting_http_link,
    find_signposting_linkset,
)

from app.web.signposting import LINKSET_JSON, LINKSET_TEXT
from tests.app.conftest import Library
from tests.support.abroad import Abroad
from tests.support.reader import HOST, Page

DATA = {
    "jsonld": "application/ld+json",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "trig": "application/trig",
    "nq": "application/n-quads",
    "rdf": "application/rdf+xml",
    "json": "application/json",
}
SCHEMA = "https://schema.org/"


def paths(library: Library) -> Iterator[tuple[str, str]]:
    """A page of every kind, and its class."""
    press = library.known.world.press
    world = library.known.world
    yield f"/claims/{library.known.claim}", "Claim"
    for kind, iri, name in (
        ("sources", world.source, "Report"),
        ("agents", world.person, "Person"),
        ("agents", world.voice, "Organization"),
        ("origins", world.origin, "Thing"),
    ):
        yield f"/{kind}/{press.ids[iri]}", name
    yield "/topics/heights", "DefinedTerm"
    yield "/method", "WebPage"
    yield "/foundation", "WebPage"


def signposts(library: Library, path: str, **headers: str) -> Signposting:
    return find_signposting_http_link([library.reader.ask(path, "HEAD", **headers).headers["link"]], HOST + path)


def targets(some: Any) -> dict[str, str | None]:
    return {str(one.target): one.type and str(one.type) for one in some}


def test_every_page_has_what_level_two_asks_for(library: Library) -> None:
    for path, name in paths(library):
        found = signposts(library, path)
        this = found.citeAs.target
        assert this == f"{HOST}{path}/v{this.rpartition('/v')[2]}"
        assert targets(found.authors).keys() == {f"{HOST}/agents/{desk(library)}"}
        assert str(found.license.target) == "https://creativecommons.org/licenses/by/4.0/"
        assert targets(found.types).keys() == {f"{SCHEMA}AboutPage", f"{SCHEMA}{name}"}
        assert targets(found.describedBy) == {f"{this}.{suffix}": kind for suffix, kind in DATA.items()}
        assert targets(found.items) == {f"{this}.jsonld": "application/ld+json"}
        assert targets(found.linksets) == {f"{this}/linkset.json": LINKSET_JSON, f"{this}/linkset.txt": LINKSET_TEXT}


def desk(library: Library) -> str:
    return library.known.world.press.ids[library.known.world.press.desk]


def test_every_target_here_is_there_and_of_the_type_promised(library: Library) -> None:
    for path, _ in paths(library):
        found = signposts(library, f"{path}/v1")
        for one in [found.citeAs, *found.authors, *found.describedBy, *found.items, *found.linksets]:
            reply = library.reader.ask(str(one.target).removeprefix(HOST), "HEAD")
            assert reply.status_code == 200, one
            if one.type:
                assert reply.headers["content-type"].partition(";")[0] == one.type
                assert reply.headers["access-control-allow-origin"] == "*"


def test_data_leads_back_to_its_page(library: Library) -> None:
    path = f"/claims/{library.known.claim}"
    for suffix in DATA:
        found = signposts(library, f"{path}/v1.{suffix}")
        assert targets(found.describes) == {f"{HOST}{path}/v1": "text/html"}
        assert bool(found.collection) == (suffix == "jsonld")
        assert found.describedBy == set()
    # What was negotiated is the page itself in another form.
    assert signposts(library, f"{path}/v1", Accept="text/turtle").describes == set()


def test_versions_lead_to_one_another(library: Library) -> None:
    path = f"/claims/{library.known.claim}"
    first = library.reader.get(f"{path}/v1", Accept="text/html").links
    assert first["successor-version"]["url"] == f"{HOST}{path}/v2"
    assert "predecessor-version" not in first
    second = library.reader.get(path).links
    assert second["predecessor-version"]["url"] == f"{HOST}{path}/v1"
    assert "successor-version" not in second
    assert first["latest-version"]["url"] == second["latest-version"]["url"] == HOST + path


def test_headers_stay_small(library: Library) -> None:
    for path, _ in paths(library):
        assert len(library.reader.get(f"{path}/v1").headers["link"]) < 2_500
    # With the longest base address that anybody would want they still pass every proxy.
    link = library.reader.get(f"/claims/{library.known.claim}/v1").headers["link"]
    assert len(link.replace(HOST, "https://" + "a" * 72)) < 4_096


def test_the_head_of_a_page_says_the_same(library: Library) -> None:
    for path, name in paths(library):
        page = library.reader.page(path)
        assert link_of(page, "cite-as") == [str(signposts(library, path).citeAs.target)]
        assert [urljoin(HOST + path, one) for one in link_of(page, "author")] == [f"{HOST}/agents/{desk(library)}"]
        assert link_of(page, "type") == [SCHEMA + name]
        way = urljoin(HOST + path, link_of(page, "linkset")[0])
        assert way in targets(signposts(library, path).linksets)


def link_of(page: Page, rel: str) -> list[str]:
    return [values["href"] for tag, values in page.tags if tag == "link" and values.get("rel") == rel]


def test_the_linkset_is_the_same_in_both_forms(library: Library) -> None:
    path = f"/claims/{library.known.claim}/v1/linkset"
    whole = library.reader.get(f"{path}.json").json()["linkset"]
    told = {
        (one["anchor"], rel, target["href"], target.get("type"))
        for one in whole
        for rel, some in one.items()
        if rel != "anchor"
        for target in some
    }
    text = library.reader.get(f"{path}.txt").text
    assert len(text.split(",\n")) == len(told)
    for anchor, rel, href, kind in told:
        typed = f'; type="{kind}"' if kind else ""
        assert f'<{href}>; rel="{rel}"{typed}; anchor="{anchor}"' in text.split(",\n")
    # The record's page is another version's by now.
    anchors = {one["anchor"] for one in whole}
    assert f"{HOST}/claims/{library.known.claim}" not in anchors
    newest = library.reader.get(f"/claims/{library.known.claim}/v2/linkset.json").json()["linkset"]
    assert f"{HOST}/claims/{library.known.claim}" in {one["anchor"] for one in newest}


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", LINKSET_JSON),
        ("application/linkset+json, application/linkset;q=0.9", LINKSET_JSON),
        ("application/linkset", LINKSET_TEXT),
        ("text/plain", LINKSET_TEXT),
        ("application/json", LINKSET_JSON),
    ],
)
def test_a_linkset_is_negotiated(library: Library, accept: str, kind: str) -> None:
    reply = library.reader.get(f"/claims/{library.known.claim}/v1/linkset", Accept=accept)
    assert reply.headers["content-type"] == kind
    assert reply.headers["vary"] == "Accept"
    again = library.reader.ask(
        f"/claims/{library.known.claim}/v1/linkset", Accept=accept, If_None_Match=reply.headers["etag"]
    )
    assert again.status_code == 304


def test_linksets_that_are_not_there(library: Library) -> None:
    claim = f"/claims/{library.known.claim}"
    for path in (f"{claim}/linkset", f"{claim}/v9/linkset.json", f"{claim}/v1/linkset.xml", "/nothing/v1/linkset.json"):
        assert library.reader.ask(path, Accept="application/json").status_code == 404, path
    reply = library.reader.ask(f"{claim.upper().replace('CLAIMS', 'claims')}/v1/linkset.json")
    assert (reply.status_code, reply.headers["location"]) == (308, f"../../{library.known.claim}/v1/linkset.json")


def test_the_reader_of_signposting_finds_nothing_wrong_over_http(abroad: Abroad) -> None:
    page = f"{abroad.base}claims/{abroad.known.denied}"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        told = find_signposting_http(page)
        assert told.citeAs.target == f"{page}/v1"
        in_page = find_signposting_html(page)
        assert in_page.citeAs.target == told.citeAs.target
        assert targets(in_page.authors) == targets(told.authors)
        for one in told.linksets:
            found = find_signposting_linkset(one.target, one.type)
            for anchor in (page, f"{page}/v1"):
                there = found.for_context(anchor)
                assert there.citeAs.target == told.citeAs.target
                assert targets(there.describedBy) == targets(told.describedBy)
                assert targets(there.items) == targets(told.items)
                assert targets(there.types) == targets(told.types)
            back = found.for_context(f"{page}/v1.jsonld")
            assert back.collection.target == f"{page}/v1"
            assert targets(back.describes) == {f"{page}/v1": "text/html"}
