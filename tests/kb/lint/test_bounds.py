"""Bombs: each is stopped by a limit that is named, and what is counted is not all kept."""

import json
from pathlib import Path

import pytest

from kb.errors import CannotStart, Refused
from kb.lint.faults import KEPT, Faults
from kb.lint.files import LIMIT, files_of, read_file
from kb.lint.json_rules import COMMENT
from kb.lint.one import lint_bytes
from kb.lint.rule import Severity
from kb.lint.scan import DEPTH, VALUES
from kb.lint.together import Seen
from kb.lint.whole import KEPT as KEPT_OF_A_RUN
from kb.lint.whole import Run
from tests.support.tree import ROOT

GOOD = json.loads((ROOT / "tests/vectors/lint/good.json").read_text("utf-8"))


def codes(raw: bytes) -> list[str]:
    return [one.rule.code for one in lint_bytes("x", raw, Seen()).faults.kept]


def test_depth_and_number_of_values() -> None:
    assert codes(b"[" * DEPTH + b"]" * DEPTH) == ["no-claimreview"]
    assert codes(b"[" * (DEPTH + 1) + b"]" * (DEPTH + 1)) == ["too-deep"]
    assert codes(b"[" * LIMIT) == ["too-deep"]
    assert codes(b"[" + b"0," * VALUES + b"0]") == ["too-many-values"]
    assert codes(b"[" + b"0," * (VALUES - 2) + b"0]") == ["no-claimreview"]


@pytest.mark.parametrize(
    "piece", [b"<div>", b"<!--", b"<a ", b"</", b"<", b'<a b="', b"<script type='application/ld+json'>", b"<p>&amp;"]
)
def test_html_without_an_end(piece: bytes) -> None:
    assert codes(b"<html>" + piece * (LIMIT // 4 // len(piece)))


def test_a_number_is_never_counted_with_before_it_is_looked_at() -> None:
    rating = dict(GOOD["reviewRating"]) | {"ratingValue": "1e2000000", "bestRating": "9" * 100_000}
    assert codes(json.dumps(GOOD | {"reviewRating": rating}).encode()) == ["not-a-number", "not-a-number"]


def test_many_reviews_that_refer_to_one_claim_with_many_authors() -> None:
    claim = GOOD["itemReviewed"] | {"@id": "#claim", "author": [{"@type": "Person"}] * 10_000}
    review = {"@context": "https://schema.org", "@type": "ClaimReview", "itemReviewed": {"@id": "#claim"}}
    assert len(codes(json.dumps([claim, *[review] * 2_000]).encode())) == KEPT


def test_all_faults_are_counted_and_some_are_kept() -> None:
    faults = Faults("x")
    for _one in range(100_000):
        faults.add(COMMENT, 0)
    assert (len(faults.kept), faults.left_out, faults.counts[Severity.ERROR]) == (KEPT, 100_000 - KEPT, 100_000)


def test_a_run_keeps_some_and_says_how_many_it_did_not() -> None:
    run, raw = Run(), json.dumps([{"@type": "ClaimReview"}] * 1_000).encode()
    for number in range(KEPT_OF_A_RUN // KEPT + 1):
        run.take(lint_bytes(f"{number}.json", raw, Seen()))
    assert len(run.kept) == KEPT_OF_A_RUN
    assert run.counts.total() == KEPT_OF_A_RUN + run.left_out
    assert f"{run.left_out} more are counted and not listed" in "\n".join(run.lines())
    assert run.as_json()["counts"]["left_out"] == run.left_out


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    (tmp_path / "large.json").write_bytes(b" " * LIMIT)
    assert len(read_file(tmp_path / "large.json")) == LIMIT
    (tmp_path / "large.json").write_bytes(b" " * (LIMIT + 1))
    with pytest.raises(Refused, match=f"larger than {LIMIT} bytes"):
        read_file(tmp_path / "large.json")


def test_a_folder_that_leads_round_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b").symlink_to(tmp_path)
    (tmp_path / "a" / "one.JSONLD").write_text("{}")
    (tmp_path / "a" / "loop.json").symlink_to(tmp_path / "a" / "loop.json")
    (tmp_path / "notes.md").write_text("")
    unread: list[Refused] = []
    assert [path.name for path in files_of(tmp_path, unread.append)] == ["loop.json", "one.JSONLD"]
    with pytest.raises(Refused, match="cannot be read"):
        read_file(tmp_path / "a" / "loop.json")
    with pytest.raises(CannotStart, match="cannot be read"):
        files_of(tmp_path / "a" / "loop.json", unread.append)
    assert unread == []
