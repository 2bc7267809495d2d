"""Context and shapes hold exactly the words of the lists, and name what documents say."""

import re
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH

from kb.documents.context import (
    CLASSES,
    CONTEXT_FILE,
    PREFIXES,
    SHAPES_FILE,
    TERMS,
    TERMS_FILE,
    Kind,
    read_data,
)
from kb.documents.terms import CONCEPTS, LIST_NAMESPACE, PROPERTIES, TERM_NAMESPACE, concept
from kb.values import vocabulary
from kb.values.vocabulary import ClosedList
from tests.support.editions import valid

LISTS = {closed.name: closed for closed in vars(vocabulary).values() if isinstance(closed, ClosedList)}
IN_RDF = [LISTS[name] for name in CONCEPTS]
# Standing is of the log's graph; identifiers become `sameAs`; nobody else's words are left out.
IN_NO_DOCUMENT = {"standing"}


@pytest.fixture(scope="module")
def terms() -> rdflib.Graph:
    return rdflib.Graph().parse(data=read_data(TERMS_FILE), format="turtle")


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(data=read_data(SHAPES_FILE), format="turtle")


@pytest.mark.corpus
@pytest.mark.parametrize("name", [CONTEXT_FILE, SHAPES_FILE])
def test_the_packaged_file_is_the_proven_one(shared: Path, name: str) -> None:
    assert read_data(name) == (shared / "rdf" / name).read_bytes()


def test_every_list_of_the_context_is_a_list_of_the_vocabulary() -> None:
    found = {term.key: dict(term.words) for term in TERMS.values() if term.kind is Kind.WORD}
    assert found.pop("motivation") == {"identifying": "http://www.w3.org/ns/oa#identifying"}
    wanted = [dict(CONCEPTS[closed.name]) for closed in IN_RDF]
    assert [key for key, words in found.items() if words not in wanted] == []
    missing = {closed.name for closed in IN_RDF if dict(CONCEPTS[closed.name]) not in found.values()}
    assert missing == IN_NO_DOCUMENT


def test_each_sh_in_of_concepts_is_a_whole_list_in_its_order(shapes: rdflib.Graph) -> None:
    lists: set[str] = set()
    for head in shapes.objects(None, SH["in"]):
        words = [str(one) for one in Collection(shapes, head)]
        if not words[0].startswith(LIST_NAMESPACE):
            continue
        name = words[0].removeprefix(LIST_NAMESPACE).rpartition("-")[0]
        # An appearance is never unseen, and an agent with a record never private.
        allowed = {"quote_state": 2, "visibility": 2}.get(name, len(words))
        assert words == list(CONCEPTS[name].values())[: len(words)]
        assert len(words) in {len(LISTS[name].words), allowed}
        lists.add(name)
    assert lists == {closed.name for closed in IN_RDF} - IN_NO_DOCUMENT


def test_the_relations_are_keys_of_the_context_with_properties_of_their_own() -> None:
    properties = {PROPERTIES[word] for word in vocabulary.RELATION}
    assert len(properties) == len(vocabulary.RELATION.words)
    assert all(one.startswith(TERM_NAMESPACE) for one in properties)
    assert TERMS["relations"].kind is Kind.NEST


def test_the_classes_of_sources_are_classes_of_the_context() -> None:
    assert set(CLASSES) >= set(vocabulary.SOURCE_CLASS)


def test_a_word_that_is_on_no_list_has_no_concept() -> None:
    assert concept(vocabulary.VERDICT, "disputed") == "https://w3id.org/claimbase/vocab/verdict-disputed"
    for closed, word in ((vocabulary.VERDICT, "true"), (vocabulary.RELATION, "supports")):
        with pytest.raises(KeyError):
            concept(closed, word)


def test_every_own_term_of_the_context_is_defined(terms: rdflib.Graph) -> None:
    used = {term.property for term in TERMS.values()} | set(CLASSES.values())
    own = {one for one in used if one.startswith(TERM_NAMESPACE)}
    assert {one for one in own if (rdflib.URIRef(one), RDF.type, None) not in terms} == set()


def test_the_vectors_use_every_key_of_the_context() -> None:
    def keys(value: Any) -> set[str]:
        if isinstance(value, dict):
            return set(value).union(*map(keys, value.values()))
        return set().union(*map(keys, value)) if isinstance(value, list) else set()

    used = set().union(*(keys(edition.document) for edition in valid()))
    assert set(TERMS) - used == set()


def test_the_context_is_portable() -> None:
    text = read_data(CONTEXT_FILE).decode()
    # RDF.md 3, pitfalls 6 and 8: what processors read differently, and keys that are also prefixes.
    for word in ('@vocab":', "@protected", "@propagate", "@graph", "@json", "@direction", "@list", "@base"):
        assert word not in text
    assert not set(PREFIXES) & (set(TERMS) | set(CLASSES))
    names = [term.property for term in TERMS.values() if term.property] + list(CLASSES.values())
    assert all(re.match(r"https?://", name) for name in names)


def test_the_shapes_ask_nothing_that_pyshacl_cannot_answer(shapes: rdflib.Graph) -> None:
    # RDF.md 3, pitfall 12: such a fault reads like a refusal.
    for query in shapes.objects(None, SH.select):
        assert not re.search(r"\b(VALUES|MINUS|SERVICE)\b", str(query))
