"""Servers of SPARQL over the same triples: ours, and what others would take instead."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from bench.corpora import CLAIMBASE, env
from bench.peers import peer
from bench.rounds import CommandFailed
from bench.serving import free_port, served
from bench.sparql.asking import JSON, Endpoint
from kb.formats.ns.published import vocabulary_nquads
from tests.support.processes import children

OURS, OXIGRAPH = "claimbase", "oxigraph serve"
RDFLIB, OXRDFLIB = "rdflib-endpoint", "rdflib-endpoint on oxrdflib"
COMMANDS = {
    OURS: "claimbase serve",
    OXIGRAPH: "oxigraph serve, POST /store?default",
    RDFLIB: "rdflib-endpoint serve claims.nt",
    OXRDFLIB: "rdflib-endpoint serve --store Oxigraph claims.nt",
}
# Ours holds 100,000 claims in memory too, as the peers do, with what whoever has so many would allow it (MiB).
MEMORY = {"CLAIMBASE_SPARQL_MEMORY": "16384"}
PATIENCE_SECONDS = 6 * 60 * 60
_EACH = "SELECT (COUNT(*) AS ?n) WHERE { %s }"


@dataclass(frozen=True)
class Served:
    """A server that answers; `seconds` from its start until it did, `memory` of the process that has the store."""

    endpoint: Endpoint
    server: subprocess.Popen[bytes]
    seconds: float

    @property
    def memory(self) -> float:
        """In MiB."""
        pid = keeper(self.server.pid) if self.endpoint.name == OURS else self.server.pid
        for line in Path(f"/proc/{pid}/status").read_text("ascii").splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        raise CommandFailed(f"the memory of {self.endpoint.name} is not told")

    def triples(self) -> int:
        """Of the default graph."""
        return self._count("?s ?p ?o")

    def quads(self) -> int:
        """Of all graphs; peers have the default graph alone."""
        return self.triples() + (self._count("GRAPH ?g { ?s ?p ?o }") if self.endpoint.name == OURS else 0)

    def _count(self, what: str) -> int:
        return int(self.endpoint.ask(_EACH % what)[0]["n"]["value"])


def default_graph(folder: Path, to: Path) -> Path:
    """The triples that our default graph has: the current set, and the vocabulary."""
    words: list[str | Path] = [CLAIMBASE, "export", "rdf", "--format", "nt", "--out", to]
    subprocess.run(words, env=env(folder), check=True, capture_output=True)
    with to.open("ab") as file:
        file.write(vocabulary_nquads())
    return to


@contextmanager
def serving(name: str, folder: Path, triples: Path, *, on_disk: bool = False) -> Iterator[Served]:
    """One of the four by its name, loaded; `folder` is ours, `triples` are what the others load.

    Ours is in memory, or where it lives by itself with so many claims that memory is too small for them.
    """
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    rdflib_words = ["--host", "127.0.0.1", "--port", str(port), str(triples)]
    begun = time.perf_counter()
    if name == OURS:
        if not on_disk:
            # Once it was there the index would stay there.
            shutil.rmtree(folder / "triples", ignore_errors=True)
        memory = {} if on_disk else MEMORY
        server = served([CLAIMBASE, "serve", "--port", str(port)], f"{base}/healthz", env=env(folder) | memory)
        path = "/sparql"
    elif name == OXIGRAPH:
        server = served([peer("oxigraph") / "oxigraph", "serve", "--bind", base[7:]], f"{base}/query?query=ASK%7B%7D")
        path = "/query"
    else:
        words: list[str | Path] = [peer("rdflib-endpoint") / "rdflib-endpoint", "serve"]
        if name == OXRDFLIB:
            words = [peer("oxrdflib") / "rdflib-endpoint", "serve", "--store", "Oxigraph"]
        server = served([*words, *rdflib_words], f"{base}/?query=ASK%7B%7D")
        path = "/"
    with server as process:
        if name == OXIGRAPH:
            _post(f"{base}/store?default", triples)
        _wait(f"{base}{path}", process)
        yield Served(Endpoint(name, f"{base}{path}"), process, time.perf_counter() - begun)


def keeper(pid: int) -> int:
    """The process that has our store. Raises CommandFailed where there is none."""
    for child in children(pid):
        if b"triples.keeper" in Path(f"/proc/{child}/cmdline").read_bytes():
            return child
    raise CommandFailed("the server has no keeper")


def _post(address: str, triples: Path) -> None:
    with triples.open("rb") as body:
        reply = httpx.post(
            address, content=body, headers={"Content-Type": "application/n-triples"}, timeout=PATIENCE_SECONDS
        )
    if reply.is_error:
        raise CommandFailed(f"oxigraph does not load: {reply.status_code} {reply.text[:300]}")


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end and server.poll() is None:
        reply = httpx.get(address, params={"query": "ASK {}"}, headers={"Accept": JSON}, timeout=600)
        if reply.status_code == 200:
            return
        # Asking is work for whoever loads, too.
        time.sleep(0.1)
    raise CommandFailed(f"{address} does not answer")
