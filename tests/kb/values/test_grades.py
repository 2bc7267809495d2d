"""Confidence: hundredths from 0 to 1, canonical in documents, two places on pages, and its band."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import Refused
from kb.values.grades import band, check_confidence, two_places
from kb.values.vocabulary import BAND

HUNDREDTHS = [f"{number / 100:.2f}" for number in range(101)]


@pytest.mark.parametrize("text", HUNDREDTHS)
def test_every_hundredth(text: str) -> None:
    canonical = check_confidence(text)
    assert Decimal(canonical) == Decimal(text)
    assert not canonical.endswith("0") or canonical == "0"
    assert check_confidence(canonical) == canonical
    assert two_places(canonical) == two_places(text) == text
    assert band(canonical) == band(text)


def test_whole_numbers_and_one_place() -> None:
    assert (check_confidence("0"), check_confidence("1"), check_confidence("0.8")) == ("0", "1", "0.8")
    assert (two_places("0"), two_places("1"), two_places("0.8")) == ("0.00", "1.00", "0.80")


@pytest.mark.parametrize(
    "text",
    ["", "0.", ".8", "0.855", "1.01", "2", "-0", "-0.1", "+0.8", "80%", "0,8", "NaN", "8e-1", "00.8", "0.8\n", "٠.٨"],
)
def test_what_is_no_confidence(text: str) -> None:
    for function in (check_confidence, two_places, band):
        with pytest.raises(Refused):
            function(text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("0", "very_low"), ("0.49", "very_low"), ("0.5", "low"), ("0.64", "low"), ("0.65", "moderate"),
        ("0.79", "moderate"), ("0.8", "high"), ("0.94", "high"), ("0.95", "very_high"), ("1", "very_high"),
    ],
)  # fmt: skip
def test_bands_begin_where_the_design_says(text: str, word: str) -> None:
    assert band(text) == word


@given(st.sampled_from(HUNDREDTHS), st.sampled_from(HUNDREDTHS))
def test_bands_rise_with_confidence(one: str, other: str) -> None:
    order = list(BAND)
    if Decimal(one) <= Decimal(other):
        assert order.index(band(one)) <= order.index(band(other))


@pytest.mark.corpus
@pytest.mark.parametrize("folder", ["seed", "pages/sample"])
def test_confidences_of_the_corpora(shared: Path, folder: str) -> None:
    file = json.loads((shared / folder / "assessments.json").read_bytes(), parse_float=str, parse_int=str)
    expected = json.loads((shared / folder / "expected.json").read_bytes())
    confidences = {one["claim"]: one["confidence"] for one in file["assessments"]}
    assert {one["claim"]: one["confidence"] for one in expected["claims"]} == {
        claim: two_places(confidence) for claim, confidence in confidences.items()
    }
