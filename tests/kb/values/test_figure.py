"""Figures: whole or refused, and read out without a bound that nobody gave."""

import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import Refused
from kb.values.figure import Figure, FigureNotWhole, check_figure, decimal_of_json, in_words
from kb.values.vocabulary import COMPARATOR


def figure(comparator: str, **parts: Any) -> Figure:
    return Figure(raw="as printed", unit="items", comparator=comparator, **parts)


def over(low: str = "600") -> Figure:
    return figure("over", low=low, low_inclusive=False)


WORDS = [
    (over(), "more than 600, no upper limit"),
    (figure("at_least", low="60", low_inclusive=True), "60 or more, no upper limit"),
    (figure("under", high="4", high_inclusive=False), "less than 4, no lower limit"),
    (figure("at_most", high="4", high_inclusive=True), "4 or less, no lower limit"),
    (figure("about", value="72000", rounding_step="1000"), "about 72\u202f000, no bounds given"),
    (figure("exact", value="8848.86", rounding_step="0.01"), "8848.86, no bounds given"),
    (figure("exact", value="2", low="2", high="2", low_inclusive=True, high_inclusive=True), "exactly 2"),
    (figure("exact", low="2", high="2", low_inclusive=True, high_inclusive=True), "exactly 2"),
    (figure("exact", period="1998-07-17"), "17 July 1998"),
    (figure("exact", value="92", period="2019-05-28"), "92, no bounds given"),
    (
        figure("between", value="8844.43", low="8844.22", high="8844.64", low_inclusive=True, high_inclusive=True),
        "8844.43, from 8844.22 to 8844.64",
    ),
    (
        figure("between", low="1", high="3", low_inclusive=False, high_inclusive=True),
        "more than 1 and at most 3",
    ),
    (figure("almost_all"), "almost all, no lower limit given"),
    (figure("almost_all", high="60", high_inclusive=False), "almost all, less than 60, no lower limit given"),
    (figure("many"), "no bounds given"),
    (figure("much", period="2002/2019"), "no bounds given"),
]


@pytest.mark.parametrize(("one", "words"), WORDS, ids=[words for _, words in WORDS])
def test_in_words(one: Figure, words: str) -> None:
    assert in_words(check_figure(one)) == words


@pytest.mark.parametrize(
    "broken",
    [
        replace(over(), comparator="at_least"),
        replace(over(), comparator="about", value="600"),
        replace(over(), comparator="many"),
        replace(over(), comparator="between"),
        replace(over(), comparator="exact"),
        replace(over(), comparator="more"),
        replace(over(), low_inclusive=None),
        replace(over(), low_inclusive=True),
        replace(over(), low=None),
        replace(over(), low=None, low_inclusive=None),
        replace(over(), high="700", high_inclusive=False),
        replace(over(), high_inclusive=True),
        replace(over(), value="600"),
        replace(over(), value="599.99"),
        replace(over(), raw=" "),
        replace(over(), unit=""),
        replace(over(), rounding_step="0"),
        replace(over(), rounding_step="-1"),
        figure("under", high="4", high_inclusive=True),
        figure("under", low="4", low_inclusive=False),
        figure("exact"),
        figure("exact", low="2", high="3", low_inclusive=True, high_inclusive=True),
        figure("exact", low="2", high="2", low_inclusive=True, high_inclusive=False),
        figure("exact", value="3", low="2", high="2", low_inclusive=True, high_inclusive=True),
        figure("between", low="3", high="2", low_inclusive=True, high_inclusive=True),
        figure("between", low="2", high="2", low_inclusive=False, high_inclusive=False),
        figure("between", value="4", low="2", high="3", low_inclusive=True, high_inclusive=True),
        figure("about"),
        figure("about", value="7", low="6", low_inclusive=True),
        figure("almost_all", low="50", low_inclusive=True),
        figure("many", value="100"),
    ],
)
def test_what_does_not_go_together_is_refused(broken: Figure) -> None:
    with pytest.raises(FigureNotWhole) as caught:
        check_figure(broken, where="C04.f1")
    assert caught.value.where == "C04.f1"


@pytest.mark.parametrize("number", ["600.0", "1e3", "-0", "0.80", "NaN", "1_000", "٦٠٠", "", "600 "])
def test_numbers_are_canonical(number: str) -> None:
    with pytest.raises(Refused) as caught:
        check_figure(over(number), where="C04.f1")
    assert caught.value.where == "C04.f1 low"


def test_numbers_are_compared_as_numbers() -> None:
    assert check_figure(figure("between", low="9", high="10", low_inclusive=True, high_inclusive=True))
    assert check_figure(figure("between", low="-10", high="-9.5", low_inclusive=True, high_inclusive=True))


def test_a_period_is_checked() -> None:
    with pytest.raises(Refused, match="February 2020 has 29 days"):
        check_figure(figure("exact", period="2020-02-30"))


numbers = st.none() | st.sampled_from(["-1", "0", "2", "2.5", "10"])
flags = st.none() | st.booleans()
figures = st.builds(
    Figure,
    raw=st.just("x"),
    unit=st.just("items"),
    comparator=st.sampled_from(COMPARATOR.words),
    value=numbers,
    low=numbers,
    high=numbers,
    low_inclusive=flags,
    high_inclusive=flags,
    period=st.none() | st.just("2019"),
)


def shape_refuses(one: Figure) -> bool:
    """The constraints of cbs:Figure in shapes-v1.ttl, said again in Python."""
    low, high, value = (None if n is None else Decimal(n) for n in (one.low, one.high, one.value))
    unpaired = (low is None) != (one.low_inclusive is None) or (high is None) != (one.high_inclusive is None)
    kind = one.comparator
    return (
        unpaired
        or (low is not None and high is not None and low > high)
        or (
            kind in ("over", "at_least")
            and (low is None or high is not None or one.low_inclusive != (kind == "at_least"))
        )
        or (
            kind in ("under", "at_most")
            and (low is not None or high is None or one.high_inclusive != (kind == "at_most"))
        )
        or (
            kind == "exact"
            and ((low is None) != (high is None) or (low is not None and (low != high or value not in (None, low))))
        )
        or (kind == "between" and (low is None or high is None))
        or (kind in ("about", "many", "much") and (low is not None or high is not None))
        or (kind == "about" and value is None)
        or (kind == "almost_all" and low is not None)
    )


@given(figures)
def test_what_is_taken_is_taken_by_the_shapes_and_read_out(one: Figure) -> None:
    try:
        check_figure(one)
    except FigureNotWhole:
        return
    assert not shape_refuses(one)
    words = in_words(one)
    # Each number read out is one of the figure's own: nothing is added.
    own = {one.value, one.low, one.high, "2019"}
    assert {number.replace("\u2212", "-") for number in re.findall(r"\u2212?[0-9]+(?:\.[0-9]+)?", words)} <= own


@pytest.mark.corpus
@pytest.mark.parametrize(("folder", "on_claims", "on_evidence"), [("seed", 15, 49), ("pages/sample", 18, 89)])
def test_every_figure_of_the_corpora_is_whole(shared: Path, folder: str, on_claims: int, on_evidence: int) -> None:
    def figures_of(file: str, key: str) -> list[dict[str, Any]]:
        read = json.loads((shared / folder / file).read_bytes(), parse_float=Decimal)
        return [one for record in read[key] for one in record.get("figures") or ()]

    found = {"claims": figures_of("claims.json", "claims"), "evidence": figures_of("evidence.json", "evidence")}
    assert (len(found["claims"]), len(found["evidence"])) == (on_claims, on_evidence)
    for one in found["claims"] + found["evidence"]:
        numbers = {
            field: None if one[name] is None else decimal_of_json(one[name], where=one["id"])
            for field, name in {
                "value": "value",
                "low": "low",
                "high": "high",
                "rounding_step": "rounding_hint",
            }.items()
        }
        kept = {name: one[name] for name in ("raw", "comparator", "unit", "low_inclusive", "high_inclusive", "period")}
        assert in_words(check_figure(Figure(**kept, **numbers), where=one["id"]))
