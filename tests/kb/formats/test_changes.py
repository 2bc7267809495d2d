"""What changed between two versions is said in words, and nothing is missed."""

import copy
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kb.documents.context import TERMS, Kind
from kb.formats.changes import Change, compare
from kb.formats.changes.facts import Fact, Part, Told, facts
from kb.formats.changes.labels import LABELS, in_words
from kb.formats.changes.told import WORDS
from kb.values.vocabulary import RELATION
from tests.support.editions import corpus, valid

Document = dict[str, Any]
Way = tuple[str | int, ...]
CAMEL = re.compile("[a-z][A-Z]")
DOCUMENTS = {given.path.stem: given.document for given in valid()}


def _leaves(node: Any, *way: str | int) -> Iterator[Way]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _leaves(value, *way, key)
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from _leaves(value, *way, place)
    else:
        yield way


def _at(document: Document, way: Way) -> Any:
    node: Any = document
    for step in way:
        node = node[step]
    return node


def _put(node: Any, way: Way, value: Any) -> Any:
    """A copy in which one leaf is another one; all else is shared."""
    if not way:
        return value
    made = copy.copy(node)
    made[way[0]] = _put(node[way[0]], way[1:], value)
    return made


def _other(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int) else f"{value}1"


def _stands_as_it_is(way: Way) -> bool:
    """Prose and plain strings are told to the letter; dates, list words and addresses in words."""
    terms = [TERMS[step] for step in way if step in TERMS and not isinstance(step, int)]
    return (
        bool(terms)
        and terms[-1].kind in (Kind.LANGUAGE, Kind.PLAIN)
        and terms[-1].key not in ("language", "inLanguage")
    )


def _labels(told: Iterable[Told]) -> Iterator[str]:
    for one in told:
        yield one.label
        if isinstance(one, Part):
            yield from _labels(one.content)
        elif isinstance(one, Fact):
            yield one.in_part


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_leaf_that_changes_is_told_with_old_and_new(name: str) -> None:
    document = DOCUMENTS[name]
    for way in _leaves(document["mainEntity"], "mainEntity"):
        if way == ("mainEntity", "@id"):
            continue  # Another record, not another version.
        changed = _put(document, way, _other(_at(document, way)))
        found = compare(document, changed)
        assert found, way
        assert any(one.before for one in found), way
        assert any(one.after for one in found), way
        assert all(one.before != one.after for one in found), way
        if _stands_as_it_is(way):
            assert any(str(_at(document, way)) in (one.before or "") for one in found), way
            assert any(str(_at(changed, way)) in (one.after or "") for one in found), way


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_key_that_goes_and_comes_is_told(name: str) -> None:
    entity = DOCUMENTS[name]["mainEntity"]
    for key in entity.keys() - {"@id"}:
        less = {**DOCUMENTS[name], "mainEntity": {own: value for own, value in entity.items() if own != key}}
        assert {one.kind for one in compare(DOCUMENTS[name], less)} >= {"removed"}, key
        assert {one.kind for one in compare(less, DOCUMENTS[name])} >= {"added"}, key


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_member_of_a_list_that_moves_is_told(name: str) -> None:
    entity = DOCUMENTS[name]["mainEntity"]
    for key, value in entity.items():
        if isinstance(value, list) and len(value) > 1 and key != "@type":
            moved = {**DOCUMENTS[name], "mainEntity": {**entity, key: value[::-1]}}
            assert [one.label for one in compare(DOCUMENTS[name], moved) if one.label.startswith("Order: ")], key


@pytest.mark.parametrize("name", DOCUMENTS)
def test_an_unchanged_copy_gives_none(name: str) -> None:
    document = DOCUMENTS[name]
    later = {**copy.deepcopy(document), "nonce": "0" * 32, "previousDigest": "0" * 64, "issued": "2030-01-01T00:00:00Z"}
    assert compare(document, later) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_another_language_is_told_by_its_name(name: str) -> None:
    for way in _leaves(DOCUMENTS[name]["mainEntity"], "mainEntity"):
        if way[-1] == "en":
            changed = copy.deepcopy(DOCUMENTS[name])
            words = _at(changed, way[:-1])
            words["nl"] = words.pop("en")
            gone, came = compare(DOCUMENTS[name], changed)
            assert (gone.kind, came.kind) == ("removed", "added")
            assert gone.label.endswith(" (English)")
            assert came.label.endswith(" (Dutch)")
            assert gone.before == came.after


def _no_camel_case(documents: Iterable[Document]) -> None:
    for document in documents:
        for label in _labels(facts(document)):
            # What stands in quotes are names, and names may be written in any way.
            assert not CAMEL.search(re.sub("“.*”", "", label)), label
            assert "_" not in re.sub("“.*”", "", label)


def test_labels_are_words_and_never_keys() -> None:
    _no_camel_case(DOCUMENTS.values())
    assert not [label for label in LABELS.values() if CAMEL.search(label)]


@pytest.mark.corpus
def test_labels_of_the_corpus_are_words_and_never_keys(shared: Path) -> None:
    _no_camel_case(given.document for given in corpus(shared))


def test_every_key_of_the_context_has_a_label_and_every_list_word_its_list() -> None:
    envelope = {
        "cited",
        "editionOf",
        "issued",
        "mainEntity",
        "nonce",
        "previousDigest",
        "previousVersion",
        "recordId",
        "version",
    }
    assert set(TERMS) - set(LABELS) - set(RELATION) == envelope
    closed = {key for key, term in TERMS.items() if term.kind is Kind.WORD}
    assert closed - set(WORDS) == {"motivation"}
    assert all(set(TERMS[key].words) == set(WORDS[key]) for key in WORDS)


def test_a_key_that_no_table_knows_is_told_in_words() -> None:
    older = DOCUMENTS["origin-whole-v1"]
    newer = {**older, "mainEntity": {**older["mainEntity"], "firstHeardOf": "in a bar"}}
    assert compare(older, newer) == [Change("firstHeardOf", "First heard of", "added", None, "in a bar")]
    assert in_words("readByEditor") == "Read by editor"
    assert in_words("some_key") == "Some key"


def _claim(change: Callable[[Document], None]) -> list[Change]:
    newer = copy.deepcopy(DOCUMENTS["claim-whole"])
    change(newer["mainEntity"])
    return compare(DOCUMENTS["claim-whole"], newer)
