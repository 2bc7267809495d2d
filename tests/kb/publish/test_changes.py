"""What a publisher may ask for, and the notes that are made where none is given."""

import pytest

from kb.errors import Refused
from kb.publish.changes import NEEDS_NOTE, PublishEntry, check_kind, note_of_relations, note_of_update


@pytest.mark.parametrize("kind", sorted(NEEDS_NOTE))
def test_some_kinds_need_a_note(kind: str) -> None:
    with pytest.raises(Refused, match="needs a note"):
        PublishEntry(kind=kind)
    assert PublishEntry(kind=kind, note="Why.").note == "Why."


@pytest.mark.parametrize("note", ["", "  \n", "a\x00b", "\ud800"])
def test_a_note_is_words(note: str) -> None:
    with pytest.raises(Refused):
        PublishEntry(note=note)


def test_words_of_the_desk_are_normalised() -> None:
    assert PublishEntry(unreviewed="Cafe\u0301").unreviewed == "Caf\u00e9"


@pytest.mark.parametrize("kind", ["foundation", "withdrawal", "restoration", "merge", "redaction"])
def test_other_kinds_have_verbs_of_their_own(kind: str) -> None:
    with pytest.raises(Refused, match="publishing makes no"):
        check_kind(PublishEntry(kind=kind, note="Why."))


def test_an_unknown_kind_is_refused_with_the_list() -> None:
    with pytest.raises(Refused) as refusal:
        PublishEntry(kind="improvement")
    assert "correction" in refusal.value.remedy


@pytest.mark.parametrize(
    ("before", "after", "note"),
    [
        ({}, {"supports": ["a"]}, "A relation to another claim was added."),
        ({}, {"supports": ["a", "b"]}, "Relations to other claims were added."),
        ({"supports": ["a"]}, {}, "A relation to another claim was removed."),
        ({"supports": ["a"], "before": ["a"]}, {}, "Relations to other claims were removed."),
        ({"supports": ["a"]}, {"supports": ["b"]}, "Relations to other claims were changed."),
    ],
)
def test_relations_have_a_note_of_their_own(
    before: dict[str, list[str]], after: dict[str, list[str]], note: str
) -> None:
    assert note_of_relations(before, after) == note


def test_an_update_says_what_differs() -> None:
    assert note_of_update({"note": 1}, {"note": 2}) == "Updated: the note."
    old = {"evidence": 1, "assessment": 1, "hedges": 1, "boosters": 1}
    new = {"evidence": 2, "assessment": 2, "replies": 1, "boosters": 2}
    assert note_of_update(old, new) == "Updated: the evidence, the assessment, the replies and details."
    assert note_of_update(old, old) == "Updated."
