"""Columns of lists: each that holds words is guarded, and each that is typed holds nothing that could be a formula."""

import csv
import io

import pytest

from app.web.columns import COLUMNS, CORRECTION_COLUMNS, FOUND, LOG_COLUMNS, Column, table
from kb.formats.table import TRIGGERS, unguarded
from tests.kb.formats.test_table import PAYLOADS

ALL = {**COLUMNS, "found": FOUND, "corrections": CORRECTION_COLUMNS, "log": LOG_COLUMNS}
TYPED = {"version", "reviewed", "confidence", "seen_evidence", "origins", "seen", "seq"} | {
    "from_version",
    "stood_days",
    "to_version",
}


def written(columns: tuple[Column, ...], row: dict[str, object]) -> list[str]:
    data = table(columns, [row])
    return list(csv.reader(io.StringIO(data.decode(), newline="")))[1]


@pytest.mark.parametrize("kind", ALL)
def test_no_column_lets_a_formula_through(kind: str) -> None:
    columns = ALL[kind]
    for payload in PAYLOADS:
        row = written(columns, dict.fromkeys((column.name for column in columns), payload))
        for column, cell in zip(columns, row, strict=True):
            if column.typed and payload == "-5":
                # A plain number, which is what such a column is for.
                assert cell == payload
                continue
            assert not cell.startswith(tuple(TRIGGERS)), (column.name, payload)
            assert unguarded(cell) == payload


def test_columns_have_names_of_their_own_and_words_for_them() -> None:
    for kind, columns in ALL.items():
        names = [column.name for column in columns]
        assert len(names) == len(set(names)), kind
        assert {column.name for column in columns if column.typed} <= TYPED
        assert all(column.holds for column in columns)


def test_aspects_that_fail_are_one_cell() -> None:
    failing = [{"aspect": "year", "verdict": "contradicted"}, {"aspect": "unit", "verdict": "partly_supported"}]
    cell = written(COLUMNS["claim"], {"failing": failing})[[one.name for one in COLUMNS["claim"]].index("failing")]
    assert cell == "year:contradicted unit:partly_supported"
