"""CSV: what a spreadsheet would compute is guarded in every column of text, and nothing is lost by it."""

import csv
import io
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.formats.table import TRIGGERS, csv_bytes, unguarded
from tests.conftest import ROOT
from tests.support.formulas import PAYLOADS, seems_safe

COLUMNS = ("id", "question", "statement", "replies", "who", "count")
TEXTS = COLUMNS[:-1]


def read(data: bytes) -> list[list[str]]:
    """Python's own reader keeps line ends inside quotes only where the text is not opened in its universal way."""
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))


def test_there_are_forty_payloads() -> None:
    assert len(set(PAYLOADS)) >= 40


@pytest.mark.parametrize("column", TEXTS)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_cell_of_text_begins_with_a_trigger(payload: str, column: str) -> None:
    place = COLUMNS.index(column)
    row: list[object] = ["plain"] * len(TEXTS) + [3]
    row[place] = payload
    header, cells = read(csv_bytes(COLUMNS, [row], TEXTS))
    assert tuple(header) == COLUMNS
    assert seems_safe(cells[place])
    assert unguarded(cells[place]) == payload
    assert [cell for at, cell in enumerate(cells) if at != place] == ["plain"] * (len(TEXTS) - 1) + ["3"]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_every_text_comes_back(text: str) -> None:
    cell = read(csv_bytes(["only", "other"], [[text, "x"]]))[1][0]
    assert cell[:1] not in set(TRIGGERS)
    assert unguarded(cell) == text


def test_numbers_stay_numbers() -> None:
    row = [-5, Decimal("-0.25"), "-0.8", True, False, None, "-0.8", "=1"]
    columns = ["a", "b", "typed", "c", "d", "e", "words", "odd"]
    cells = read(csv_bytes(columns, [row], {"words"}))[1]
    # A column of numbers that holds a formula all the same is guarded too.
    assert cells == ["-5", "-0.25", "-0.8", "true", "false", "", "'-0.8", "'=1"]


def test_the_form_is_that_of_the_rfc() -> None:
    data = csv_bytes(["id", "words"], [["a", 'one "two"\nthree, four'], ["b", "عربي 🏔"]])
    assert data == 'id,words\r\na,"one ""two""\nthree, four"\r\nb,عربي 🏔\r\n'.encode()
    assert csv_bytes(["id"], []) == b"id\r\n"


def test_half_a_character_breaks_nothing() -> None:
    assert csv_bytes(["id"], [["a\ud800b"]]) == b"id\r\na?b\r\n"


def test_a_row_of_another_length_is_a_fault() -> None:
    with pytest.raises(ValueError, match="argument"):
        csv_bytes(["id", "words"], [["a"]])


def test_nothing_else_writes_tables() -> None:
    """What is guarded in one place is guarded everywhere: lists of the site and exports have one writer."""
    sources = [path for wing in ("app", "kb") for path in (ROOT / wing).rglob("*.py")]
    writers = [path for path in sources if re.search(r"csv\.(DictW|w)riter|to_csv", path.read_text("utf-8"))]
    assert writers == [ROOT / "kb" / "formats" / "table.py"]
