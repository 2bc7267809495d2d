"""The quads of a document: as rdflib and PyLD read it, leaf for leaf."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kb.documents.graph import quads
from kb.errors import Broken
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
