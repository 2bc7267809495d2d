"""VoID and DCAT: what a harvester must find is there, with files and without, in every form."""

from dataclasses import replace

import pyshacl
import pytest
import rdflib
from pyoxigraph import RdfFormat, parse
from rdflib import DCAT, DCTERMS, RDF, VOID, XSD, Literal, Namespace, URIRef
from rdflib.compare import isomorphic, to_isomorphic

from kb.formats.datasets import FORMATS, describe, write
from kb.formats.holdings import Counts, File, Made, Publication
from kb.formats.ns.history import versions

BASE = "https://facts.example.org/"
# rdflib knows DCAT 2.
DCAT_VERSION = URIRef("http://www.w3.org/ns/dcat#version")
SPDX = Namespace("http://spdx.org/rdf/terms#")
CURRENT, EVERYTHING, VOCABULARY = (URIRef(f"{BASE}data#{name}") for name in ("current", "all", "vocabulary"))
READ_BY = {"ttl": "turtle", "jsonld": "json-ld", "nt": "nt", "rdf": "xml"}
ABOUT = Publication(
    base=BASE,
    name="Invented facts",
    licence="https://creativecommons.org/licenses/by/4.0/",
    publisher=f"{BASE}agents/37d2qfnqr#it",
    publisher_name="Invented desk “of” <names> & more",
    founded="2026-11-25T09:00:00Z",
    example=f"{BASE}claims/37d2qfnqr#it",
)


class Files:
    """Two sets and the vocabulary, as a making leaves them."""

    seq = 12
    time = "2026-11-27T09:00:00Z"
    files = (
        File("current.nq.gz", "current", "nq", "application/n-quads", "gz", 1234, "0a" * 32, 900, 11),
        File("current.jsonld.zst", "current", "jsonld", "application/ld+json", "zst", 1200, "0b" * 32, 900, 11),
        File("all.trig.zst", "all", "trig", "application/trig", "zst", 2345, "0c" * 32, 1000, 13),
        File("vocabulary.ttl", "vocabulary", "ttl", "text/turtle", "", 345, "0d" * 32, 70, 0),
    )
    counts = Counts(
        subjects=120,
        classes={"https://w3id.org/claimbase/ns#Edition": 11, "http://schema.org/Claim": 3},
        properties={"http://www.w3.org/1999/02/22-rdf-syntax-ns#type": 150, "http://schema.org/name": 3},
        languages=("ar", "en", "en-gb", "zxx"),
    )


# What DCAT-AP 3 calls mandatory, and what it recommends and we have.
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix spdx: <http://spdx.org/rdf/terms#> . @prefix void: <http://rdfs.org/ns/void#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
[] a sh:NodeShape ; sh:targetClass dcat:Catalog ;
  sh:property [ sh:path dct:title ; sh:minCount 1 ; sh:uniqueLang true ] , [ sh:path dct:description ; sh:minCount 1 ] ,
    [ sh:path dct:publisher ; sh:minCount 1 ; sh:maxCount 1 ; sh:class foaf:Agent ] ,
    [ sh:path dct:license ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dcat:dataset ; sh:minCount 3 ; sh:class dcat:Dataset ] ,
    [ sh:path dcat:service ; sh:minCount 1 ; sh:class dcat:DataService ] .
[] a sh:NodeShape ; sh:targetClass foaf:Agent ; sh:property [ sh:path foaf:name ; sh:minCount 1 ] .
[] a sh:NodeShape ; sh:targetClass dcat:Dataset ; sh:class void:Dataset ;
  sh:property [ sh:path dct:title ; sh:minCount 1 ; sh:datatype rdf:langString ] ,
    [ sh:path dct:description ; sh:minCount 1 ] , [ sh:path dcat:keyword ; sh:minCount 1 ] ,
    [ sh:path dct:publisher ; sh:minCount 1 ; sh:maxCount 1 ; sh:class foaf:Agent ] ,
    [ sh:path dct:license ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dct:rights ; sh:minCount 1 ; sh:class dct:RightsStatement ] ,
    [ sh:path dct:issued ; sh:minCount 1 ; sh:maxCount 1 ;
      sh:or ( [ sh:datatype xsd:dateTime ] [ sh:datatype xsd:date ] ) ] ,
    [ sh:path dct:modified ; sh:maxCount 1 ; sh:or ( [ sh:datatype xsd:dateTime ] [ sh:datatype xsd:date ] ) ] ,
    [ sh:path dct:language ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dcat:landingPage ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dcat:version ; sh:maxCount 1 ] , [ sh:path dcat:distribution ; sh:class dcat:Distribution ] ,
    [ sh:path void:triples ; sh:maxCount 1 ; sh:datatype xsd:integer ] .
[] a sh:NodeShape ; sh:targetClass dcat:Distribution ;
  sh:property [ sh:path dcat:accessURL ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dcat:downloadURL ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dcat:mediaType ; sh:minCount 1 ; sh:maxCount 1 ; sh:pattern "^https://www.iana.org/assignments/" ] ,
    [ sh:path dcat:compressFormat ; sh:maxCount 1 ; sh:pattern "^https://www.iana.org/assignments/" ] ,
    [ sh:path dcat:byteSize ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:nonNegativeInteger ] ,
    [ sh:path dct:license ; sh:minCount 1 ; sh:nodeKind sh:IRI ] , [ sh:path dct:format ; sh:minCount 1 ] ,
    [ sh:path spdx:checksum ; sh:minCount 1 ; sh:maxCount 1 ; sh:node [
      sh:property [ sh:path spdx:algorithm ; sh:hasValue spdx:checksumAlgorithm_sha256 ] ,
        [ sh:path spdx:checksumValue ; sh:minCount 1 ; sh:datatype xsd:hexBinary ; sh:pattern "^[0-9a-f]{64}$" ] ] ] .
[] a sh:NodeShape ; sh:targetClass dcat:DataService ;
  sh:property [ sh:path dcat:endpointURL ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dcat:endpointDescription ; sh:minCount 1 ] , [ sh:path dct:title ; sh:minCount 1 ] ,
    [ sh:path dcat:servesDataset ; sh:minCount 1 ; sh:class dcat:Dataset ] .
"""


@pytest.fixture(params=[None, Files()], ids=["without files", "with files"])
def made(request: pytest.FixtureRequest) -> Made | None:
    found: Made | None = request.param
    return found


def graph(made: Made | None, form: str = "ttl") -> rdflib.Graph:
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        return rdflib.Graph().parse(data=write(describe(ABOUT, made), form), format=READ_BY[form])
    finally:
        rdflib.NORMALIZE_LITERALS = before


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated", "ignore:Dataset.default_context is deprecated")
@pytest.mark.parametrize("form", FORMATS)
def test_every_form_says_the_same_to_two_readers(made: Made | None, form: str) -> None:
    data = write(describe(ABOUT, made), form)
    found = graph(made, form)
    assert isomorphic(found, to_isomorphic(graph(made, "nt")))
    assert len(list(parse(data, format=FORMATS[form]))) == len(found) == len(set(describe(ABOUT, made)))
    assert write(describe(ABOUT, made), form) == data


def test_what_a_harvester_must_have_is_there(made: Made | None) -> None:
    shapes = rdflib.Graph().parse(data=SHAPES, format="turtle")
    well, _, words = pyshacl.validate(graph(made), shacl_graph=shapes)
    assert well, words


@pytest.mark.parametrize(
    "missing",
    [DCTERMS.title, DCTERMS.license, DCTERMS.publisher, DCAT.downloadURL, DCAT.byteSize, SPDX.checksumValue],
)
def test_the_shapes_would_miss_it(missing: URIRef) -> None:
    found = graph(Files())
    found.remove((None, missing, None))
    shapes = rdflib.Graph().parse(data=SHAPES, format="turtle")
    assert not pyshacl.validate(found, shacl_graph=shapes)[0]


def test_each_file_is_a_distribution_of_its_set() -> None:
    found = graph(Files())
    for file in Files.files:
        [node] = found.subjects(DCAT.downloadURL, URIRef(f"{BASE}data/{file.name}"))
        assert list(found.subjects(DCAT.distribution, node)) == [URIRef(f"{BASE}data#{file.set}")]
        assert found.value(node, DCAT.byteSize) == Literal(str(file.bytes), datatype=XSD.nonNegativeInteger)
        [checksum] = found.objects(node, SPDX.checksum)
        assert str(found.value(checksum, SPDX.checksumValue)) == file.sha256
        packed = {"gz": "application/gzip", "zst": "application/zstd"}.get(file.compression)
        kinds = [str(one).partition("media-types/")[2] for one in found.objects(node, DCAT.compressFormat)]
        assert kinds == ([packed] if packed else [])


def test_void_counts_each_set_for_itself() -> None:
    found = graph(Files())
    triples = {
        str(one).rpartition("#")[2]: int(count) for one, count in found.subject_objects(VOID.triples) if "#" in one
    }
    assert triples == {"current": 900, "all": 1000, "vocabulary": 70}
    current = URIRef(f"{BASE}data#current")
    assert set(found.objects(current, VOID.subset)) == {URIRef(f"{BASE}data#vocabulary")}
    assert set(found.subjects(VOID.subset, current)) == {URIRef(f"{BASE}data#all")}
    assert int(found.value(current, VOID.entities)) == int(found.value(current, VOID.distinctSubjects)) == 120
    classes = {
        str(found.value(one, VOID["class"])): int(found.value(one, VOID.entities))
        for one in found.objects(current, VOID.classPartition)
    }
    assert classes == Files.counts.classes
    properties = {
        str(found.value(one, VOID.property)): int(found.value(one, VOID.triples))
        for one in found.objects(current, VOID.propertyPartition)
    }
    assert properties == Files.counts.properties
    # A document a line is no file that a loader of RDF can take.
    assert set(found.objects(current, VOID.dataDump)) == {URIRef(f"{BASE}data/current.nq.gz")}


def test_it_says_which_entry_of_the_log_and_which_languages() -> None:
    found = graph(Files())
    for one in (CURRENT, EVERYTHING):
        assert str(found.value(one, DCAT_VERSION)) == "12"
        assert str(found.value(one, DCTERMS.modified)) == Files.time
        languages = {str(language).rpartition("/")[2] for language in found.objects(one, DCTERMS.language)}
        # Only codes of two letters have an address in that list.
        assert languages == {"ar", "en"}


@pytest.mark.parametrize("made", [Files(), None], ids=["with files", "without files"])
def test_the_vocabulary_has_versions_and_a_language_of_its_own(made: Made | None) -> None:
    """The log goes on without it, and so do the tongues of what is quoted."""
    found = graph(made)
    first, newest = versions()[0], versions()[-1]
    said = {
        DCAT_VERSION: Literal(newest.number),
        DCTERMS.issued: Literal(first.date, datatype=XSD.date),
        DCTERMS.modified: Literal(newest.date, datatype=XSD.date),
        DCTERMS.language: URIRef("http://id.loc.gov/vocabulary/iso639-1/en"),
    }
    assert {predicate: list(found.objects(VOCABULARY, predicate)) for predicate in said} == {
        predicate: [value] for predicate, value in said.items()
    }


def test_without_files_nothing_is_promised() -> None:
    found = graph(None)
    assert len(list(found.subjects(RDF.type, DCAT.Dataset))) == 3
    for predicate in (DCAT.distribution, DCAT.downloadURL, VOID.dataDump, VOID.triples, VOID.entities):
        assert list(found.subject_objects(predicate)) == []
    assert set(found.subjects(DCAT_VERSION)) == {VOCABULARY}
    assert list(found.objects(None, DCAT.endpointURL)) == [URIRef(f"{BASE}sparql")]


def test_every_address_is_whole(made: Made | None) -> None:
    for triple in parse(write(describe(ABOUT, made), "nt"), format=RdfFormat.N_TRIPLES):
        for term in (triple.subject, triple.predicate, triple.object):
            if str(term).startswith("<"):
                assert str(term).startswith(("<http://", "<https://")), term


def test_a_folder_in_the_base_address_is_kept() -> None:
    about = replace(ABOUT, base="https://example.org/facts/")
    assert b"<https://example.org/facts/data#current>" in write(describe(about, None), "nt")
