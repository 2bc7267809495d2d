"""The packaged sample is what the shared files give, and the oracle gives the corpus' own expectation."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.house.derive_column import derive
from tests.house.expectation import expectation

PACKAGED = Path(__file__).parents[2] / "kb" / "imports" / "sample"
LICENCE = '  "licence": "https://creativecommons.org/licenses/by/4.0/",\n'
MOUNTAINS = ["article.txt", "assessments.json", "claims.json", "editions.json", "evidence.json", "expected.json"]
FOLLOWING = ("statement", "verb", "counted")
COLUMN = ["assessments.json", "claims.json", "derived.json", "evidence.json", "expected.json"]


@pytest.mark.corpus
@pytest.mark.parametrize("folder", ["seed", "pages/sample"])
def test_the_oracle_gives_the_expectation_that_lies_beside_the_files(shared: Path, folder: str) -> None:
    assert expectation(shared / folder) == json.loads((shared / folder / "expected.json").read_text("utf-8"))


@pytest.mark.corpus
def test_the_column_is_what_the_script_derives(shared: Path, tmp_path: Path) -> None:
    derive(shared, tmp_path)
    assert sorted(path.name for path in (PACKAGED / "column").iterdir()) == COLUMN
    for name in COLUMN:
        assert (tmp_path / name).read_bytes() == (PACKAGED / "column" / name).read_bytes(), name


@pytest.mark.corpus
def test_what_is_expected_of_the_columns_claims_is_what_the_corpus_expects_of_them(shared: Path) -> None:
    whole = json.loads((shared / "seed" / "expected.json").read_text("utf-8"))["claims"]
    part = json.loads((PACKAGED / "column" / "expected.json").read_text("utf-8"))["claims"]
    assert part == [one for one in whole if one["claim"] in {each["claim"] for each in part}]


@pytest.mark.corpus
def test_the_article_of_our_own_was_taken_over_with_its_licence_and_else_unchanged(shared: Path) -> None:
    """It is ours, and says so, so that the sample shows a text of record."""
    assert sorted(path.name for path in (PACKAGED / "mountains").iterdir()) == MOUNTAINS
    for name in MOUNTAINS:
        packaged = (PACKAGED / "mountains" / name).read_text("utf-8")
        if name == "claims.json":
            assert packaged.count(LICENCE) == 1
        assert (shared / "pages" / "sample" / name).read_text("utf-8") == packaged.replace(LICENCE, ""), name


@pytest.mark.corpus
def test_nothing_of_the_column_stands_in_the_sample_but_its_pieces(shared: Path) -> None:
    """A run of six words of the column's text that is in the data is in a piece that may be shown.

    Statements, verbs as printed and what is counted follow the column's wording; they are not quotations of it.
    """
    given = json.loads((shared / "pages" / "sample" / "column.json").read_text("utf-8"))
    pieces = [one["quote"]["exact"] for one in given["claims"]]
    pieces += [quote for one in given["claims"] for link in one["evidence"] for quote in link["quotes"]]
    text = words((shared / "seed" / "article.txt").read_text("utf-8"))
    data = "|".join(" ".join(words(each)) for path in COLUMN for each in texts(PACKAGED / "column" / path))
    allowed = "|".join(" ".join(words(piece)) for piece in pieces)
    runs = {" ".join(text[at : at + 6]) for at in range(len(text) - 5)}
    assert [run for run in sorted(runs) if run in data and run not in allowed] == []


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def texts(path: Path) -> Iterator[str]:
    """Every string in a JSON file but those that follow the wording of the claim."""
    waiting: list[Any] = [json.loads(path.read_text("utf-8"))]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict | list):
            waiting += [value[key] for key in value if key not in FOLLOWING] if isinstance(value, dict) else value
