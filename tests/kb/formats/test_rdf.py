"""RDF in five forms: one triple set, in two readers, alone and joined."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import DefaultGraph, Quad, RdfFormat, parse

from kb.documents.graph import quads
from kb.formats.rdf import FORMS, WITH_GRAPHS, NoSuchForm, join, serialize

# rdflib's own TriG reader still calls what rdflib has given up.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated"),
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated"),
]

OXIGRAPH = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "rdf": RdfFormat.RDF_XML,
}
RDFLIB = {"ttl": "turtle", "nt": "nt", "nq": "nquads", "trig": "trig", "rdf": "xml"}
PAGE = "http://localhost:8000/claims/37d2qfnqr"
DOCUMENT = {
    "@context": "http://localhost:8000/ns/context-v1.jsonld",
    "@id": f"{PAGE}/v1",
    "@type": "Edition",
    "mainEntity": {
        "@id": f"{PAGE}#it",
        "@type": ["Claim", "CreativeWork"],
        "statement": {"en": 'Tab\there, "quotes", a \\ and <tags> & 🏔 \u2028\u007f.\nSecond line ] ]> .', "ar": "نعم"},
        "externalIds": ["seed:C04", " <http://x> .", "@prefix x: <y> ."],
        "figures": [{"@id": f"{PAGE}#figure-1", "@type": ["Figure", "Observation"], "value": "600", "low": "0.5"}],
    },
    "reviewed": False,
    "version": 1,
}
Terms = set[tuple[str, str, str, str]]


def by_oxigraph(data: bytes, form: str) -> Terms:
    """Subject, predicate, object and graph of everything; "" for no graph."""
    found = set()
    for one in parse(data, format=OXIGRAPH[form]):
        graph = one.graph_name if isinstance(one, Quad) else DefaultGraph()
        found.add(
            (str(one.subject), str(one.predicate), str(one.object), "" if graph == DefaultGraph() else str(graph))
        )
    return found


def by_rdflib(data: bytes, form: str) -> Terms:
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        if form not in WITH_GRAPHS:
            return _of(rdflib.Graph().parse(data=data, format=RDFLIB[form]), "")
        graphs: dict[str, rdflib.Graph] = {}
        for *triple, name in rdflib.Dataset().parse(data=data, format=RDFLIB[form]).quads():
            graphs.setdefault(f"<{name}>", rdflib.Graph()).add(tuple(triple))
        return {terms for name, graph in graphs.items() for terms in _of(graph, name)}
    finally:
        rdflib.NORMALIZE_LITERALS = before


def _of(graph: rdflib.Graph, name: str) -> Terms:
    written = graph.serialize(format="nt", encoding="utf-8")
    return {(*terms[:3], name) for terms in by_oxigraph(written, "nt")}


def expected(nquads: bytes, form: str) -> Terms:
    terms = by_oxigraph(nquads, "nq")
    return terms if form in WITH_GRAPHS else {(s, p, o, "") for s, p, o, _ in terms}


@pytest.mark.parametrize("reader", [by_oxigraph, by_rdflib])
@pytest.mark.parametrize("form", FORMS)
def test_an_edition_reads_the_same_in_every_form(form: str, reader: Callable[[bytes, str], Terms]) -> None:
    nquads = quads(DOCUMENT)
    assert reader(b"".join(serialize(nquads, form)), form) == expected(nquads, form)
    assert len(expected(nquads, form)) == 16


@pytest.mark.parametrize("form", FORMS)
def test_many_editions_make_one_file(form: str) -> None:
    editions = [quads(DOCUMENT | {"@id": f"{PAGE}{n}/v1", "version": n}) for n in range(3)]
    whole = b"".join(join(iter(editions), form))
    assert by_oxigraph(whole, form) == by_rdflib(whole, form) == expected(b"".join(editions), form)
    assert whole.count(b"@prefix schema:") == (form in ("ttl", "trig"))
    assert whole.count(b"<rdf:RDF") == whole.count(b"</rdf:RDF>") == (form == "rdf")


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_a_valid_file_too(form: str) -> None:
    whole = b"".join(join([], form))
    assert by_oxigraph(whole, form) == by_rdflib(whole, form) == set()


def test_stored_n_quads_are_given_as_they_are() -> None:
    nquads = quads(DOCUMENT)
    assert b"".join(serialize(nquads, "nq")) == nquads


def test_prefixes_are_bound() -> None:
    turtle = b"".join(serialize(quads(DOCUMENT), "ttl")).decode()
    assert "a schema:Claim , schema:CreativeWork" in turtle
    assert "a cb:Edition ;" in turtle


def test_other_forms_are_refused_by_name() -> None:
    for form in ("jsonld", "n3", ""):
        with pytest.raises(NoSuchForm) as raised:
            serialize(b"", form)
        assert "ttl" in raised.value.remedy


@pytest.mark.corpus
@pytest.mark.parametrize("form", FORMS)
def test_every_example_reads_the_same(form: str, shared: Path) -> None:
    editions = [quads(json.loads(file.read_bytes())) for file in sorted((shared / "rdf").glob("*/*.jsonld"))]
    whole = b"".join(join(editions, form))
    assert by_oxigraph(whole, form) == by_rdflib(whole, form) == expected(b"".join(editions), form)
