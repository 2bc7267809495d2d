"""A quote worked out from its place: exact, whole characters, never foreign matter, never a giant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.desk.reading.quoting import LONGEST, moved, quote_at, trimmed
from kb.desk.tables import Segment
from kb.errors import Refused
from kb.values.graphemes import snap
from kb.values.quote import locate

TEXT = "The mountain is 8,848 metres high.\n\nIt rose 42% between the wars. It rose again.\n"
SHA = "0" * 64
# Half of a surrogate pair, and what is no character, never reach a text that is held.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=80)


def segment(code: str, start: int, end: int, role: str = "body") -> Segment:
    return Segment(code=code, start_at=start, end_at=end, role=role, claims_taken=role == "body")


def test_words_place_and_surroundings() -> None:
    start = TEXT.index("It rose again")
    quoted = quote_at(TEXT, start, start + 7, SHA, [segment("p2", 36, 80)])
    assert quoted.exact == "It rose"
    assert (quoted.occurrence, quoted.occurrences) == (2, 2)
    assert quoted.segment == "p2"
    entry = quoted.entry("en")
    assert entry.text_sha256 == SHA
    assert locate(TEXT, entry.quote()).start == start


def test_blanks_around_are_no_part_of_it() -> None:
    at = TEXT.index("It rose 42%")
    assert quote_at(TEXT, at - 2, at + 12, SHA).exact == "It rose 42%"


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (4, 2), (0, 10_000), (34, 36)])
def test_what_is_no_place_is_refused(start: int, end: int) -> None:
    with pytest.raises(Refused) as refused:
        quote_at(TEXT, start, end, SHA)
    assert refused.value.where == "quote"
    assert refused.value.remedy


def test_a_giant_is_refused_and_not_repeated() -> None:
    with pytest.raises(Refused) as refused:
        quote_at("word " * 20_000, 0, 99_999, SHA)
    assert "99,999 characters" in refused.value.what
    assert len(str(refused.value)) < 300
    assert len(quote_at("x" * LONGEST, 0, LONGEST, SHA).exact) == LONGEST


def test_foreign_matter_is_refused() -> None:
    at = TEXT.index("It rose 42%")
    foreign = [segment("ad", at + 3, at + 7, "foreign_matter")]
    with pytest.raises(Refused, match="not part of the work"):
        quote_at(TEXT, at, at + 11, SHA, foreign)
    assert quote_at(TEXT, at, at + 2, SHA, foreign).exact == "It"


@pytest.mark.parametrize("letter", ["e\u0301", "👩\u200d👩\u200d👧", "🇳🇵", "नि", "각"])
def test_no_character_is_cut(letter: str) -> None:
    text = f"ab{letter}cd"
    quoted = quote_at(text, 2, 3, SHA)
    assert quoted.exact == letter


@given(TEXTS, st.data())
def test_any_stretch_is_exact_or_refused(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    words = text[start:end].strip()
    if not words or any(ord(letter) < 32 and letter not in "\t\n" for letter in words):
        with pytest.raises(Refused):
            quote_at(text, start, end, SHA)
        return
    quoted = quote_at(text, start, end, SHA)
    assert text[quoted.start : quoted.end] == quoted.exact
    assert text.endswith(quoted.prefix, 0, quoted.start)
    assert text.startswith(quoted.suffix, quoted.end)
    assert snap(text, quoted.start, quoted.end) == (quoted.start, quoted.end)
    assert words in quoted.exact
    assert quoted.entry("en").exact == quoted.exact


def test_a_carriage_return_ends_what_stands_around() -> None:
    quoted = quote_at("one\r\ntwo three\r\nfour", 5, 8, SHA)
    assert (quoted.prefix, quoted.suffix) == ("\n", " three")
    with pytest.raises(Refused, match="U\\+000D"):
        quote_at("one\r\ntwo three\r\nfour", 0, 8, SHA)


def test_trimming_takes_the_shortest_stretch_from_first_to_last() -> None:
    at = TEXT.index("It rose 42%")
    assert TEXT[slice(*trimmed(TEXT, at, len(TEXT), "rose", "wars"))] == "rose 42% between the wars"
    assert TEXT[slice(*trimmed(TEXT, at, len(TEXT), "", "it rose"))] == "It rose"
    assert TEXT[slice(*trimmed(TEXT, at, len(TEXT), "between", "rose"))] == "between the wars. It rose"
    assert TEXT[slice(*trimmed(TEXT, at, len(TEXT), "IT  ROSE 42%", ""))].startswith("It rose 42% between")
    with pytest.raises(Refused) as refused:
        trimmed(TEXT, at, len(TEXT), "mountain", "")
    assert refused.value.where == "first"


def test_a_word_more_or_less() -> None:
    at = TEXT.index("rose 42%")
    moves = moved(TEXT, at, at + 8)
    assert {name: TEXT[slice(*span)] for name, span in moves.items()} == {
        "start_earlier": "It rose 42%",
        "start_later": "42%",
        "end_earlier": "rose",
        "end_later": "rose 42% between",
    }
    assert set(moved("one", 0, 3)) == set()
