"""The verdict as INTERFACES has it, and in words."""

from kb.log.chain import Fault
from kb.verify.verdict import Counts, Verdict


def test_a_whole_knowledge_base() -> None:
    verdict = Verdict("a" * 64, Counts(3, 2, 40, 1, 9, 3))
    assert verdict.ok
    assert verdict.as_json() == {
        "ok": True,
        "head": "a" * 64,
        "counts": {
            "editions": 3,
            "records": 2,
            "quads": 40,
            "snapshots": 1,
            "catalogue_rows": 9,
            "pages": 3,
            "shape_checks": 0,
            "index_quads": 0,
        },
        "problems": [],
    }
    counts = "3 editions, 2 records, 40 quads, 1 snapshots, 9 catalogue rows, 3 pages, 0 shape checks, 0 index quads"
    assert verdict.in_words() == f"Whole: {counts}. Head: {'a' * 64}"


def test_problems_are_listed() -> None:
    faults = [Fault("37d2qfnqr", 2, "document", "It was changed."), Fault("log", None, "log_head/seq", "Wrong.")]
    verdict = Verdict("a" * 64, Counts(), faults, lag=2)
    assert not verdict.ok
    assert verdict.as_json()["problems"][0] == {
        "record": "37d2qfnqr",
        "version": 2,
        "where": "document",
        "problem": "It was changed.",
    }
    lines = verdict.in_words().splitlines()
    assert lines[:2] == ["37d2qfnqr version 2: document: It was changed.", "log: log_head/seq: Wrong."]
    assert lines[2].startswith("2 problems: 0 editions")
    assert lines[3] == "The catalogue is 2 editions behind the log."
