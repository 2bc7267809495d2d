"""Search keys: what finds what, in every script, and the same with and without places."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.values.keys import LONGEST, keys, line, placed

ALIKE = [
    ("Dvořák", "dvorak", "Dvor\u030ca\u0301k", "DVOŘÁK"),
    ("Łódź", "lodz"),
    ("straße", "STRASSE"),
    ("Ærø", "aero"),
    ("ΆΛΦΑΣ", "αλφας", "αλφασ"),
    ("ёлка", "елка"),
    ("İstanbul", "istanbul"),
    ("72,000", "72 000", "72\u00a0000", "72\u202f000", "72’000", "72000", "72.000", "٧٢٬٠٠٠", "７２，０００"),
    ("1,234,567", "1.234.567", "1234567"),
    ("وَلِيد", "وليد", "ولـيد"),
    ("أبو", "ابو", "إبو", "آبو", "ٱبو"),
    ("هدى", "هدي", "هدی"),
    ("שָׁלוֹם", "שלום"),
    ("צה״ל", 'צה"ל', "צהל"),
    ("ﬁne", "fine"),
    ("𝟜𝟚", "42"),
    ("か\u3099", "が"),
    ("ｶﾞ", "ガ"),
    ("co\u00adoperate", "cooperate"),
    ("don’t", "don't", "don t"),
    ("Anti-Corbyn", "anti corbyn"),
]


@pytest.mark.parametrize("words", ALIKE, ids=lambda words: words[0])
def test_these_are_alike(words: tuple[str, ...]) -> None:
    assert len({tuple(keys(one)) for one in words}) == 1, [keys(one) for one in words]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("3.5 and 1,2,3", ["3", "5", "and", "1", "2", "3"]),
        ("2018 200 people", ["2018", "200", "people"]),
        ("COVID-19 in C04", ["covid", "19", "in", "c04"]),
        ("中国人", ["中国", "国人", "人"]),
        ("2024年5月", ["2024", "年", "5", "月"]),
        ("72,000人", ["72000", "人"]),
        ("snake_case a/b", ["snake", "case", "a", "b"]),
        ("😀 … — “”", []),
        ("½", ["1", "2"]),
        ("हिन्दी भाषा", ["हिन्दी", "भाषा"]),
        ("x" * 200, ["x" * LONGEST]),
        ("", []),
    ],
)
def test_keys_of_a_text(text: str, wanted: list[str]) -> None:
    assert keys(text) == wanted


def test_a_number_that_may_be_two_is_found_as_both() -> None:
    assert line("some 600 652 here") == " some 600652 here \n 600 652 "
    assert line("4.807 metres") == " 4807 metres \n 4 807 "
    assert line("72,000") == " 72000 "
    assert line("!?") == ""


def test_places_are_those_of_the_text() -> None:
    text = "Die ﬁne Größe: 72 000 (Dvor\u030ca\u0301k) 中国"
    assert [(one.key, text[one.start : one.end]) for one in placed(text)] == [
        ("die", "Die"),
        ("fine", "ﬁne"),
        ("grosse", "Größe"),
        ("72000", "72 000"),
        ("dvorak", "Dvor\u030ca\u0301k"),
        ("中国", "中国"),
        ("国", "国"),
    ]


@given(st.text())
def test_every_text_has_keys_that_both_databases_take(text: str) -> None:
    found = keys(text)
    for key in found:
        assert key
        assert len(key) <= LONGEST
        assert all(unicodedata.category(letter)[0] in "LMN" for letter in key), key
        assert not any(letter.isspace() for letter in key)
    assert line(text).split("\n")[0].split() == found
    for token in placed(text):
        assert 0 <= token.start < token.end <= len(text)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="'\"״׳")))
def test_keys_with_places_are_the_same_keys(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert [token.key for token in placed(composed)] == keys(composed)
