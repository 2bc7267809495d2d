"""The history of the vocabulary: no term is added, changed or dropped without a line in it."""

import json

import pyoxigraph
import pytest

from kb.formats.ns import history
from kb.formats.ns.history import changes, digest, missing, versions
from kb.formats.ns.names import full
from kb.formats.ns.published import said_of_terms

VERDICT = full("cb:verdict")


def test_every_term_stands_as_its_history_says() -> None:
    """Where this fails: add these lines to `kb/documents/data/history.jsonl`, each with a note of what changed.

    Before them goes a line of a new version, with today's date, where the newest has been published.
    """
    assert missing(said_of_terms()) == []


@pytest.mark.parametrize(("before", "after"), [("What the assessment", "Whatever the assessment"), ("verdict", "word")])
def test_a_term_that_was_changed_is_missed(before: str, after: str) -> None:
    said = {VERDICT: tuple(changed(one, before, after) for one in said_of_terms()[VERDICT])}
    assert said[VERDICT] != said_of_terms()[VERDICT]
    lines = missing(said_of_terms() | said)
    assert len(lines) == 1
    assert '"term": "cb:verdict"' in lines[0]
    assert digest(said[VERDICT]) in lines[0]


def changed(triple: pyoxigraph.Triple, before: str, after: str) -> pyoxigraph.Triple:
    value = triple.object
    if not isinstance(value, pyoxigraph.Literal) or value.language != "en" or "history" in triple.predicate.value:
        return triple
    made = pyoxigraph.Literal(value.value.replace(before, after), language="en")
    return pyoxigraph.Triple(triple.subject, triple.predicate, made)


def test_a_term_that_is_new_or_gone_is_missed() -> None:
    new, gone = full("cb:nothingOfTheKind"), dict(said_of_terms())
    assert '"term": "cb:nothingOfTheKind"' in missing({**said_of_terms(), new: said_of_terms()[VERDICT]})[0]
    del gone[VERDICT]
    assert [json.loads(one) for one in missing(gone)] == [
        {"version": versions()[-1].number, "term": "cb:verdict", "note": "…", "digest": ""}
    ]


def test_the_order_of_statements_is_no_change() -> None:
    said = said_of_terms()[VERDICT]
    assert digest(reversed(said)) == digest(said)


def test_versions_and_changes_follow_each_other() -> None:
    assert [one.number for one in versions()] == sorted({one.number for one in versions()})
    assert [one.date for one in versions()] == sorted(one.date for one in versions())
    for iri, of_one in changes().items():
        dates = [change.version.date for change in of_one]
        assert dates == sorted(dates), iri
        assert len({change.version for change in of_one}) == len(of_one), iri
        assert all(change.note.endswith(".") for change in of_one)


def test_history_is_only_ever_added_to() -> None:
    """What was first published stays told: 22 classes, 144 properties, 23 lists and their words."""
    first = [iri for iri, of_one in changes().items() if of_one[0].version is versions()[0]]
    assert len(first) == 308
    assert {changes()[iri][0].note for iri in first} == {"First published."}
    assert history.versions()[0].date == "2026-11-25"
