"""The quads of a document: as rdflib and PyLD read it, leaf for leaf."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kb.documents.canonical import canonical
from kb.documents.graph import quads, quads_of
from kb.errors import Broken
from tests.factories.documents import BASE
from tests.support.editions import VALID, Given, corpus, read_folder, valid
from tests.support.readings import by_pyld, by_rdflib, lines_of

Change = Callable[[dict[str, Any]], object]


def _agrees(edition: Given) -> int:
    """The number of quads, which three processors read alike."""
    made = quads(edition.document)
    lines = made.splitlines()
    assert lines == sorted(set(lines))
    assert all(line.endswith(f" <{edition.document['@id']}> .".encode()) for line in lines)
    assert b"_:" not in made.replace(b'"', b"")
    found = lines_of(made)
    assert found == by_rdflib(edition.document)
    assert found == by_pyld(edition.document)
    assert quads(edition.data) == made
    return len(lines)


@pytest.mark.parametrize("edition", valid(), ids=lambda one: one.path.stem)
def test_three_processors_read_one_graph(edition: Given) -> None:
    assert _agrees(edition)


@pytest.mark.corpus
def test_three_processors_read_one_graph_of_every_example(shared: Path) -> None:
    assert sum(_agrees(edition) for edition in corpus(shared)) == 7294


@pytest.mark.corpus
def test_documents_read_together_give_what_each_gives_alone(shared: Path) -> None:
    given = {one.document["@id"]: one.document for one in (*valid(), *corpus(shared))}
    documents = list(given.values())
    assert quads_of(documents) == [quads(document) for document in documents]
    assert quads_of([canonical(document) for document in documents]) == quads_of(documents)
    assert quads_of([]) == []


@pytest.mark.parametrize("licence", ["http://example.org/a b", "licence"])
def test_of_documents_read_together_the_one_with_a_fault_is_named(licence: str) -> None:
    documents = {one.document["@id"]: one.document for one in valid()}
    iri = f"{BASE}method/v7"
    wrong = _page() | {"@id": iri, "license": licence}
    with pytest.raises(Broken) as broken:
        quads_of([*documents.values(), wrong])
    assert broken.value.where == iri


def test_a_graph_is_named_by_an_iri() -> None:
    with pytest.raises(Broken) as broken:
        quads_of([*[one.document for one in valid()][:3], _page() | {"@id": "method v7"}])
    assert broken.value.where == "/"


def _page() -> dict[str, Any]:
    return next(one.document for one in read_folder(VALID) if one.path.stem == "page-method")


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda page: page["mainEntity"].update(unheard_of="x"), "/mainEntity/unheard_of"),
        (lambda page: page.update(change="question"), "/change"),
        (lambda page: page.update(change={"@id": "x"}), "/change"),
        (lambda page: page["mainEntity"].update({"@type": ["Page", "Pamphlet"]}), "/mainEntity/@type"),
        (lambda page: page["mainEntity"].pop("@id"), "/mainEntity"),
        (lambda page: page["mainEntity"].update(body="x"), "/mainEntity/body"),
        (lambda page: page.update(license="http://example.org/a b"), "http://localhost:8000/method/v1"),
        (lambda page: page.update(license="licence"), "http://localhost:8000/method/v1"),
        (lambda page: page["mainEntity"].update(body={"en": ["x", "x"]}), "http://localhost:8000/method/v1"),
    ],
    ids=["key", "word", "word-object", "class", "blank", "language", "iri-with-space", "relative-iri", "said-twice"],
)
def test_what_a_parser_would_drop_in_silence_is_refused(change: Change, where: str) -> None:
    page = _page()
    change(page)
    with pytest.raises(Broken) as broken:
        quads(page)
    assert broken.value.where == where
