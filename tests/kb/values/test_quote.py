"""Quotes: found exactly, in code points, or not at all."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import Refused
from kb.values.quote import Quote, QuoteAmbiguous, QuoteMisplaced, QuoteNotFound, Span, context, locate

TEXT = "🏔 The mountain — 8\u00a0848\u00a0m high — is high. It is high."
letters = st.text(st.sampled_from("ab é🏔"), max_size=12)


def test_an_emoji_before_the_quote_shifts_nothing() -> None:
    span = locate(TEXT, Quote("8\u00a0848\u00a0m"))
    assert span == Span(17, 24, 1, 1)
    assert TEXT[span.start : span.end] == "8\u00a0848\u00a0m"
    assert len(TEXT[: span.start].encode("utf-16-le")) // 2 == 18


@given(letters, letters.filter(bool), letters)
def test_a_quote_with_its_place_is_found_there(before: str, exact: str, after: str) -> None:
    text = before + exact + after
    span = locate(text, Quote(exact, start=len(before), end=len(before) + len(exact)))
    assert (span.start, text[span.start : span.end]) == (len(before), exact)
    assert 1 <= span.occurrence <= span.occurrences


@given(letters, letters.filter(bool), letters)
def test_what_is_found_out_leads_back_to_the_same_place(before: str, exact: str, after: str) -> None:
    text = before + exact + after
    span = locate(text, Quote(exact, start=len(before)))
    prefix, suffix = context(text, span, width=len(text))
    assert prefix + exact + suffix == text
    assert locate(text, Quote(exact, prefix, suffix)) == span
    assert locate(text, Quote(exact, occurrence=span.occurrence)) == span
    whole = Quote(exact, prefix, suffix, span.start, span.end, span.occurrence, span.occurrences)
    assert locate(text, whole) == span


@given(letters, letters.filter(bool))
def test_found_or_stopped_at_the_longest_beginning(text: str, exact: str) -> None:
    if exact in text:
        span = locate(text, Quote(exact, start=text.index(exact)))
        assert text[span.start : span.end] == exact
        return
    with pytest.raises(QuoteNotFound) as caught:
        locate(text, Quote(exact))
    matched = caught.value.matched
    assert exact[:matched] in text
    assert exact[: matched + 1] not in text


def test_words_that_stand_nowhere_are_told_where_they_stop() -> None:
    with pytest.raises(QuoteNotFound) as caught:
        locate(TEXT, Quote("The mountain — 8 848 m"))
    assert caught.value.matched == 16
    assert "stand at 2" in caught.value.what
    assert "U+00A0 (NO-BREAK SPACE) follows" in caught.value.what
    assert "goes on with U+0020 (SPACE)" in caught.value.what


def test_a_quote_longer_than_the_text_is_told_that_the_text_ends() -> None:
    with pytest.raises(QuoteNotFound, match="then the text ends"):
        locate("It is", Quote("It is high"))
    with pytest.raises(QuoteNotFound, match="Not even the first character"):
        locate("", Quote("x"))


def test_the_beginning_nearest_to_the_given_place_is_told() -> None:
    with pytest.raises(QuoteNotFound, match="stand at 10"):
        locate("one apple one apricot", Quote("one apron", start=10))


@pytest.mark.parametrize("exact", ["cafe\u0301", "CAF\u00c9", "“x”", "caf\u00e9\u00a0", "caf\u00e9  ", "c\u200baf"])
def test_nothing_is_normalised(exact: str) -> None:
    with pytest.raises(QuoteNotFound):
        locate('caf\u00e9 "x"', Quote(exact))


def test_several_places_need_a_ground_to_choose() -> None:
    with pytest.raises(QuoteAmbiguous) as caught:
        locate(TEXT, Quote("high"))
    assert caught.value.starts == (25, 35, 47)
    assert "3 places, at 25, 35, 47" in caught.value.what
    assert locate(TEXT, Quote("high", start=35)) == Span(35, 39, 2, 3)
    assert locate(TEXT, Quote("high", end=51)) == Span(47, 51, 3, 3)
    assert locate(TEXT, Quote("high", occurrence=3)) == Span(47, 51, 3, 3)
    assert locate(TEXT, Quote("high", prefix="It is ")) == Span(47, 51, 3, 3)
    assert locate(TEXT, Quote("high", suffix=" —")) == Span(25, 29, 1, 3)
    with pytest.raises(QuoteAmbiguous):
        locate(TEXT, Quote("high", suffix="."))


def test_overlapping_places_are_places() -> None:
    assert locate("aaa", Quote("aa", start=1)) == Span(1, 3, 2, 2)


@pytest.mark.parametrize(
    "wrong",
    [
        {"start": 34},
        {"start": -1},
        {"end": 38},
        {"start": 35, "end": 40},
        {"start": 35, "occurrence": 3},
        {"occurrence": 4},
        {"occurrence": 0},
        {"occurrence": 3, "occurrences": 2},
        {"occurrence": 1, "occurrences": 4},
        {"prefix": "was "},
        {"suffix": "!"},
        {"prefix": "It is ", "suffix": " —"},
    ],
)
def test_what_is_given_must_agree(wrong: dict[str, int]) -> None:
    with pytest.raises(QuoteMisplaced) as caught:
        locate(TEXT, replace(Quote("high"), **wrong))
    assert caught.value.where == "quote"
    assert caught.value.remedy


@given(st.text("ab", max_size=40), st.text("ab", min_size=1, max_size=12))
def test_places_are_counted_as_one_would_by_hand(text: str, exact: str) -> None:
    starts = [start for start in range(len(text)) if text.startswith(exact, start)]
    for number, start in enumerate(starts, 1):
        assert locate(text, Quote(exact, start=start)) == Span(start, start + len(exact), number, len(starts))


def test_no_words_are_no_quote() -> None:
    with pytest.raises(Refused):
        locate(TEXT, Quote(""))


def test_a_giant_quote_is_found_and_a_wrong_one_not_echoed() -> None:
    text = "🏔" + "long word " * 1_000_000
    exact = text[500_000:600_000]
    assert locate(text, Quote(exact, start=500_000, occurrences=None)).start == 500_000
    with pytest.raises(QuoteNotFound) as caught:
        locate(text, Quote(exact + "!", start=500_000))
    assert caught.value.matched == 100_000
    assert len(str(caught.value)) < 600


def test_context_stops_at_the_ends_of_the_text() -> None:
    assert context("abc", Span(1, 2, 1, 1)) == ("a", "c")
    assert context(TEXT, Span(17, 24, 1, 1), width=3) == (" — ", " hi")
    assert context(TEXT, Span(0, 1, 1, 1), width=0) == ("", "")


@pytest.mark.corpus
@pytest.mark.parametrize("folder", ["seed", "pages/sample"])
def test_every_quote_of_the_corpora_stands_where_it_says(shared: Path, folder: str) -> None:
    text = (shared / folder / "article.txt").read_bytes().decode("utf-8")
    file = json.loads((shared / folder / "claims.json").read_bytes())
    places = [claim["quote"] for claim in file["claims"]]
    places += [
        place | {"exact": claim["quote"]["exact"]} for claim in file["claims"] for place in claim["other_places"]
    ]
    places += [sentence["quote"] for sentence in file["left_out"]]
    names = Quote.__dataclass_fields__
    for place in places:
        quote = Quote(**{name: value for name, value in place.items() if name in names})
        span = locate(text, quote)
        assert text[span.start : span.end] == quote.exact
        # An emoji before the text moves every place by one code point, no matter how it is encoded.
        moved = replace(quote, start=span.start + 1, end=span.end + 1)
        assert locate("🏔" + text, moved) == replace(span, start=span.start + 1, end=span.end + 1)
    assert len(places) >= len(file["claims"])
