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
from kb.formats.changes.told import WORDS, cited_name
from kb.values.period import in_words as period_in_words
from kb.values.period import read_period
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


def _claim(change: Callable[[Document], object]) -> list[tuple[str, str, str | None, str | None]]:
    newer = copy.deepcopy(DOCUMENTS["claim-whole"])
    change(newer["mainEntity"])
    return [(one.label, one.kind, one.before, one.after) for one in compare(DOCUMENTS["claim-whole"], newer)]


def test_values_are_told_as_pages_say_them() -> None:
    entity = DOCUMENTS["claim-whole"]["mainEntity"]
    assert _claim(lambda one: one["evidence"][0].update(stance="mentions")) == [
        ("Stance of evidence 1", "changed", "Supports", "Mentions")
    ]
    assert _claim(lambda one: one["assessment"].update(method=entity["assessment"]["method"].replace("v1", "v2"))) == [
        ("Method", "changed", "version 1", "version 2")
    ]
    figure = next(place for place, one in enumerate(entity["figures"]) if one["period"]["edtf"])
    name = entity["figures"][figure]["@id"].rpartition("-")[2]
    before = period_in_words(read_period(entity["figures"][figure]["period"]["edtf"]))
    assert _claim(
        lambda one: one["figures"][figure]["period"].update(edtf="2024-03/2025-03", startDate="2024-03-01")
    ) == [(f"Period of figure {name}", "changed", before, "from March 2024 to March 2025")]


def test_a_verdict_never_stands_without_what_fails() -> None:
    """The same word beside another aspect is another verdict."""
    older = DOCUMENTS["claim-whole"]
    newer = copy.deepcopy(older)
    newer["mainEntity"]["assessment"]["aspectVerdicts"][1]["verdict"] = "contradicted"
    verdict = next(one for one in compare(older, newer) if one.label == "Verdict")
    assert verdict.before == "Disputed; the year is contradicted; unverified: who counted"
    assert verdict.after == "Disputed; the who counted is contradicted; the year is contradicted"


def test_records_are_called_by_the_names_that_the_document_has() -> None:
    document = DOCUMENTS["claim-whole"]
    cited = next(one for one in document["cited"] if "citedTitle" in one)
    newer = copy.deepcopy(document)
    again = next(one for one in newer["cited"] if one["record"] == cited["record"])
    again["citedTitle"] = {"en": "Another title"}
    assert [(one.label, one.after) for one in compare(document, newer)] == [
        (f"Title of source “{cited_name(again)}” as cited", "Another title")
    ]


def test_two_records_of_one_name_are_told_apart() -> None:
    document = copy.deepcopy(DOCUMENTS["claim-whole"])
    one, other = [node for node in document["cited"] if "citedTitle" in node][:2]
    other.update(citedTitle=one["citedTitle"], citedPublisher=one["citedPublisher"])
    newer = copy.deepcopy(document)
    document["mainEntity"]["firstAppearance"], newer["mainEntity"]["firstAppearance"] = one["record"], other["record"]
    (found,) = compare(document, newer)
    assert found.label == "First appearance"
    assert found.before == f"{cited_name(one)} ({one['record']})"
    assert found.after == f"{cited_name(one)} ({other['record']})"


def test_a_part_that_moved_its_number_is_another_part() -> None:
    def renumber(entity: Document) -> None:
        entity["openQuestions"][0]["@id"] = entity["openQuestions"][0]["@id"].replace("open-1", "open-9")

    kinds = {(label, kind) for label, kind, _, _ in _claim(renumber)}
    assert kinds >= {("Open question 1", "removed"), ("Open question 9", "added")}


def test_the_envelope_is_told_last_and_numbers_of_it_are_not() -> None:
    older, newer = DOCUMENTS["origin-whole-v1"], DOCUMENTS["origin-whole-v2"]
    told = [one.label for one in compare(older, newer)]
    assert told[-2:] == ["Kind of version", "Note on the version"]
    assert not {"Version", "Nonce", "Issued"} & set(told)


def test_json_leaves_out_what_there_was_not() -> None:
    assert Change("note@fr", "Note", "added", None, "Neuf", "fr").as_json() == {
        "field": "note@fr",
        "label": "Note",
        "kind": "added",
        "after": "Neuf",
        "lang": "fr",
    }
