"""Whatever stands in one place of the files: it comes in, or is refused by name; nothing else ever happens."""

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from kb.errors import CannotStart
from kb.imports.report import Report
from tests.factories.corpus import BRIDGE, FILES, bring, copied, load

VALUES: tuple[Any, ...] = (
    None, "", " ", "x", "K1", "T0", "X1", "jo", "O-jo", "main", "2021-13", "2019/..", "../..", "a\u202eb",
    "x" * 200_001, "\u0000", "\ud83d", "😀" * 40, "{}",
    0, -1, 1, 3, 10**30, 1.5, 0.001, True, False, [], {}, [None], [[]], ["", ""],
    {"id": "K1"}, "http://[::1", "https://example.org/%zz", "supports", "would settle", "same origin",
    "private", "unknown",
)  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner: list[tuple[Any, ...]] = []
    if isinstance(value, dict):
        inner = [place for key, one in value.items() for place in places(one, (*path, key))]
    elif isinstance(value, list):
        inner = [place for key, one in enumerate(value) for place in places(one, (*path, key))]
    return [path, *inner] if path else inner


def put(value: Any, path: tuple[Any, ...], new: Any) -> None:
    for step in path[:-1]:
        value = value[step]
    value[path[-1]] = new


@pytest.mark.parametrize("seed", range(4))
def test_any_value_in_any_place(session: Session, seed: int, tmp_path: Path) -> None:
    chance, files = random.Random(seed), {name: load(BRIDGE, name) for name in FILES}
    folder = copied(BRIDGE, tmp_path / "any")
    for _ in range(6):
        name = chance.choice(FILES)
        for other in FILES:
            changed = copy.deepcopy(files[other])
            if other == name:
                put(changed, chance.choice(places(changed)), chance.choice(VALUES))
            (folder / other).write_text(json.dumps(changed), "utf-8")
        report, stopped = tried(session, folder)
        if report is None:
            assert stopped
        else:
            assert all(row.file and row.record and row.problem and row.remedy for row in report.refused)
            json.dumps(report.as_json(), ensure_ascii=False).encode("utf-8")


def tried(session: Session, folder: Path) -> tuple[Report | None, str]:
    """A report, or what to do where nothing could begin."""
    try:
        return bring(session, folder), ""
    except CannotStart as reason:
        return None, reason.remedy
