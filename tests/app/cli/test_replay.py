"""Replaying later editions: each change is made only where its beginning stands."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from app.cli.replay import change_files, put, read_steps
from kb.errors import Broken
from tests.house.expectation import expectation

MOUNTAINS = Path(__file__).parents[3] / "kb" / "imports" / "sample" / "mountains"


def test_the_changes_of_the_sample_give_what_is_expected_after_them(tmp_path: Path) -> None:
    shutil.copytree(MOUNTAINS, tmp_path / "copy")
    steps = read_steps(MOUNTAINS / "editions.json")
    assert [(step.record, step.kind) for step in steps] == [
        ("M11", "withdrawal"),
        ("M7", "clarification"),
        ("M9", "correction"),
    ]
    for step in steps:
        change_files(tmp_path / "copy", step)
    after = {one["claim"]: one for one in expectation(tmp_path / "copy")["claims"]}
    wanted = json.loads((MOUNTAINS / "editions.json").read_text("utf-8"))["expected_after"]
    assert len(wanted) == 2
    for one in wanted:
        assert {key: after[one["claim"]][key] for key in one} == one


def test_changes_are_not_made_twice(tmp_path: Path) -> None:
    shutil.copytree(MOUNTAINS, tmp_path / "copy")
    step = read_steps(MOUNTAINS / "editions.json")[1]
    change_files(tmp_path / "copy", step)
    with pytest.raises(Broken, match="begins from") as error:
        change_files(tmp_path / "copy", step)
    assert error.value.where == "claims.json#/claims/6/statement"


@pytest.mark.parametrize(
    ("pointer", "change", "after"),
    [
        ("/a/0", {"from": 1, "to": 2}, {"a": [2], "b/c": {"~": None}}),
        ("/a/-", {"from": None, "to": 3}, {"a": [1, 3], "b/c": {"~": None}}),
        ("/b~1c/~0", {"from": None, "to": "x"}, {"a": [1], "b/c": {"~": "x"}}),
    ],
)
def test_a_pointer_leads_to_a_value(pointer: str, change: dict[str, Any], after: dict[str, Any]) -> None:
    value = {"a": [1], "b/c": {"~": None}}
    put(value, pointer, {"path": pointer, **change})
    assert value == after


@pytest.mark.parametrize("pointer", ["/a/1", "/a/x", "/c/d", "/a/0/b", "/a/0"])
def test_a_pointer_that_leads_nowhere_or_elsewhere_is_refused(pointer: str) -> None:
    value = {"a": [1]}
    with pytest.raises(Broken):
        put(value, pointer, {"path": pointer, "from": 7, "to": 8})
    assert value == {"a": [1]}
