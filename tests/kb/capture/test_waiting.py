"""What waits for its editor: found again by its name alone, and forgotten in time."""

import os
import time
from pathlib import Path

import pytest

from kb.capture.extracted import Proposed
from kb.capture.waiting import KEPT, Brought, NothingWaits, Waiting

BROUGHT = Brought(
    sha256="a" * 64,
    text_sha256="b" * 64,
    characters=12,
    media_type="text/html",
    retrieved_on="2026-01-02T03:04:05Z",
    retrieved_with="a test",
    retrieved_from="https://example.org/a",
    address=None,
    notes=("One note.",),
    proposed=Proposed(title="A title", language="en"),
)


def test_it_comes_back_as_it_was(tmp_path: Path) -> None:
    waiting = Waiting(tmp_path / "waiting")
    key = waiting.put(BROUGHT)
    assert waiting.get(key) == BROUGHT
    assert waiting.put(BROUGHT) != key
    waiting.drop(key)
    with pytest.raises(NothingWaits):
        waiting.get(key)
    waiting.drop(key)


@pytest.mark.parametrize("key", ["", "0" * 31, "0" * 32, "../../claimbase.db", "..%2f" + "0" * 27, "A" * 32, "٣" * 32])
def test_no_other_name_leads_anywhere(tmp_path: Path, key: str) -> None:
    with pytest.raises(NothingWaits):
        Waiting(tmp_path).get(key)


def test_what_nobody_took_up_is_forgotten(tmp_path: Path) -> None:
    waiting = Waiting(tmp_path)
    old, young = waiting.put(BROUGHT), waiting.put(BROUGHT)
    past = time.time() - KEPT - 60
    os.utime(tmp_path / f"{old}.json", (past, past))
    waiting.put(BROUGHT)
    assert waiting.get(young) == BROUGHT
    with pytest.raises(NothingWaits):
        waiting.get(old)
