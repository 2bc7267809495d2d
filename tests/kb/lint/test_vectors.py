"""One bad file for each rule, named after it: that fault is found at its place, and nothing else."""

import json
from pathlib import Path

import pytest

from kb.lint import json_rules, review_rules
from kb.lint.one import lint_bytes
from kb.lint.rule import Rule
from kb.lint.together import Seen
from tests.support.tree import ROOT

VECTORS = ROOT / "tests/vectors/lint"
# For each file what is found, in its order: line:column, severity, rule, JSONPath.
EXPECTED: dict[str, list[str]] = json.loads((VECTORS / "expected.json").read_text("utf-8"))
FILES = sorted(path for path in VECTORS.iterdir() if path.name != "expected.json")
RULES = [rule for module in (json_rules, review_rules) for rule in vars(module).values() if isinstance(rule, Rule)]
# Too large to keep; test_bounds.py makes it.
MADE = {"too-many-values"}


def code_of(path: Path) -> str:
    """`json-control--line-break.json` is of the rule json-control."""
    return path.name.partition(".")[0].partition("--")[0]


def found(path: Path) -> list[str]:
    faults = lint_bytes(path.name, path.read_bytes(), Seen()).faults
    return [f"{one.line}:{one.column} {one.rule.severity} {one.rule.code} {one.path}".strip() for one in faults.kept]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_fault_is_found_at_its_place_and_no_other(path: Path) -> None:
    told = found(path)
    assert told == EXPECTED[path.name]
    if path.name.startswith("good"):
        assert told == []
    else:
        assert code_of(path) in {line.split()[2] for line in told}


def test_every_rule_has_a_file_and_every_file_a_rule() -> None:
    codes = {rule.code for rule in RULES}
    assert codes - MADE == {code_of(path) for path in FILES} - {
        code_of(path) for path in FILES if path.name.startswith("good")
    }
    assert set(EXPECTED) == {path.name for path in FILES}


def test_every_rule_says_what_to_do_and_who_says_so() -> None:
    for rule in RULES:
        assert rule.remedy.endswith("."), rule.code
        assert rule.reference, rule.code


def test_places_are_those_of_the_file_as_it_was_given() -> None:
    """Behind a byte order mark, with line ends of Windows, after a copy of itself that is commented out."""
    good = (VECTORS / "good.html").read_text("utf-8")
    bad = good.replace('"Ann Invented"', '" Ann Invented"')
    line = next(number for number, text in enumerate(bad.splitlines(), 1) if '" Ann' in text)
    for before, lines in (("", 0), ("\ufeff", 0), (f"<!-- {good} -->\n", len(good.splitlines()) + 1)):
        given = (before + bad).replace("\n", "\r\n").encode()
        (fault,) = lint_bytes("x", given, Seen()).faults.kept
        assert (fault.line, fault.rule.code) == (line + lines, "text-spaced")
