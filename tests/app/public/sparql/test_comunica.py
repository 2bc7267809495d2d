"""Comunica, the query engine for what is linked: over the endpoint, over pages by their address, and over both."""

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.conftest import absent
from tests.support.abroad import Abroad
from tests.support.endpoint import Endpoint

# On one worker, which installs it once.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("comunica")]
# The last one that runs on Node 20.
PACKAGE = "@comunica/query-sparql@4.2.0"
PROGRAM = Path("node_modules/@comunica/query-sparql/bin/query.js")
INSTALL = ("npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
JSON, TRIPLES = "application/sparql-results+json", "application/n-triples"
CLAIMS = "SELECT ?claim { ?claim a <http://schema.org/Claim> } ORDER BY ?claim"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Installed in a folder of its own, for this run."""
    if not shutil.which("node") or not shutil.which("npm"):
        absent("Node.js with npm is not installed, so Comunica was not tried")
    folder = tmp_path_factory.mktemp("comunica")
    done = subprocess.run([*INSTALL, "--prefix", str(folder), PACKAGE], capture_output=True, text=True, check=False)
    if done.returncode:
        absent(f"Comunica could not be installed: {done.stderr.strip().partition(chr(10))[0]}")
    return folder / PROGRAM


@dataclass(frozen=True)
class Comunica:
    """The engine, and what it asks."""

    program: Path
    at: Abroad

    def ask(self, query: str, *sources: str, form: str = JSON, options: tuple[str, ...] = ()) -> str:
        """Sources are paths under the base, with `sparql@` before one that is an endpoint."""
        named = [f"{how}{at}{self.at.base}{path}" for how, at, path in map(split, sources)]
        command = ["node", str(self.program), *named, "-q", query, "-t", form, "-l", "error", *options]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        return done.stdout

    def rows(self, query: str, *sources: str, options: tuple[str, ...] = ()) -> list[dict[str, str]]:
        found: Any = json.loads(self.ask(query, *sources, options=options))
        return [{name: one["value"] for name, one in row.items()} for row in found["results"]["bindings"]]


def split(source: str) -> tuple[str, str, str]:
    how, at, path = source.rpartition("@")
    return how, at, path


@pytest.fixture
def comunica(program: Path, abroad: Abroad, endpoint: Endpoint) -> Comunica:
    return Comunica(program, abroad)


def claims(at: Abroad) -> list[dict[str, str]]:
    ids = sorted((at.known.claim, at.known.denied, at.known.gone))
    return [{"claim": f"{at.base}claims/{one}#it"} for one in ids]


@pytest.mark.parametrize("source", ["sparql@sparql", "sparql"])
def test_it_asks_the_endpoint(comunica: Comunica, source: str) -> None:
    """Told what it is, or finding it out from the service's description."""
    assert comunica.rows(CLAIMS, source) == claims(comunica.at)


def test_it_asks_for_the_other_forms_of_answer(comunica: Comunica) -> None:
    assert json.loads(comunica.ask("ASK { ?s a <http://schema.org/Claim> }", "sparql@sparql", form="application/json"))
    page = f"{comunica.at.base}claims/{comunica.at.known.claim}"
    whole = comunica.ask("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", f"claims/{page[-9:]}.ttl", form=TRIPLES)
    assert len(whole.splitlines()) == len(httpx.get(f"{page}.nt").text.splitlines())
    in_graph = f"SELECT ?s {{ GRAPH <{page}/v1> {{ ?s <http://www.w3.org/ns/dcat#version> ?n }} }}"
    assert comunica.rows(in_graph, "sparql@sparql") == [{"s": f"{page}/v1"}]


@pytest.mark.parametrize("ending", ["", ".nq", ".trig", ".jsonld", ".ttl", ".nt", ".rdf"])
def test_it_reads_pages(comunica: Comunica, ending: str) -> None:
    """By negotiation it gets N-Quads, in which the triples stand in the graph of the version."""
    source = f"claims/{comunica.at.known.claim}"
    page = comunica.at.base + source
    query = f"SELECT ?text {{ <{page}#it> <http://schema.org/text> ?text }}"
    found = comunica.rows(query, source + ending, options=("--unionDefaultGraph",))
    assert found == [{"text": "The survey says that Mount Example was 4,807 metres high in 1863."}]
    if ending in ("", ".nq", ".trig"):
        graphs = comunica.rows("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", source + ending)
        assert graphs == [{"g": f"{page}/v2"}]


def test_it_joins_a_page_with_the_endpoint(comunica: Comunica) -> None:
    """The page says whom it cites, and the endpoint what is known of them."""
    query = (
        "SELECT DISTINCT ?title { ?cited a <https://w3id.org/claimbase/ns#Cited> ;"
        " <https://w3id.org/claimbase/ns#record> ?source . ?source <http://schema.org/headline> ?title }"
    )
    found = comunica.rows(query, f"claims/{comunica.at.known.claim}.ttl", "sparql@sparql")
    assert found == [{"title": "Heights of the Invented Alps"}]


def test_it_reads_the_vocabulary(comunica: Comunica) -> None:
    query = (
        "SELECT ?label { <https://w3id.org/claimbase/ns#Edition> <http://www.w3.org/2000/01/rdf-schema#label> ?label }"
    )
    assert comunica.rows(query, "ns/claimbase")
