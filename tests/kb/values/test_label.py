"""Labels, to the letter."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.values.label import in_words, list_label, verdict_label
from kb.values.rollup import failing, roll_up
from kb.values.vocabulary import VERDICT

S, P, C, D, U, N = VERDICT.words
codes = st.sampled_from(["year", "unit", "fake", "one_network", "actor", "count"])
aspects = st.lists(st.tuples(codes, st.sampled_from(VERDICT.words)), min_size=1, max_size=6, unique_by=lambda a: a[0])
replies = st.lists(st.tuples(st.sampled_from([None, "a", "b"]), st.sampled_from(["It is denied.", "Yes.", "No."])))


@pytest.mark.parametrize(
    ("verdict", "main", "label"),
    [
        (S, [("year", S)], "Supported"),
        (P, [("year", P), ("unit", P)], "Partly supported"),
        (P, [("count", S), ("year", C)], "Partly supported; the year is contradicted"),
        (P, [("unit", P), ("year", C), ("one_network", P), ("count", C)],
         "Partly supported; the year is contradicted; the count is contradicted; only in part: unit, one network"),
        (D, [("a", N), ("b", U), ("c", D), ("d", P), ("e", S)],
         "Disputed; only in part: d; in dispute: c; unverified: b; not checkable: a"),
        # An editor's own verdict hides no aspect, even where only one says the same.
        (U, [("a", U), ("b", S)], "Unverified; unverified: a"),
        (S, [("a", C)], "Supported; the a is contradicted"),
    ],
)  # fmt: skip
def test_the_line(verdict: str, main: list[tuple[str, str]], label: str) -> None:
    assert verdict_label(verdict, main) == label
    assert list_label(verdict, main) == label


def test_replies_stand_after_the_verdict_and_before_it_in_a_list() -> None:
    said = [("w", "W denies it."), ("w", "W: “I am not.”"), ("h", "H denies the report.")]
    assert verdict_label(D, [("a", D)], said) == "Disputed. W denies it. H denies the report."
    assert list_label(D, [("a", D)], said) == "W denies it. H denies the report. Disputed."


def test_speakers_that_are_not_told_are_not_taken_for_one() -> None:
    assert verdict_label(U, [("a", U)], [(None, "One says no."), (None, "Another too.")]) == (
        "Unverified. One says no. Another too."
    )


@given(aspects, replies)
def test_no_failing_aspect_and_no_speaker_is_left_out(
    main: list[tuple[str, str]], said: list[tuple[str | None, str]]
) -> None:
    verdict = roll_up([own for _, own in main])
    label, line = verdict_label(verdict, main, said), list_label(verdict, main, said)
    if {own for _, own in main} != {verdict}:
        assert all(in_words(code) in label for code, _ in failing(main))
    first = dict(reversed(said))
    assert all(short in label and short in line for short in first.values())
    if said:
        assert line.startswith(said[0][1])
        assert line.endswith(".")
        assert sorted(label) == sorted(line)
    else:
        assert label == line
        assert not label.endswith(".")


@pytest.mark.corpus
@pytest.mark.parametrize(("folder", "number"), [("seed", 44), ("pages/sample", 11)])
def test_labels_of_the_corpora(shared: Path, folder: str, number: int) -> None:
    claims = json.loads((shared / folder / "claims.json").read_bytes())["claims"]
    assessments = json.loads((shared / folder / "assessments.json").read_bytes())["assessments"]
    expected = json.loads((shared / folder / "expected.json").read_bytes())["claims"]
    assert len(claims) == len(assessments) == len(expected) == number
    for claim, assessment, one in zip(claims, assessments, expected, strict=True):
        judged = {aspect["aspect"]: aspect["verdict"].replace(" ", "_") for aspect in assessment["aspects"]}
        main = [(aspect["id"], judged[aspect["id"]]) for aspect in claim["aspects"] if aspect["main"]]
        said = [(reply["agent"], reply["short"]) for reply in assessment["replies"]]
        verdict = assessment["verdict"].replace(" ", "_")
        assert verdict_label(verdict, main, said) == one["label"]
        assert list_label(verdict, main, said) == one["list_label"]
