"""The pitfalls of RDF.md 3 that a document could fall into, each shown not to bite ours."""

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kb.documents.canonical import canonical
from kb.documents.graph import quads
from kb.errors import Refused
from tests.support.editions import Given, corpus, valid
from tests.support.readings import by_pyld, by_rdflib, triples


def _in_store(editions: list[Given]) -> tuple[set[str], set[str]]:
    """What was loaded, and what a store gives back."""
    store, written = ox.Store(), set()
    for edition in editions:
        found = list(ox.parse(quads(edition.document), format=ox.RdfFormat.N_QUADS))
        written |= {str(quad) for quad in found}
        store.extend(found)
    return written, {str(quad) for quad in store}


def test_1_a_fraction_is_read_in_three_ways_and_so_never_written() -> None:
    edition = {"@id": "http://localhost:8000/x", "confidence": 0.8}
    found = {str(one.object) for one in triples(edition)}
    assert found == {'"8.0E-1"^^<http://www.w3.org/2001/XMLSchema#decimal>'}
    with pytest.raises(Refused):
        canonical(edition)


def test_2_a_store_rewrites_no_literal_of_the_vectors() -> None:
    written, kept = _in_store(valid())
    assert kept == written


@pytest.mark.corpus
def test_2_a_store_rewrites_no_literal_of_the_examples(shared: Path) -> None:
    written, kept = _in_store(corpus(shared))
    assert len(kept) == 7294
    assert kept == written


def test_3_rdflib_is_told_not_to_rewrite_before_each_parse() -> None:
    rdflib.NORMALIZE_LITERALS = True
    document = valid()[0].document
    assert by_rdflib(document) == by_pyld(document)
    assert rdflib.NORMALIZE_LITERALS


@pytest.mark.parametrize("iri", ["http://x.example/a b", "relative", "http://x.example/<a>"])
def test_4_and_5_a_broken_iri_is_dropped_or_changed_without_a_word(iri: str) -> None:
    plain = {"@id": "http://localhost:8000/x", "license": "http://x.example/"}
    assert len(triples(plain)) == 1
    try:
        found = [str(one.object) for one in triples({**plain, "license": iri})]
    except (SyntaxError, ValueError):
        return
    assert found != [f"<{iri}>"]


def test_5_an_unknown_key_is_dropped_without_a_word() -> None:
    assert triples({"@id": "http://localhost:8000/x", "unheard_of": "x"}) == []


def test_7_any_term_passes_for_a_word_of_a_list() -> None:
    found = [str(one.object) for one in triples({"@id": "http://localhost:8000/x", "verdict": "question"})]
    assert found == ["<http://schema.org/name>"]


def test_9_of_a_doubled_key_python_keeps_the_last() -> None:
    assert json.loads('{"nonce":"aa","nonce":"bb"}') == {"nonce": "bb"}


def test_10_canonical_bytes_begin_with_the_context() -> None:
    for edition in valid():
        assert edition.data.startswith(b'{"@context":"http://localhost:8000/ns/context-v1.jsonld","@id":')


def test_13_edtf_keeps_the_editors_string_with_bounds_beside_it() -> None:
    edition = next(one for one in valid() if one.path.stem == "source-whole-copy")
    lines = quads(edition.document).decode().splitlines()
    assert any('"2018/.."^^<http://id.loc.gov/datatypes/edtf/EDTF>' in line for line in lines)
    assert any("#startDate>" in line for line in lines)
    assert not any("#endDate>" in line for line in lines)
