"""Linting by the command line: files, folders, standard input; words and JSON; exits; what cannot be read."""

import errno
import io
import os
import shutil
import sys
from pathlib import Path

import pytest

from kb.lint.files import LIMIT
from tests.support.command import Command
from tests.support.tree import ROOT

VECTORS = ROOT / "tests/vectors/lint"


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    """It needs no knowledge base."""
    return Command({"CLAIMBASE_DATA": str(tmp_path / "none")}, monkeypatch, capfd)


def test_a_fault_in_words(command: Command) -> None:
    path = VECTORS / "rating-out-of-range.json"
    answer = command("lint", path)
    assert answer.code == 1
    assert answer.out == (
        f"{path}:28:18: error rating-out-of-range: ratingValue 7 is not between 1 and 5. ($.reviewRating.ratingValue)\n"
        "    Keep to the scale. [Google's guidelines for ClaimReview]\n\n"
        "1 ClaimReview in 1 file: 1 error, 0 warnings, 0 × advice.\n"
    )


def test_a_fault_in_json(command: Command) -> None:
    answer = command("lint", VECTORS / "rating-out-of-range.json", "--json")
    assert (answer.code, answer.json["ok"]) == (1, False)
    assert answer.json["counts"] == {
        "files": 1,
        "claim_reviews": 1,
        "without": 0,
        "errors": 1,
        "warnings": 0,
        "advice": 0,
        "left_out": 0,
    }
    (problem,) = answer.json["problems"]
    assert (problem["line"], problem["column"], problem["path"]) == (28, 18, "$.reviewRating.ratingValue")
    assert (problem["rule"], problem["severity"]) == ("rating-out-of-range", "error")
    assert problem["file"].endswith("rating-out-of-range.json")
    assert problem["remedy"] == "Keep to the scale."


def test_advice_is_no_fault(command: Command) -> None:
    assert command("lint", VECTORS / "good.html").code == 0
    advised = command("lint", VECTORS / "claim-long.json", "--json")
    assert (advised.code, advised.json["ok"], advised.json["counts"]["advice"]) == (0, True, 1)
    # Google's own example has no day of the review.
    assert command("lint", VECTORS / "date-missing.json").code == 0


def test_a_folder(command: Command, tmp_path: Path) -> None:
    """Files without a ClaimReview are counted; what is twice over all of them is said."""
    (tmp_path / "site" / "below").mkdir(parents=True)
    shutil.copy(VECTORS / "good.json", tmp_path / "site" / "a.json")
    shutil.copy(VECTORS / "good.html", tmp_path / "site" / "below" / "b.html")
    (tmp_path / "site" / "settings.json").write_text("{ // not JSON, and not ours\n}")
    (tmp_path / "site" / "notes.txt").write_text("ClaimReview")
    answer = command("lint", tmp_path / "site", "--json")
    assert answer.code == 1
    assert (answer.json["counts"]["files"], answer.json["counts"]["without"]) == (3, 1)
    (problem,) = answer.json["problems"]
    assert problem["rule"] == "review-twice"
    assert "a.json, line 1," in problem["problem"]


def test_a_folder_without_any(command: Command, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<title>Nothing</title>")
    answer = command("lint", tmp_path)
    assert (answer.code, answer.out) == (1, "0 ClaimReviews in 1 file: 0 errors, 0 warnings, 0 × advice.\n")
    (tmp_path / "page.html").unlink()
    assert command("lint", tmp_path).code == 2


def test_standard_input(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    for raw, code in (((VECTORS / "good.json").read_bytes(), 0), (b"", 1), (b" " * (LIMIT + 1), 2)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        assert command("lint", "-").code == code


def test_without_standard_input(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """As under a program that closed it."""
    monkeypatch.setattr(sys, "stdin", None)
    answer = command("lint", "-")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == "claimbase: -: There is no standard input. Name a file, or send one through a pipe.\n"


def test_a_folder_that_may_not_be_read(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One below is a fault of the run and does not end it; the one that was named does."""
    site, shut = tmp_path / "site", tmp_path / "site" / "shut"
    shut.mkdir(parents=True)
    shutil.copy(VECTORS / "good.json", site / "a.json")
    listed = os.scandir

    def refusing(path: str) -> object:
        if Path(path) == shut:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", refusing)
    answer = command("lint", site, "--json")
    assert (answer.code, answer.json["ok"]) == (1, False)
    assert (answer.json["counts"]["files"], answer.json["counts"]["claim_reviews"]) == (1, 1)
    assert answer.json["unread"] == [
        {"file": str(shut), "problem": "This folder cannot be read: Permission denied.", "remedy": ""}
    ]
    assert command("lint", site).out.endswith("1 ClaimReview in 1 file: 1 error, 0 warnings, 0 × advice.\n")
    named = command("lint", shut)
    assert (named.code, named.err) == (2, f"claimbase: {shut}: This folder cannot be read: Permission denied.\n")


def test_what_cannot_be_read(command: Command, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "large.json").write_bytes(b" " * (LIMIT + 1))
    (tmp_path / "loop.json").symlink_to(tmp_path / "loop.json")
    (tmp_path / os.fsdecode(b"\xff\x1b[31m.json")).write_text("{}")
    for name in ("pipe.json", "large.json", "loop.json", "nothing.json"):
        answer = command("lint", tmp_path / name)
        assert (answer.code, answer.out) == (2, "")
        assert answer.err.startswith(f"claimbase: {tmp_path / name}: This ")
    answer = command("lint", tmp_path, "--json")
    assert answer.code == 1
    assert len(answer.json["unread"]) == 3
    words = command("lint", tmp_path).out
    assert "\x1b" not in words
    assert "3 errors" in words
