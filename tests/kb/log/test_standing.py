"""What becomes of an edition, for each sequence of changes."""

import pytest

from kb.log.standing import Standing, Step, judge


def after(*changes: str) -> Standing:
    """The standing of the first version, given the changes of all."""
    return judge([Step(number, change, f"2026-11-0{number}T00:00:00Z") for number, change in enumerate(changes, 1)])


@pytest.mark.parametrize(
    ("changes", "state", "by"),
    [
        (("new",), "current", None),
        (("new", "update"), "superseded", 2),
        (("new", "update", "clarification"), "superseded", 3),
        (("new", "correction"), "corrected", 2),
        (("new", "correction", "update"), "corrected", 2),
        (("new", "update", "correction", "correction"), "corrected", 3),
        (("correction", "update"), "superseded", 2),
        (("new", "withdrawal"), "withdrawn", 2),
        (("withdrawal",), "withdrawn", 1),
        (("new", "correction", "withdrawal"), "withdrawn", 3),
        (("new", "withdrawal", "restoration"), "superseded", 3),
        (("withdrawal", "restoration"), "superseded", 2),
        (("new", "withdrawal", "restoration", "correction"), "corrected", 4),
    ],
)
def test_standing(changes: tuple[str, ...], state: str, by: int | None) -> None:
    found = after(*changes)
    assert (found.state, found.by) == (state, by)
    assert (found.latest_version, found.latest_change) == (len(changes), changes[-1])
    assert found.by_change == (changes[by - 1] if by else None)
