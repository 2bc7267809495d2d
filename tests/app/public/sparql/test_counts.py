"""A consumer's way: find the endpoint, load the dumps, and count; the description, files and endpoint say the same."""

import gzip
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import zstandard
from rdflib import DCAT, RDF, VOID, Dataset, Graph, Literal, URIRef

from app.main import create_app
from kb.db import open_engine
from kb.library import load
from tests.factories.documents import BASE
from tests.support.databases import Stock, settings_for
from tests.support.endpoint import Endpoint
from tests.support.knowledge import publish_knowledge
from tests.support.removed import remove
from tests.support.served import served

# On one worker, which makes the files once.
pytestmark = pytest.mark.xdist_group("consumer")
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
BY_GRAPH = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
PACKED = [f"{form}.{how}" for form in ("nq", "trig", "jsonld") for how in ("gz", "zst")]


@dataclass
class Consumer:
    """Somebody with a folder of downloads, who has read the description."""

    endpoint: Endpoint
    folder: Path
    void: Graph

    def download(self, name: str) -> Path:
        """By the address that the description gives, wherever it is served."""
        (address,) = {str(one) for one in self.void.objects(None, DCAT.downloadURL) if str(one).endswith(f"/{name}")}
        path = self.folder / name
        path.write_bytes(self.endpoint.send(path=urlsplit(address).path).raise_for_status().content)
        return path

    def triples(self, name: str) -> int:
        """What the description says of a set."""
        found = self.void.value(URIRef(f"{BASE}data#{name}"), VOID.triples)
        assert isinstance(found, Literal)
        return int(found)

    def ask(self, query: str) -> list[dict[str, str]]:
        """Rows by name of variable."""
        found = self.endpoint.get(query, Accept="application/sparql-results+json").raise_for_status().json()
        return [{name: one["value"] for name, one in row.items()} for row in found["results"]["bindings"]]


@pytest.fixture(scope="module")
def consumer(stock: Callable[[str], Stock], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Consumer]:
    folder = tmp_path_factory.mktemp("consumer")
    with stock("sqlite").migrated(folder / "var") as url:
        settings = settings_for(folder / "var", url)
        engine = open_engine(settings)
        remove(engine, publish_knowledge(engine, settings.data))
        engine.dispose()
        app = create_app(settings)
        # The first look is made at once; it need not be waited for.
        app.state.dumps.look()
        with served(settings, app=app) as address, Endpoint(address) as endpoint:
            endpoint.wait()
            void = Graph().parse(data=endpoint.send(path="/.well-known/void").text, format="turtle")
            yield Consumer(endpoint, folder, void)


def test_the_way_from_the_home_page(consumer: Consumer) -> None:
    home = consumer.endpoint.send(path="/", Accept="text/html").text
    assert 'href="./sparql"' in home
    service = Graph().parse(data=consumer.endpoint.send(Accept="text/turtle").text, format="turtle")
    described = "http://www.w3.org/ns/sparql-service-description#"
    assert (None, RDF.type, URIRef(f"{described}Service")) in service
    assert (None, VOID.sparqlEndpoint, URIRef(f"{BASE}sparql")) in consumer.void


def test_the_current_set_is_the_default_graph(consumer: Consumer) -> None:
    vocabulary = len(load(consumer.download("vocabulary.ttl")))
    (row,) = consumer.ask(COUNT)
    assert int(row["n"]) == consumer.triples("current") + vocabulary
    for name in (*PACKED, "ttl.gz", "ttl.zst"):
        assert len(load(consumer.download(f"current.{name}"))) == consumer.triples("current"), name


def test_all_versions_are_the_named_graphs(consumer: Consumer) -> None:
    rows = {row["g"]: int(row["n"]) for row in consumer.ask(BY_GRAPH)}
    rows.pop(f"{BASE}log")
    assert sum(rows.values()) == consumer.triples("all")
    for name in PACKED:
        dataset = load(consumer.download(f"all.{name}"), default_union=False)
        assert {str(one.identifier): len(one) for one in dataset.graphs() if len(one)} == rows, name


def test_rdflib_alone_reads_them(consumer: Consumer) -> None:
    """Unpacked by whatever the reader has."""
    turtle = gzip.decompress(consumer.download("current.ttl.gz").read_bytes())
    assert len(Graph().parse(data=turtle, format="turtle")) == consumer.triples("current")
    packed = consumer.download("all.nq.zst").read_bytes()
    nquads = zstandard.ZstdDecompressor().stream_reader(packed, read_across_frames=True).read()
    assert sum(1 for _ in Dataset().parse(data=nquads, format="nquads").quads()) == consumer.triples("all")


def test_their_checksums_are_told(consumer: Consumer) -> None:
    path = consumer.download("current.nq.zst")
    told = consumer.endpoint.send(path=f"/data/{path.name}.sha256").text
    assert told == f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
