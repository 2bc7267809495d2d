"""A word diff keeps both texts to the letter, whatever is in them, and takes no time that is not its own."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.formats.changes import words

SAME, REMOVED, ADDED = "same", "removed", "added"
TEXT = st.text(alphabet="ab .,\n“”中文ab0", max_size=40)


def _holds(before: str, after: str) -> list[tuple[str, str]]:
    pieces = words(before, after)
    assert "".join(text for kind, text in pieces if kind != ADDED) == before
    assert "".join(text for kind, text in pieces if kind != REMOVED) == after
    assert all(text for _, text in pieces)
    return pieces


@given(TEXT, TEXT)
def test_both_texts_can_be_made_from_it(before: str, after: str) -> None:
    _holds(before, after)


@given(TEXT)
def test_what_is_the_same_is_one_piece(text: str) -> None:
    assert words(text, text) == ([(SAME, text)] if text else [])


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("4,807 metres", "4,810 metres", [(REMOVED, "4,807"), (ADDED, "4,810"), (SAME, " metres")]),
        ("0.90", "0.85", [(REMOVED, "0.90"), (ADDED, "0.85")]),
        ("a b", "a b c", [(SAME, "a b"), (ADDED, " c")]),
        ("In 2018.", "In 2019.", [(SAME, "In "), (REMOVED, "2018"), (ADDED, "2019"), (SAME, ".")]),
        ("中文字", "中女字", [(SAME, "中"), (REMOVED, "文"), (ADDED, "女"), (SAME, "字")]),
        ("قال نعم", "قال لا", [(SAME, "قال "), (REMOVED, "نعم"), (ADDED, "لا")]),
        ("a b c d", "x y z d", [(REMOVED, "a b c"), (ADDED, "x y z"), (SAME, " d")]),
        ("a  b", "a b", [(SAME, "a"), (REMOVED, " "), (SAME, " b")]),
        ("", "new", [(ADDED, "new")]),
    ],
)
def test_words_are_words(before: str, after: str, pieces: list[tuple[str, str]]) -> None:
    assert words(before, after) == pieces


def test_a_letter_keeps_its_marks() -> None:
    """Vowel signs and accents are characters of their own; a word is never cut between them."""
    pieces = words("שָׁלוֹם לך", "שָׁלוֹם לכם")
    assert pieces[0] == (SAME, "שָׁלוֹם ")
    assert [kind for kind, _ in words("हिन्दी में", "हिन्दू में")] == [REMOVED, ADDED, SAME]


def test_a_long_text_keeps_its_small_changes() -> None:
    """What difflib calls junk by itself would leave two pieces of a text of more than 200 words."""
    before = " ".join(f"w{number % 60}" for number in range(400))
    after = before.replace("w7 ", "seven ")
    assert sum(kind == ADDED for kind, _ in _holds(before, after)) == 7


def test_ten_thousand_words_are_told_word_by_word() -> None:
    """A vocabulary as texts have it: a few words that are everywhere, many that are rare."""
    chance = random.Random(1)
    known = [f"w{number}" for number in range(5000)]
    text = chance.choices(known, [1 / (number + 1.5) for number in range(5000)], k=10_000)
    other = [f"new{place}" if place % 37 == 0 else word for place, word in enumerate(text)]
    pieces = _holds(" ".join(text), " ".join(other))
    assert sum(kind == ADDED for kind, _ in pieces) >= 270


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a b " * 10_000, "b a " * 10_000),
        ("x\n" * 5_000, "y\nx\n" * 4_000),
        ("....“" * 3_000, "..“..“." * 3_000),
        ("a" * 100_000, "b" * 100_000),
        (" " * 50_000, "\n" * 50_000),
    ],
)
def test_no_text_takes_for_ever(before: str, after: str) -> None:
    """With difflib alone this test would not end today."""
    _holds(before, after)
