"""Clients as their users run them, over loopback: what they send by themselves gets an answer that they can read."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
import rdflib
from pyld import jsonld
from rdflib.compare import isomorphic

from tests.support.abroad import Abroad
from tests.support.readings import lines_of

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # By rdflib, of its own JSON-LD.


@pytest.fixture(autouse=True)
def literals_as_written() -> Iterator[None]:
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    yield
    rdflib.NORMALIZE_LITERALS = before


def paths(abroad: Abroad) -> list[str]:
    """The latest and the first version of a record of each kind."""
    world = abroad.known.world
    iris = [world.source, world.person, world.origin, world.topic]
    records = [iri.removeprefix(abroad.base).removesuffix("#it") for iri in iris]
    records += [f"claims/{abroad.known.claim}", f"claims/{abroad.known.gone}", "method", "foundation"]
    return [path for record in records for path in (record, f"{record}/v1")]


def stored(abroad: Abroad, path: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=read(f"{abroad.base}{path}.nt"), format="nt")


def read(address: str, **headers: str) -> bytes:
    with urlopen(Request(address, headers=headers)) as reply:
        found: bytes = reply.read()
    return found


def test_rdflib_reads_every_record_by_its_address_alone(abroad: Abroad) -> None:
    """It asks for all that it can parse, gets JSON-LD, and fetches the context that this names."""
    for path in paths(abroad):
        found = rdflib.Graph().parse(f"{abroad.base}{path}")
        assert isomorphic(found, stored(abroad, path)), path
        assert len(found) > 5


@pytest.mark.parametrize("form", ["xml", "n3", "turtle", "nt", "trig", "json-ld"])
def test_rdflib_reads_a_record_in_the_form_that_its_user_names(abroad: Abroad, form: str) -> None:
    path = f"claims/{abroad.known.denied}"
    found = rdflib.Dataset(default_union=True) if form == "trig" else rdflib.Graph()
    found.parse(f"{abroad.base}{path}", format=form)
    assert {triple[:3] for triple in found.triples((None, None, None))} == set(stored(abroad, path))


@pytest.mark.parametrize("suffix", ["nq", "trig"])
def test_a_dataset_of_rdflib_names_the_version(abroad: Abroad, suffix: str) -> None:
    path = f"claims/{abroad.known.claim}"
    found = rdflib.Dataset()
    found.parse(f"{abroad.base}{path}.{suffix}", format={"nq": "nquads"}.get(suffix, suffix))
    named = {str(graph.identifier): len(graph) for graph in found.graphs() if len(graph)}
    assert named == {f"{abroad.base}{path}/v2": len(stored(abroad, path))}


@pytest.mark.parametrize("form", [None, "xml", "n3", "turtle", "nt", "json-ld"])
@pytest.mark.parametrize("name", ["claimbase", "vocab"])
def test_rdflib_reads_the_vocabulary_in_whatever_form(abroad: Abroad, name: str, form: str | None) -> None:
    wanted = lines_of(read(f"{abroad.base}ns/{name}.nt"))
    found = rdflib.Graph().parse(f"{abroad.base}ns/{name}", format=form)
    assert len(found) == len(wanted)


def test_rdflib_reads_the_shapes(abroad: Abroad) -> None:
    assert len(rdflib.Graph().parse(f"{abroad.base}ns/shapes-v1.ttl")) > 1000


def test_rdflib_is_told_that_a_list_is_no_graph(abroad: Abroad) -> None:
    with pytest.raises(HTTPError) as refused:
        rdflib.Graph().parse(f"{abroad.base}claims")
    with refused.value as reply:
        assert reply.code == 406
        assert json.load(reply)["available"] == ["text/html", "application/json", "text/csv", "application/atom+xml"]


def test_pyld_reads_every_record_and_fetches_the_context(abroad: Abroad) -> None:
    """By its own loader over requests, which is the way of its users."""
    fetched: list[str] = []
    load = jsonld.requests_document_loader(timeout=10)

    def loader(address: str, options: dict[str, Any]) -> Any:
        fetched.append(address)
        return load(address, options)

    for path in paths(abroad):
        written: str = jsonld.to_rdf(
            f"{abroad.base}{path}", {"format": "application/n-quads", "documentLoader": loader}
        )
        assert isomorphic(rdflib.Graph().parse(data=written, format="nt"), stored(abroad, path)), path
    assert f"{abroad.base}ns/context-v1.jsonld" in fetched
    assert {address.removeprefix(abroad.base) for address in fetched} == {*paths(abroad), "ns/context-v1.jsonld"}


def test_pyld_reads_the_vocabulary(abroad: Abroad) -> None:
    options = {"documentLoader": jsonld.requests_document_loader(timeout=10), "format": "application/n-quads"}
    for name in ("claimbase", "vocab"):
        written: str = jsonld.to_rdf(f"{abroad.base}ns/{name}", options)
        assert lines_of(written.encode()) == lines_of(read(f"{abroad.base}ns/{name}.nt"))


def test_what_fetches_by_urllib_alone_gets_pages_and_is_led_on(abroad: Abroad) -> None:
    """A slip in the address is a redirect, and ends at data where data was asked for."""
    typed = abroad.known.claim.upper()
    found = read(f"{abroad.base}claims/{typed}.jsonld", Accept="*/*")
    assert found == read(f"{abroad.base}claims/{abroad.known.claim}", Accept="application/ld+json")
    assert read(f"{abroad.base}claims/{abroad.known.claim}").startswith(b"<!doctype html>")
