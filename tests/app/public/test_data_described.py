"""What the data sets are, by VoID and DCAT: at `/data` and `/.well-known/void`, counted right, and easy to find."""

import gzip

import pytest
import rdflib
import zstandard
from rdflib.compare import isomorphic

from tests.support.shelf import Shelf

# rdflib's own readers of TriG and JSON-LD still call what rdflib has given up.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated"),
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated"),
]


@pytest.mark.parametrize(
    ("accept", "kind", "form"),
    [
        ("text/turtle", "text/turtle; charset=utf-8", "turtle"),
        ("application/ld+json", "application/ld+json", "json-ld"),
        ("application/n-triples", "application/n-triples", "nt"),
        ("application/rdf+xml", "application/rdf+xml", "xml"),
        ("text/html;q=0.2, application/rdf+xml", "application/rdf+xml", "xml"),
    ],
)
def test_what_the_data_sets_are_is_negotiated(shelf: Shelf, accept: str, kind: str, form: str) -> None:
    said = []
    for path in ("/data", "/.well-known/void"):
        reply = shelf.reader.get(path, Accept=accept)
        assert (reply.headers["content-type"], reply.headers["vary"]) == (kind, "Accept")
        assert reply.headers["access-control-allow-origin"] == "*"
        said.append(rdflib.Graph().parse(data=reply.content, format=form))
        again = shelf.reader.ask(path, Accept=accept, If_None_Match=reply.headers["etag"])
        assert again.status_code == 304
    assert isomorphic(*said)
    assert len(said[0]) > 300


def test_suffixes_and_defaults(shelf: Shelf) -> None:
    assert shelf.reader.get("/data").headers["content-type"].startswith("text/html")
    assert shelf.reader.get("/.well-known/void").headers["content-type"].startswith("text/turtle")
    for suffix, kind in (("ttl", "text/turtle"), ("jsonld", "application/ld+json"), ("rdf", "application/rdf+xml")):
        reply = shelf.reader.get(f"/data.{suffix}", Accept="text/html")
        assert reply.headers["content-type"].partition(";")[0] == kind
        assert "vary" not in reply.headers
    assert shelf.reader.ask("/data.trig").status_code == 404
    refused = shelf.reader.ask("/.well-known/void", Accept="image/png, application/problem+json")
    assert refused.status_code == 406
    assert "text/turtle" in refused.json()["available"]


def test_void_counts_what_a_dump_and_a_reader_of_it_hold(shelf: Shelf) -> None:
    void = rdflib.Graph().parse(data=shelf.reader.get("/.well-known/void").content, format="turtle")
    [current] = void.objects(rdflib.URIRef("http://localhost:8000/.well-known/void"), rdflib.FOAF.primaryTopic)
    datasets = {one: int(next(void.objects(one, rdflib.VOID.triples))) for one in void.subjects(rdflib.VOID.dataDump)}
    assert len(datasets) == 3
    for dataset, triples in datasets.items():
        for address in void.objects(dataset, rdflib.VOID.dataDump):
            name = str(address).rpartition("/")[2]
            assert statements(name, shelf.reader.get(f"/data/{name}").content) == triples, name
    assert datasets[current] == shelf.manifest.files[0].triples


def statements(name: str, data: bytes) -> int:
    """What rdflib counts; in forms with named graphs graph by graph."""
    whole = {"gz": gzip.decompress, "zst": unpacked}.get(name.rpartition(".")[2], bytes)(data)
    form = {"nq": "nquads", "trig": "trig", "ttl": "turtle"}[name.split(".")[1]]
    if form == "turtle":
        return len(rdflib.Graph().parse(data=whole, format=form))
    return len(list(rdflib.Dataset().parse(data=whole, format=form).quads()))


def unpacked(data: bytes) -> bytes:
    return zstandard.ZstdDecompressor().stream_reader(data, read_across_frames=True).read()


def test_every_address_in_the_description_is_there(shelf: Shelf) -> None:
    base = "http://localhost:8000"
    graph = rdflib.Graph().parse(data=shelf.reader.get("/data.ttl").content, format="turtle")
    for predicate in (
        rdflib.DCAT.downloadURL,
        rdflib.DCAT.landingPage,
        rdflib.DCAT.accessURL,
        rdflib.DCAT.endpointURL,
        rdflib.DCAT.endpointDescription,
        rdflib.VOID.dataDump,
        rdflib.VOID.exampleResource,
        rdflib.FOAF.homepage,
    ):
        found = {str(one).partition("#")[0] for one in graph.objects(None, predicate)}
        assert found, predicate
        for address in found:
            assert address.startswith(f"{base}/")
            assert shelf.reader.ask(address.removeprefix(base), "HEAD").status_code in (200, 503), address


def test_whoever_only_looks_at_headers_finds_the_way(shelf: Shelf) -> None:
    home, data = shelf.reader.get("/"), shelf.reader.get("/data")
    void = "http://localhost:8000/.well-known/void"
    assert home.links["describedby"] == {"url": void, "rel": "describedby", "type": "text/turtle"}
    assert f'<{void}>; rel="describedby"; type="text/turtle"' in data.headers["link"]
    assert '<http://localhost:8000/data/current.nq.gz>; rel="item"; type="application/gzip"' in data.headers["link"]
    assert len(data.headers["link"]) < 4000


def test_every_page_leads_to_the_data_and_home_names_both_ways(shelf: Shelf) -> None:
    home = shelf.reader.page("/")
    assert {"./data", "./sparql"} <= {values["href"] for tag, values in home.tags if tag == "a"}
    for path, way in (("/", "./data"), ("/claims", "./data"), ("/ns/claimbase", "../data")):
        page = shelf.reader.page(path)
        assert [values["href"] for tag, values in page.tags if values.get("rel") == "collection"] == [way]
    for path in ("/", "/data"):
        found = [values for _, values in shelf.reader.page(path).tags if values.get("rel") == "describedby"]
        assert [(one["href"], one["type"]) for one in found] == [("./.well-known/void", "text/turtle")]
