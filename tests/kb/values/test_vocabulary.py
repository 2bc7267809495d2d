"""The closed lists: sound in themselves, and the same as the published vocabulary."""

import re
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SKOS

from kb.values import vocabulary
from kb.values.vocabulary import INVERSE, RELATION, SYMMETRIC, VERDICT, ClosedList

LISTS = [one for one in vars(vocabulary).values() if isinstance(one, ClosedList)]
SCHEMES = "https://w3id.org/claimbase/vocab/"
# Words of schema.org and of ours that are no concepts: classes, properties, and what never leaves the desk; and reasons
# for a redaction, which stand in its note by their label.
NOT_SCHEMES = {"identifier_scheme", "source_class", "relation", "record_kind", "role", "redaction_reason"}
# Verdicts of another knowledge base, to which ours are mapped; no list of ours.
FOREIGN = {"claimskg"}


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.name)
def test_a_list_has_words_of_its_own_with_labels(one: ClosedList) -> None:
    assert len(set(one.words)) == len(one.words) > 0
    assert all(term.label for term in one.terms)
    assert list(one) == list(one.words)
    assert all(word in one for word in one.words)
    assert "no such word" not in one
    assert [one.label(word) for word in one] == [term.label for term in one.terms]
    if one.name not in {"grade", "source_class"}:
        assert all(re.fullmatch("[a-z]+(_[a-z]+)*", word) for word in one)


def test_the_names_of_the_lists_differ() -> None:
    assert len({one.name for one in LISTS}) == len(LISTS)


def test_every_relation_has_an_inverse_or_is_symmetric() -> None:
    assert set(INVERSE) | SYMMETRIC == set(RELATION)
    assert not set(INVERSE) & SYMMETRIC
    assert not set(INVERSE.values()) & set(RELATION)


def test_an_unknown_word_has_no_label() -> None:
    with pytest.raises(StopIteration):
        VERDICT.label("true")


@pytest.mark.corpus
def test_the_lists_are_those_of_the_vocabulary(shared: Path) -> None:
    graph = Graph().parse(shared / "rdf" / "vocab-v1.ttl")
    schemes = {str(scheme).removeprefix(SCHEMES) for scheme in graph.subjects(RDF.type, SKOS.ConceptScheme)}
    assert {one.name for one in LISTS} - NOT_SCHEMES == schemes - FOREIGN
    for one in LISTS:
        concepts = set(graph.subjects(SKOS.inScheme, URIRef(SCHEMES + one.name)))
        words = {str(concept).removeprefix(f"{SCHEMES}{one.name}-") for concept in concepts}
        assert words == (set() if one.name in NOT_SCHEMES else set(one.words)), one.name
