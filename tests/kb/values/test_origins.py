"""Independent origins: what is counted, what never is, and the counts of the corpora."""

import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.values.origins import COUNTED_STANCES, independent_origins, is_counted, origins_behind, seen_evidence
from kb.values.vocabulary import GRADE, QUOTE_STATE, STANCE


@dataclass(frozen=True)
class Item:
    stance: str = "supports"
    grade: str = "B"
    quote_state: str = "recorded"
    origin: str = "agency"
    aspect: str = "count"


items = st.builds(
    Item,
    st.sampled_from(STANCE.words),
    st.sampled_from(GRADE.words),
    st.sampled_from(QUOTE_STATE.words),
    st.sampled_from(["agency", "treaty", "man"]),
    st.sampled_from(["count", "year"]),
)


@pytest.mark.parametrize("stance", STANCE.words)
def test_stances_that_count(stance: str) -> None:
    assert is_counted(Item(stance=stance)) is (stance in {"supports", "contradicts", "qualifies"})
    assert set(STANCE) >= COUNTED_STANCES


def test_what_never_counts() -> None:
    assert not is_counted(Item(grade="X"))
    assert not is_counted(Item(quote_state="unseen"))
    assert all(is_counted(Item(grade=grade)) for grade in "ABCD")
    assert is_counted(Item(quote_state="verified"))


def test_five_outlets_of_one_agency_are_one_origin() -> None:
    outlets = [Item() for _ in range(5)]
    assert (seen_evidence(outlets), independent_origins(outlets)) == (5, 1)
    more = [*outlets, Item(origin="man", stance="contradicts")]
    assert (seen_evidence(more), independent_origins(more)) == (6, 2)


def test_by_aspect_and_stance() -> None:
    evidence = [
        Item(),
        Item(),
        Item(origin="man"),
        Item(aspect="year", stance="contradicts"),
        Item(aspect="year", grade="X"),
    ]
    assert (seen_evidence(evidence, aspect="count"), independent_origins(evidence, aspect="count")) == (3, 2)
    assert (seen_evidence(evidence, aspect="year"), independent_origins(evidence, aspect="year")) == (1, 1)
    assert independent_origins(evidence, stance="supports") == 2
    assert independent_origins(evidence, aspect="year", stance="supports") == 0
    assert origins_behind(evidence, stance="contradicts") == {"agency"}


@given(st.lists(items, max_size=20), items)
def test_one_more_item_never_lowers_a_count(evidence: list[Item], more: Item) -> None:
    grown = [*evidence, more]
    assert seen_evidence(grown) - seen_evidence(evidence) == is_counted(more)
    new = is_counted(more) and more.origin not in origins_behind(evidence)
    assert independent_origins(grown) - independent_origins(evidence) == new


@given(st.lists(items, max_size=20))
def test_a_copy_or_unseen_or_satirical_twin_adds_no_origin(evidence: list[Item]) -> None:
    twins = [replace(item, **change) for item in evidence for change in TWINS]
    assert independent_origins(evidence + twins) == independent_origins(evidence)
    assert independent_origins(evidence + evidence) == independent_origins(evidence)


TWINS: list[dict[str, str]] = [
    {"quote_state": "unseen", "origin": "new"},
    {"grade": "X", "origin": "new"},
    {"stance": "same_origin", "origin": "new"},
]


@given(st.lists(items, max_size=20))
def test_the_parts_cover_the_whole(evidence: list[Item]) -> None:
    parts = [{"aspect": aspect, "stance": stance} for aspect in ("count", "year") for stance in COUNTED_STANCES]
    assert sum(seen_evidence(evidence, **part) for part in parts) == seen_evidence(evidence)
    behind = [origins_behind(evidence, **part) for part in parts]
    assert frozenset().union(*behind) == origins_behind(evidence)


@pytest.mark.corpus
@pytest.mark.parametrize(("folder", "number"), [("seed", 44), ("pages/sample", 11)])
def test_counts_of_the_corpora(shared: Path, folder: str, number: int) -> None:
    file = json.loads((shared / folder / "evidence.json").read_bytes())
    expected = json.loads((shared / folder / "expected.json").read_bytes())
    grades = {source["id"]: source["reliability"]["grade"] for source in file["sources"]}
    evidence: dict[str, list[Item]] = {one["claim"]: [] for one in expected["claims"]}
    for link in file["evidence"]:
        state = "recorded" if link["seen"] else "unseen"
        item = Item(link["stance"], grades[link["source"]], state, link["origin"], link["aspect"])
        evidence[link["claim"]].append(item)
    for one in expected["claims"]:
        found = evidence[one["claim"]]
        assert sorted(map(str, origins_behind(found))) == one["independent_origins"], one["claim"]
        assert seen_evidence(found) == one["seen_evidence"]
        assert independent_origins(found) == one["independent_origins_count"]
    assert len(evidence) == number
    assert sum(map(seen_evidence, evidence.values())) == expected["counts"]["evidence_links_weighed"]
