"""Relations as editions state them: between what is logged, and a symmetric one once, on the claim logged first."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from kb.publish.relations import Row, state
from kb.values.vocabulary import RELATION, SYMMETRIC

CLAIMS = "abcd"
ROWS = st.lists(
    st.tuples(st.sampled_from(CLAIMS), st.sampled_from(list(RELATION)), st.sampled_from(CLAIMS)).filter(
        lambda row: row[0] != row[2]
    ),
    max_size=8,
)


def test_one_that_points_at_a_draft_waits() -> None:
    rows = [("a", "supports", "b"), ("a", "before", "c")]
    assert state(rows, "a", {"a": 1, "b": 2}) == {"a": {"supports": ["b"]}}
    assert state(rows, "a", {"b": 2, "c": 3}) == {"a": {}}


def test_a_symmetric_one_turns_to_the_claim_logged_first() -> None:
    rows = [("a", "same_event", "b"), ("a", "supports", "b")]
    assert state(rows, "ab", {"a": 1, "b": 2}) == {"a": {"same_event": ["b"], "supports": ["b"]}, "b": {}}
    assert state(rows, "ab", {"a": 2, "b": 1}) == {"a": {"supports": ["b"]}, "b": {"same_event": ["a"]}}


@given(ROWS)
def test_whatever_the_order_all_are_stated_once(rows: list[Row]) -> None:
    wanted = {(kind, *(sorted((a, b)) if kind in SYMMETRIC else (a, b))) for a, kind, b in rows}
    for order in permutations(CLAIMS):
        made = state(rows, CLAIMS, {claim: place for place, claim in enumerate(order)})
        said = [(kind, claim, end) for claim, kinds in made.items() for kind, ends in kinds.items() for end in ends]
        assert len(said) == len(wanted)
        assert {(kind, *(sorted((a, b)) if kind in SYMMETRIC else (a, b))) for kind, a, b in said} == wanted
        assert all(order.index(a) < order.index(b) for kind, a, b in said if kind in SYMMETRIC)
