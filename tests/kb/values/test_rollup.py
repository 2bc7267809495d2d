"""Roll-up: the seven lines of the rule, first match wins, and the aspects that stand beside the headline."""

import json
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import Refused
from kb.values.rollup import failing, roll_up
from kb.values.vocabulary import VERDICT

verdicts = st.lists(st.sampled_from(VERDICT.words), min_size=1, max_size=8)
S, P, C, D, U, N = VERDICT.words


@pytest.mark.parametrize(
    ("main", "verdict"),
    [
        ([C, C], C), ([N, N], N), ([D], D), ([C, D], D), ([N, D, S], D), ([S, S], S), ([U], U), ([U, N], U),
        ([C, U], C), ([C, N], C), ([C, U, N], C), ([S, C], P), ([S, U], P), ([P], P), ([P, C, U], P), ([S, N], P),
    ],
)  # fmt: skip
def test_each_line_of_the_rule(main: list[str], verdict: str) -> None:
    assert roll_up(main) == verdict


def by_counting(main: tuple[str, ...]) -> str:
    """The rule as the shapes of RDF count it, another way to the same words."""
    n = {word: main.count(word) for word in VERDICT}
    rules = [
        (n[C] == len(main), C), (n[N] == len(main), N), (n[D] > 0, D), (n[S] == len(main), S),
        (n[U] + n[N] == len(main), U), (n[S] + n[P] == 0, C),
    ]  # fmt: skip
    return next((word for fits, word in rules if fits), P)


def test_every_mix_of_up_to_four_aspects() -> None:
    for length in range(1, 5):
        for main in product(VERDICT.words, repeat=length):
            assert roll_up(main) == by_counting(main)


@given(verdicts.flatmap(lambda main: st.tuples(st.just(main), st.permutations([*main, main[0]]))))
def test_order_and_repetition_do_not_matter(pair: tuple[list[str], list[str]]) -> None:
    main, shuffled = pair
    assert roll_up(shuffled) == roll_up(main)


@given(verdicts)
def test_what_fails_is_all_that_is_not_supported(main: list[str]) -> None:
    aspects = [(f"a{number}", verdict) for number, verdict in enumerate(main)]
    fail = failing(aspects)
    assert sorted(fail) == [aspect for aspect in aspects if aspect[1] != S]
    first = [aspect for aspect in aspects if aspect[1] == C]
    assert fail[: len(first)] == first
    assert fail[len(first) :] == [aspect for aspect in aspects if aspect[1] not in (S, C)]
    assert (not fail) is (roll_up(main) == S)


@pytest.mark.parametrize("main", [[], ["true"], ["partly supported"], ["supported", ""]])
def test_no_aspect_or_no_verdict_is_refused(main: list[str]) -> None:
    with pytest.raises(Refused):
        roll_up(main)


@pytest.mark.corpus
@pytest.mark.parametrize(("folder", "number"), [("seed", 44), ("pages/sample", 11)])
def test_verdicts_and_failing_aspects_of_the_corpora(shared: Path, folder: str, number: int) -> None:
    claims = json.loads((shared / folder / "claims.json").read_bytes())["claims"]
    assessments = json.loads((shared / folder / "assessments.json").read_bytes())["assessments"]
    expected = json.loads((shared / folder / "expected.json").read_bytes())["claims"]
    judged = {
        one["claim"]: {a["aspect"]: a["verdict"].replace(" ", "_") for a in one["aspects"]} for one in assessments
    }
    found = []
    for claim in claims:
        main = [(a["id"], judged[claim["id"]][a["id"]]) for a in claim["aspects"] if a["main"]]
        fail = [{"aspect": code, "verdict": verdict} for code, verdict in failing(main)]
        found.append((claim["id"], roll_up([verdict for _, verdict in main]), fail))
    assert found == [(one["claim"], one["verdict"], one["failing_main_aspects"]) for one in expected]
    assert len(found) == number
