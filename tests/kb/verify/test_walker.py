"""The second reading: equal to pyoxigraph's and to rdflib's, and stubborn where the context says nothing."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from kb.documents.graph import quads
from kb.verify.walker import Unread, walk

SUBJECT = "http://localhost:8000/claims/37d2qfnqr"
# What documents may hold: no control characters but tab and line feed, no surrogates, no non-characters.
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\t\n\"\\\u007f\u0085\u2028'"))


def a_document(**keys: Any) -> dict[str, Any]:
    return {"@context": "x", "@id": f"{SUBJECT}/v1", "@type": "Edition", **keys}


@pytest.mark.corpus
def test_walker_and_stored_quads_agree_on_every_example(shared: Path) -> None:
    files = sorted((shared / "rdf").glob("*/*.jsonld"))
    assert len(files) > 80
    for file in files:
        document = json.loads(file.read_bytes())
        assert walk(document) == quads(document), file.name


@given(TEXTS, TEXTS, TEXTS)
def test_every_text_is_written_as_pyoxigraph_writes_it(plain: str, tagged: str, typed: str) -> None:
    document = a_document(recordId=plain, changeNote={"de": tagged, "en": ["x", tagged]}, issued=typed)
    graph = NamedNode(f"{SUBJECT}/v1")
    terms = "http://purl.org/dc/terms/"
    note = NamedNode("http://www.w3.org/2004/02/skos/core#changeNote")
    moment = NamedNode("http://www.w3.org/2001/XMLSchema#dateTime")
    made = [
        Quad(graph, NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), NamedNode(ns("Edition")), graph),
        Quad(graph, NamedNode(terms + "identifier"), Literal(plain), graph),
        Quad(graph, note, Literal(tagged, language="de"), graph),
        Quad(graph, note, Literal("x", language="en"), graph),
        Quad(graph, note, Literal(tagged, language="en"), graph),
        Quad(graph, NamedNode(terms + "issued"), Literal(typed, datatype=moment), graph),
    ]
    lines = serialize(made, format=RdfFormat.N_QUADS).splitlines(keepends=True)
    assert walk(document) == b"".join(sorted(lines))


def ns(name: str) -> str:
    return f"https://w3id.org/claimbase/ns#{name}"


@pytest.mark.parametrize(
    ("keys", "where"),
    [
        ({"verdicts": "x"}, "/verdicts"),
        ({"change": "question"}, "/change"),
        ({"change": "New"}, "/change"),
        ({"@type": "Editorial"}, "/@type"),
        ({"@type": "recordId"}, "/@type"),
        ({"byline": "no language"}, "/byline"),
        ({"recordId": 3}, "/recordId"),
        ({"recordId": {"@id": "x"}}, "/recordId"),
        ({"version": 1.5}, "/version"),
        ({"version": None}, "/version"),
        ({"publisher": 3}, "/publisher"),
        ({"cited": [{"@type": "Cited"}]}, "/cited"),
        ({"mainEntity": {"@id": "y", "aspects": [{"@id": "z", "kind": 1}]}}, "/mainEntity/aspects/kind"),
    ],
)
def test_what_the_context_does_not_explain_is_named(keys: dict[str, Any], where: str) -> None:
    with pytest.raises(Unread) as raised:
        walk(a_document(**keys))
    assert raised.value.where == where


def test_reverse_nest_numbers_and_booleans() -> None:
    entity = {
        "@id": f"{SUBJECT}#it",
        "appearances": [{"@id": f"{SUBJECT}#appearance-1"}],
        "relations": {"depends_on": [f"{SUBJECT}0#it"]},
    }
    lines = walk(a_document(mainEntity=entity, reviewed=False, version=12)).decode()
    end = f" <{SUBJECT}/v1> .\n"
    assert f"<{SUBJECT}#appearance-1> <http://www.w3.org/ns/oa#hasBody> <{SUBJECT}#it>{end}" in lines
    assert f"<{SUBJECT}#it> <{ns('dependsOn')}> <{SUBJECT}0#it>{end}" in lines
    assert f'"false"^^<http://www.w3.org/2001/XMLSchema#boolean>{end}' in lines
    assert f'"12"^^<http://www.w3.org/2001/XMLSchema#integer>{end}' in lines
