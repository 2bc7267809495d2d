"""What is needed comes first, what goes in a circle comes together, and groups are whole."""

from hypothesis import given
from hypothesis import strategies as st

from kb.publish.order import groups, knots

NODES = st.integers(0, 12)
EDGES = st.dictionaries(NODES, st.sets(NODES), max_size=12)


def reach(edges: dict[int, set[int]], start: int) -> set[int]:
    found: set[int] = set()
    todo = [start]
    while todo:
        for end in edges.get(todo.pop(), set()) - found:
            found.add(end)
            todo.append(end)
    return found


@given(EDGES, st.lists(NODES))
def test_each_part_is_a_whole_circle_and_stands_behind_its_needs(edges: dict[int, set[int]], roots: list[int]) -> None:
    parts = list(knots(roots, edges))
    place = {node: number for number, part in enumerate(parts) for node in part}
    assert sum(map(len, parts)) == len(place)
    assert set(place) == set(roots).union(*(reach(edges, root) for root in roots))
    for node, number in place.items():
        for end in edges.get(node, ()):
            assert place[end] <= number
        together = {other for other in reach(edges, node) if node in reach(edges, other)} | {node}
        assert together == set(parts[number])


def test_roots_keep_their_order_where_nothing_else_decides() -> None:
    assert list(knots(["b", "a", "c"], {"a": ["x"]})) == [["b"], ["x"], ["a"], ["c"]]


def test_a_long_chain_needs_no_deep_stack() -> None:
    chain = {number: [number + 1] for number in range(50_000)}
    assert len(list(knots([0], chain))) == 50_001


@given(st.lists(st.lists(NODES, min_size=1, max_size=3), max_size=10), st.sets(NODES), st.integers(1, 5))
def test_a_group_ends_only_behind_what_may_end_it(parts: list[list[int]], ends: set[int], size: int) -> None:
    made = list(groups(parts, ends.__contains__, size))
    assert [node for group in made for node in group] == [node for part in parts for node in part]
    for group in made[:-1]:
        assert len(group) >= size
        assert any(group[-len(part) :] == part and ends & set(part) for part in parts)
