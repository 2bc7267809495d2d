"""Every address that is negotiated × every form × what clients send: an answer that they can read, or a list of them.

How `Accept` is read is in `tests/app/web/test_negotiate.py`; here the addresses keep to it, with all their headers.
"""

import re
from urllib.parse import urlsplit

import httpx
import pytest
from fastapi.routing import iter_route_contexts
from rdflib.parser import Parser
from rdflib.plugin import plugins

from app.public.routes import router
from tests.app.conftest import Library
from tests.support.reader import Reader

RDF = ("jsonld", "ttl", "nt", "trig", "nq", "rdf")
RECORD = ("html", *RDF, "json")
LIST = ("html", "json", "csv", "atom")
TABLE = ("html", "json", "csv")
PAGE = ("html", "json")
GRAPH = ("html", "ttl", "jsonld", "nt", "rdf")
ALONE = ("html",)
MEDIA = {
    "html": "text/html",
    "jsonld": "application/ld+json",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "trig": "application/trig",
    "nq": "application/n-quads",
    "rdf": "application/rdf+xml",
    "json": "application/json",
    "csv": "text/csv",
    "atom": "application/atom+xml",
}
# By the route: an address, and the forms that it is to be had in. Suffixed routes go with the ones that they belong to.
KINDS = ("claims", "sources", "agents", "origins", "topics")
NEGOTIATED: dict[str, tuple[str, ...]] = {
    "/": ALONE,
    "/search": LIST,
    "/check": PAGE,
    "/corrections": LIST,
    "/corrections/{name}": PAGE,
    "/log": TABLE,
    "/figures": TABLE,
    "/data": GRAPH,
    "/ns": ALONE,
    "/ns/claimbase": GRAPH,
    "/ns/vocab": GRAPH,
    "/claims/{name}/evidence": ALONE,
    "/claims/{name}/{part}/evidence": ALONE,
    **{f"/{kind}": LIST for kind in KINDS},
    **{f"/{kind}/{{name}}/claims": LIST for kind in KINDS[1:]},
    **{f"{way}/{{name}}": RECORD for way in ("", *(f"/{kind}" for kind in KINDS))},
    **{f"{way}/{{name}}/{{part}}": RECORD for way in ("", *(f"/{kind}" for kind in KINDS))},
    **{f"{way}/{{name}}/cite": PAGE for way in ("", *(f"/{kind}" for kind in KINDS))},
    "/claims/{name}/diff/{pair}": PAGE,
}
# Of one form, whoever asks: files, feeds, health, ways to something else; SPARQL has rules and tests of its own.
OTHERS = re.compile(
    r"\.|^/(healthz|readyz|sparql.*|static/.*|data/\{name\})$|/(linkset|diff)$"
    # This library has no measure, no text that may be shown, and two versions of a claim alone.
    r"|^/figures/\{name\}$|^/sources/\{name\}/text$|^(?!/claims).*/diff/"
)
# Other kinds go the same way through the code; `make test-all` follows them too.
ROUTES = [
    pytest.param(route, marks=[pytest.mark.slow] if re.match(r"/(sources|agents|origins)/", route) else [])
    for route in NEGOTIATED
]

CLIENTS = {
    "curl": "*/*",
    "nothing": None,
    "Firefox": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Chrome": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8",
    "axios": "application/json, text/plain, */*",
    "PyLD": "application/ld+json, application/json;q=0.8, text/html;q=0.5",
    "Comunica": (
        "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,application/n-triples;q=0.8,"
        "text/turtle;q=0.6,application/rdf+xml;q=0.5,text/n3;q=0.35,application/xml;q=0.3,image/svg+xml;q=0.3,"
        "text/html;q=0.2,application/xhtml+xml;q=0.18"
    ),
    "rdflib": ", ".join(one.name for one in plugins(kind=Parser) if "/" in one.name),
    "rdflib xml": "application/rdf+xml, */*;q=0.1",
    "rdflib turtle": "text/turtle, application/x-turtle, */*;q=0.1",
    "rdflib n3": "text/n3, */*;q=0.1",
    "rdflib nt": "text/plain, */*;q=0.1",
    "rdflib trig": "application/trig, */*;q=0.1",
    "rdflib json-ld": "application/ld+json, application/json;q=0.9, */*;q=0.1",
}
# In the order of CLIENTS; "" is 406.
ANSWERS = {
    RECORD: "html html html html json jsonld nq jsonld rdf ttl ttl nt trig jsonld",
    GRAPH: "html html html html nt jsonld jsonld ttl rdf ttl ttl nt ttl jsonld",
    LIST: "html html html html json json html - html html html html html json",
    TABLE: "html html html html json json html - html html html html html json",
    PAGE: "html html html html json json html - html html html html html json",
    ALONE: "html html html html html html html - html html html html html html",
}
ODD = {
    "q=0 of the first": "text/html;q=0, */*;q=0.5",
    "spaces everywhere": "  text/html ;  q = 0 ,\t*/* ; q=0.5  ",
    "capitals": "TEXT/HTML;Q=0, */*",
    "empty pieces": ",,text/html;q=0,,*/*;q=0.5,,",
    "more than anybody means": "text/html;q=0, */*;q=0.5" + ", image/x-none;q=0.9" * 500,
    "a comma between quotation marks": 'text/html;level="1,2";q=0, */*;q=0.5',
    "three decimals": "text/html;q=0.000, */*;q=0.001",
}


@pytest.fixture
def ways(library: Library) -> dict[str, str]:
    """An address of each route; what stands for a name is that of a record that is there."""
    world = library.known.world
    iris = {"sources": world.source, "agents": world.person, "origins": world.origin, "topics": world.topic}
    names = {kind: iri.removesuffix("#it").rpartition("/")[2] for kind, iri in iris.items()}
    names["claims"] = library.known.claim
    found = {}
    for route in NEGOTIATED:
        folder = route.split("/")[1]
        filled = route.replace("{name}", names.get(folder, "about"))
        found[route] = filled.replace("{part}", "v1").replace("{pair}", "1..2")
    entry = library.reader.get("/corrections.json").json()["items"][0]["entry"]
    return found | {"/corrections/{name}": urlsplit(entry).path, "/check": "/check?q=nothing"}


def test_every_address_of_the_readers_is_in_the_table() -> None:
    routes = {route.path or "" for route in iter_route_contexts(router.routes) if "GET" in (route.methods or ())}
    assert {route for route in routes if not OTHERS.search(route)} == set(NEGOTIATED)
    assert len(CLIENTS) == 14
    assert all(len(answers.split()) == len(CLIENTS) for answers in ANSWERS.values())


@pytest.mark.parametrize("route", ROUTES)
def test_each_form_by_accept_and_by_suffix_is_the_same(reader: Reader, ways: dict[str, str], route: str) -> None:
    for form in NEGOTIATED[route]:
        reply = reader.get(ways[route], Accept=MEDIA[form])
        assert kind_of(reply) == MEDIA[form]
        assert "Accept" in reply.headers["vary"]
        if form == "html":
            continue
        assert reply.headers["access-control-allow-origin"] == "*"
        # A suffix wins, whatever is accepted.
        suffixed = reader.get(with_suffix(ways[route], form), Accept="text/html, image/png;q=0.1")
        assert (kind_of(suffixed), suffixed.content) == (MEDIA[form], reply.content)
        assert "Accept" not in suffixed.headers.get("vary", "")
        assert suffixed.headers["access-control-allow-origin"] == "*"
        head = reader.ask(ways[route], "HEAD", Accept=MEDIA[form])
        assert (head.status_code, kind_of(head), head.content) == (200, MEDIA[form], b"")


@pytest.mark.parametrize("route", ROUTES)
def test_each_client_gets_what_it_reads(reader: Reader, ways: dict[str, str], route: str) -> None:
    offered = NEGOTIATED[route]
    for (name, accept), form in zip(CLIENTS.items(), ANSWERS[offered].split(), strict=True):
        reply = ask(reader, ways[route], accept)
        if form != "-":
            assert (reply.status_code, kind_of(reply)) == (200, MEDIA[form]), (name, ways[route])
            continue
        assert reply.status_code == 406, (name, ways[route])
        assert kind_of(reply) == "application/problem+json"
        assert reply.json()["available"] == [MEDIA[one] for one in offered]
        assert reply.headers["access-control-allow-origin"] == "*"
        assert reply.headers["vary"] == "Accept"


@pytest.mark.parametrize("route", ROUTES)
def test_odd_headers_are_read_by_the_rule(reader: Reader, ways: dict[str, str], route: str) -> None:
    """Each of them wants anything but HTML, so the second form answers, or the list of all."""
    offered = NEGOTIATED[route]
    for name, accept in ODD.items():
        reply = ask(reader, ways[route], accept)
        if len(offered) > 1:
            assert (reply.status_code, kind_of(reply)) == (200, MEDIA[offered[1]]), name
        else:
            assert (reply.status_code, reply.json()["available"]) == (406, ["text/html"]), name
    assert kind_of(ask(reader, ways[route], "x" * 60_000)) == "text/html"


@pytest.mark.parametrize("route", ROUTES)
def test_what_nobody_offers_is_refused_with_a_list(reader: Reader, ways: dict[str, str], route: str) -> None:
    for accept in ("image/png", "*/*;q=0", "text/html;q=0", "video/*, application/pdf"):
        reply = ask(reader, ways[route], accept)
        assert reply.status_code == 406, accept
        assert reply.json()["available"] == [MEDIA[one] for one in NEGOTIATED[route]]
    asked = reader.ask(ways[route], "OPTIONS", Origin="https://elsewhere.example", Access_Control_Request_Method="GET")
    assert (asked.status_code, asked.headers["access-control-allow-origin"]) == (204, "*")


def ask(reader: Reader, path: str, accept: str | None) -> httpx.Response:
    """httpx sends an `Accept` of its own where none is given; an empty one counts as none."""
    return reader.ask(path, Accept=accept or "")


def with_suffix(way: str, form: str) -> str:
    path, mark, query = way.partition("?")
    return f"{path}.{form}{mark}{query}"


def kind_of(reply: httpx.Response) -> str:
    return reply.headers["content-type"].partition(";")[0]
