"""Finding words: as a reader sees them, at their place in the text as it is."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb.values.graphemes import snap
from kb.values.wanted import LONGEST, find

FAMILY = "👨\u200d👩\u200d👧"
PIECES = "a A ß ﬁ é e\u0301 İ ς Σ \u00ad \u200b \ufeff ’ ' “ \" – - … \u00a8 ﷺ שָׁ عَرَب 🇩🇪 🇫 क्षि 각 ｶﾞ 🏔 \ufffe ½"
pieces = st.sampled_from([*PIECES.split(" "), FAMILY, " ", "\u00a0", "\n", "\t", "\u2009"])
texts = st.lists(pieces, max_size=14).map("".join) | st.text(max_size=20)


def is_seen(letter: str) -> bool:
    """False for white space and for what nobody sees; find says so by finding none."""
    return bool(find(letter, letter))


@given(texts, st.integers(0, 40), st.integers(0, 40))
@example("a \u00ad b", 0, 5)
@example(" \u00a8 ", 0, 3)
def test_any_words_of_a_text_are_found_at_their_place(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    while start < end and not is_seen(text[start]):
        start += 1
    while start < end and not is_seen(text[end - 1]):
        end -= 1
    if start < end:
        assert snap(text, start, end) in find(text, text[start:end], limit=10_000)
        assert snap(text, start, end) in find(text, f" {text[start:end]}\n", limit=10_000)


@given(texts, texts)
def test_what_is_found_is_in_order_and_inside(text: str, words: str) -> None:
    found = find(text, words)
    assert found == sorted(set(found))
    assert all(0 <= start < end <= len(text) and snap(text, start, end) == (start, end) for start, end in found)


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("The Survey said", "the survey", ["The Survey"]),
        ("8\u00a0848\u202fm high", "8 848 m", ["8\u00a0848\u202fm"]),
        ("two\n\n  lines", "two lines", ["two\n\n  lines"]),
        ("“It’s 5–10”", '"it\'s 5-10"', ["“It’s 5–10”"]),
        ("moun\u00adtain", "mountain", ["moun\u00adtain"]),
        ("mountain", "moun\u00adtain", ["mountain"]),
        ("a \u00ad b", "a b", ["a \u00ad b"]),
        ("the ﬁgure", "figure", ["ﬁgure"]),
        ("cafe\u0301!", "café", ["cafe\u0301"]),
        ("café!", "cafe", ["café"]),
        ("Straße", "STRASSE", ["Straße"]),
        (f"x{FAMILY}y", "👩", [FAMILY]),
        ("ananas", "ana", ["ana", "ana"]),
        ("שלום עולם", "עולם", ["עולם"]),
        ("nothing", "something", []),
        ("nothing", " \u00ad", []),
        ("", "x", []),
        ("a.c abc", "a.c", ["a.c"]),
        ("[^-]\\ x", "^-]\\", ["^-]\\"]),
    ],
)
def test_words_are_found_as_they_are_seen(text: str, words: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in find(text, words)] == found


def test_no_more_than_the_limit_are_found() -> None:
    assert find("ab" * 500, "b", limit=3) == [(1, 2), (3, 4), (5, 6)]
    assert len(find("ab" * 500, "b")) == 200
    assert find("a" * (LONGEST + 1), "a" * (LONGEST + 1)) == []


@pytest.mark.parametrize(
    ("piece", "characters"),
    [
        ("Some words, more words\n\n", 10_000_000),
        ("é", 1_000_000),
        (" \u00ad", 1_000_000),
        ("a\u0301", 1_000_000),
        ("각", 1_000_000),
    ],
)
def test_millions_of_characters_are_no_trouble(piece: str, characters: int) -> None:
    text = piece * (characters // len(piece)) + " The END."
    assert find(text, "the end") == [(len(text) - 8, len(text) - 1)]


def test_a_hyphen_that_is_typed_finds_a_soft_one() -> None:
    text = "some eighty\u00adsix centimetres, some eighty-six, some eightysix"
    assert [text[start:end] for start, end in find(text, "eighty-six")] == [
        "eighty\u00adsix",
        "eighty-six",
        "eightysix",
    ]
    assert find("a - b", "-") == [(2, 3)]
