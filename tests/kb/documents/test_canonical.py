"""Canonical bytes and digests."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st

from kb.documents.canonical import canonical, content_digest, digest
from kb.errors import Refused
from tests.support.editions import Given, corpus, valid

LETTERS = st.text(st.characters(exclude_categories=["Cs"]))
LEAF = st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | LETTERS
JSON = st.recursive(
    LEAF,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(LETTERS, inner, max_size=4),
    max_leaves=20,
)
# Documents have keys in ASCII alone, which are written on a road of their own.
ASCII = st.text(st.characters(max_codepoint=127), max_size=6)


def plain_keys(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, max_size=4) | st.dictionaries(ASCII, inner, max_size=4)


@pytest.mark.parametrize("edition", valid(), ids=lambda one: one.path.stem)
def test_the_bytes_of_an_edition_are_its_canonical_ones(edition: Given) -> None:
    assert canonical(edition.document) == edition.data


@pytest.mark.corpus
def test_the_bytes_of_every_example_are_canonical(shared: Path) -> None:
    editions = corpus(shared)
    assert len(editions) == 89
    assert [one.path.name for one in editions if canonical(one.document) != one.data] == []


@given(st.dictionaries(LETTERS, JSON))
def test_what_was_written_is_read_back_and_written_alike(document: dict[str, Any]) -> None:
    written = canonical(document)
    assert json.loads(written) == document
    assert canonical(json.loads(written)) == written


@given(st.dictionaries(LETTERS, JSON) | st.dictionaries(ASCII, st.recursive(LEAF, plain_keys, max_leaves=20)))
@example({chr(code): "".join(map(chr, range(code, code + 256))) for code in range(0, 0xD800, 256)})
@example({"a": "".join(map(chr, range(128))), "A": "\u2028\u2029\ufeff\uffff\U00010000\U0010ffff"})
def test_the_bytes_are_those_of_the_package_for_rfc_8785(document: dict[str, Any]) -> None:
    assert canonical(document) == rfc8785.dumps(document)


def test_keys_are_sorted_as_utf_16_has_them() -> None:
    # U+1F600 is D83D DE00 in UTF-16 and so stands before U+FB01, though its code point is the greater one.
    assert canonical({"\ufb01": 1, "\U0001f600": 2}) == '{"\U0001f600":2,"\ufb01":1}'.encode()


def _nested(depth: int) -> dict[str, Any]:
    document: dict[str, Any] = {}
    for _ in range(depth):
        document = {"a": document}
    return document


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ({"a": [1, 0.5]}, "/a/1"),
        ({"a": float("nan")}, "/a"),
        ({"a": {"b": None}}, "/a/b"),
        ({"a": 2**53}, "/a"),
        ({"a": -(2**53)}, "/a"),
        ({"a": "\ud800"}, "/"),
        ({"\udc00": "a"}, "/"),
        ({"a": b"bytes"}, "/a"),
        ({"a": {1: "a"}}, "/a"),
        (_nested(5000), "/"),
    ],
    ids=["fraction", "nan", "null", "great", "small", "surrogate", "surrogate-key", "bytes", "number-key", "deep"],
)
def test_what_json_cannot_hold_exactly_is_refused(value: dict[str, Any], where: str) -> None:
    with pytest.raises(Refused) as refusal:
        canonical(value)
    assert refusal.value.where == where


def test_a_digest_is_what_sha256sum_says() -> None:
    assert digest(b"claim") == hashlib.sha256(b"claim").hexdigest()


def test_relations_and_the_order_of_what_is_cited_are_no_content() -> None:
    entity = {"@id": "http://localhost:8000/claims/37d2qfnqr#it", "statement": {"en": "x"}}
    plain = content_digest(entity, ["b", "a"])
    assert content_digest({**entity, "relations": {"repeats": ["c"]}}, ("a", "b", "a")) == plain
    assert content_digest(entity, ["a"]) != plain
    assert content_digest({**entity, "statement": {"en": "y"}}, ["a", "b"]) != plain
