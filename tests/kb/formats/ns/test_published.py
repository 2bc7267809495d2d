"""The vocabulary as it is published: every term whole, every list generated, the same in each form."""

import re

import pyoxigraph
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from kb.documents.terms import CONCEPTS, LIST_NAMESPACE, TERM_NAMESPACE, concept, scheme
from kb.formats.ns.names import full, short
from kb.formats.ns.published import FORMS, said_of_terms, vocabulary, vocabulary_nquads, vocabulary_turtle
from kb.values import vocabulary as words
from kb.values.vocabulary import ClosedList
from tests.support.editions import valid
from tests.support.readings import lines_of, triples

LISTS = [one for one in vars(words).values() if isinstance(one, ClosedList) and one.name in CONCEPTS]
SCHEMA = rdflib.Namespace("http://schema.org/")
TERMS, WORDS = rdflib.URIRef(TERM_NAMESPACE.rstrip("#")), rdflib.URIRef(LIST_NAMESPACE)
VANN, DCTERMS = rdflib.Namespace("http://purl.org/vocab/vann/"), rdflib.Namespace("http://purl.org/dc/terms/")


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    return rdflib.Graph().parse(data=vocabulary_turtle(), format="turtle")


def own(graph: rdflib.Graph, kind: rdflib.URIRef) -> list[rdflib.URIRef]:
    subjects = set(graph.subjects(RDF.type, kind))
    return sorted(one for one in subjects if isinstance(one, rdflib.URIRef) and one.startswith(TERM_NAMESPACE))


def test_there_are_twenty_two_classes_and_a_hundred_and_forty_four_properties(graph: rdflib.Graph) -> None:
    assert (len(own(graph, RDFS.Class)), len(own(graph, RDF.Property))) == (22, 144)


def test_every_term_is_whole(graph: rdflib.Graph) -> None:
    for term in [*own(graph, RDFS.Class), *own(graph, RDF.Property)]:
        for wanted in (RDFS.label, RDFS.comment, RDFS.isDefinedBy, SKOS.example, SKOS.historyNote, DCTERMS.issued):
            assert graph.value(term, wanted, any=True), (term, wanted)
        # “Why.” is an answer to a form's question, and tells nobody else anything.
        assert len(str(graph.value(term, RDFS.comment)).split()) > 1, term
    for term in own(graph, RDF.Property):
        assert graph.value(term, SCHEMA.domainIncludes, any=True), term
        assert graph.value(term, SCHEMA.rangeIncludes, any=True), term


def test_terms_stand_where_they_say_they_stand(graph: rdflib.Graph) -> None:
    """Every subject of a property in every edition of the vectors is of a class of its domain, if a known one."""
    domains = {str(one): set(map(str, graph.objects(one, SCHEMA.domainIncludes))) for one in own(graph, RDF.Property)}
    strangers = set()
    for edition in valid():
        said = triples(edition.document)
        classes: dict[str, set[str]] = {}
        for one in said:
            if one.predicate.value == str(RDF.type):
                classes.setdefault(str(one.subject), set()).add(str(getattr(one.object, "value", "")))
        for one in said:
            domain = domains.get(one.predicate.value)
            if domain is not None and not domain & classes[str(one.subject)]:
                strangers.add((short(one.predicate.value), *map(short, classes[str(one.subject)])))
    assert strangers == set()


@pytest.mark.parametrize("closed", LISTS, ids=lambda closed: closed.name)
def test_the_concepts_of_a_list_are_its_words_with_label_and_meaning(graph: rdflib.Graph, closed: ClosedList) -> None:
    of = rdflib.URIRef(scheme(closed))
    assert graph.value(of, SKOS.prefLabel) == rdflib.Literal(closed.title, "en")
    found = {
        str(one): tuple(str(graph.value(one, what)) for what in (SKOS.prefLabel, SKOS.definition, SKOS.notation))
        for one in graph.subjects(SKOS.inScheme, of)
    }
    assert found == {concept(closed, term.word): (term.label, term.definition, term.word) for term in closed.terms}
    assert {str(one) for one in graph.objects(of, SKOS.hasTopConcept)} == set(found)
    assert {str(one) for one in graph.subjects(SKOS.topConceptOf, of)} == set(found)


def test_there_is_no_scheme_beside_the_lists_but_the_one_of_claimskg(graph: rdflib.Graph) -> None:
    found = {str(one) for one in graph.subjects(RDF.type, SKOS.ConceptScheme)}
    assert found == {scheme(closed) for closed in LISTS} | {f"{LIST_NAMESPACE}claimskg"}


def test_every_verdict_is_brought_to_one_of_four_words(graph: rdflib.Graph) -> None:
    """The way of question 15: a harvester's word for a verdict."""
    found = {}
    for word in words.VERDICT:
        one = rdflib.URIRef(concept(words.VERDICT, word))
        matches = [*graph.objects(one, SKOS.exactMatch), *graph.objects(one, SKOS.broadMatch)]
        found[word] = [str(graph.value(match, SKOS.notation)) for match in matches]
    other = ["OTHER"]
    assert found == {
        "supported": ["TRUE"],
        "partly_supported": ["MIXTURE"],
        "contradicted": ["FALSE"],
        "disputed": other,
        "unverified": other,
        "not_checkable": other,
    }


@pytest.mark.parametrize("closed", LISTS, ids=lambda closed: closed.name)
def test_every_word_means_something(closed: ClosedList) -> None:
    assert [term.word for term in closed.terms if not term.definition] == []


def test_both_ontologies_have_a_head(graph: rdflib.Graph) -> None:
    for iri, prefix, space in ((TERMS, "cb", TERM_NAMESPACE), (WORDS, "cbv", LIST_NAMESPACE)):
        assert (iri, RDF.type, OWL.Ontology) in graph
        for wanted in (DCTERMS.title, DCTERMS.description, DCTERMS.license, DCTERMS.creator, DCTERMS.created):
            assert graph.value(iri, wanted), wanted
        assert graph.value(iri, DCTERMS.modified, any=False)
        assert graph.value(iri, OWL.versionInfo, any=False)
        assert str(graph.value(iri, VANN.preferredNamespacePrefix)) == prefix
        assert str(graph.value(iri, VANN.preferredNamespaceUri)) == space
    creator = graph.value(TERMS, DCTERMS.creator)
    assert str(graph.value(creator, SCHEMA.name)) == "Claimbase"


def test_every_form_is_one_set_of_triples_without_blank_nodes() -> None:
    wanted = lines_of(vocabulary_nquads())
    for form, read_as in FORMS.items():
        found = pyoxigraph.parse(vocabulary(form), format=read_as)
        assert {str(quad) for quad in found} == wanted, form
    assert not any(line.startswith("_:") or " _:" in line.partition('"')[0] for line in wanted)


@pytest.mark.parametrize(("form", "name"), [("ttl", "turtle"), ("nt", "nt"), ("rdf", "xml"), ("jsonld", "json-ld")])
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # By rdflib itself, of its own JSON-LD.
def test_rdflib_reads_every_form_too(graph: rdflib.Graph, form: str, name: str) -> None:
    assert len(rdflib.Graph().parse(data=vocabulary(form), format=name)) == len(graph)


def test_a_store_keeps_every_literal_as_it_is_written() -> None:
    store = pyoxigraph.Store()
    store.load(vocabulary_nquads(), format=pyoxigraph.RdfFormat.N_QUADS)
    assert {str(quad) for quad in store} == lines_of(vocabulary_nquads())


def test_the_lines_are_sorted_and_each_stands_once() -> None:
    lines = vocabulary_nquads().splitlines()
    assert lines == sorted(set(lines))


def test_whatever_the_vocabulary_names_of_its_own_is_in_it() -> None:
    text = vocabulary_nquads().decode()
    named = set(re.findall(rf"<({TERM_NAMESPACE}\w+|{LIST_NAMESPACE}[\w-]+)>", text))
    assert named == set(said_of_terms())


def test_names_in_short_and_in_full() -> None:
    assert full("cb:verdict") == f"{TERM_NAMESPACE}verdict"
    assert short(f"{TERM_NAMESPACE}verdict") == "cb:verdict"
    assert short("https://elsewhere.example/x") == "https://elsewhere.example/x"
    assert short(f"{LIST_NAMESPACE}a/b") == f"{LIST_NAMESPACE}a/b"
