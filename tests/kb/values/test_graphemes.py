"""Grapheme clusters: spans are widened to whole ones, and to no more."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from kb.values.graphemes import WINDOW, snap

FAMILY = "👨\u200d👩\u200d👧"
PIECES = "a e\u0301 👍🏽 🇩🇪 🇫 क्षि กำ \uac01 \u1100\u1161\u11a8 \u200d \u0301 \u0600 שָׁ \u00ad ☎\ufe0f \u093f 🏔"
pieces = st.sampled_from([*PIECES.split(" "), FAMILY, " ", "\u00a0", "\n", "\r\n"])
texts = st.lists(pieces, max_size=12).map("".join) | st.text(max_size=20)


@pytest.mark.parametrize(
    ("text", "span", "whole"),
    [
        ("cafe\u0301!", (0, 4), (0, 5)),
        ("cafe\u0301!", (4, 6), (3, 6)),
        ("cafe\u0301!", (0, 3), (0, 3)),
        (f"a{FAMILY}b", (2, 3), (1, 6)),
        (f"a{FAMILY}b", (3, 3), (1, 6)),
        ("🇩🇪🇫🇷", (1, 3), (0, 4)),
        ("🇩🇪🇫🇷", (2, 3), (2, 4)),
        ("abc", (1, 1), (1, 1)),
        ("abc", (-5, 99), (0, 3)),
        ("abc", (2, 1), (2, 2)),
        ("", (0, 4), (0, 0)),
    ],
)
def test_a_span_becomes_whole(text: str, span: tuple[int, int], whole: tuple[int, int]) -> None:
    assert snap(text, *span) == whole


@given(texts, st.integers(0, 40), st.integers(0, 40))
def test_it_is_the_smallest_span_of_whole_clusters(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    borders = [0, *(found.end() for found in regex.finditer(r"\X", text))]
    begin, stop = snap(text, start, end)
    assert begin == max(border for border in borders if border <= start)
    assert stop == min(border for border in borders if border >= end)


def test_of_ten_million_characters_a_window_is_looked_at() -> None:
    text = "e\u0301" * 5_000_000
    for place in range(1, 10_000_000, 40_001):
        assert snap(text, place, place + 1) == (place - place % 2, place + 1 + (place + 1) % 2)


def test_a_cluster_without_end_is_cut_at_the_window() -> None:
    text = "a" + "\u0301" * 1_000_000
    start, end = snap(text, 500_000, 500_001)
    assert (start, end) == (500_000 - WINDOW, 500_001 + WINDOW)
