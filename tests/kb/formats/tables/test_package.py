"""What explains the tables: each column with its meaning, kind, words and an example, said the same to all."""

import json
import re
from datetime import date, datetime
from typing import Any

import pytest

from kb.formats.table import guarded
from kb.formats.tables.column import KINDS, TYPED, Column, Table
from kb.formats.tables.every import TABLES
from kb.formats.tables.package import File, Package, descriptor, sums
from kb.formats.tables.readme import readme, rights
from kb.values.period import read_period
from kb.values.prose import check_iri, check_language

PACKAGE = Package(
    base="https://facts.example.org/",
    publisher="Invented desk",
    licence="https://creativecommons.org/licenses/by/4.0/",
    seq=12,
    leaf_hash="ab" * 32,
    time="2026-11-25T09:00:00Z",
    files=[File(table, 3, 100, "cd" * 32) for table in TABLES],
)
COLUMNS = [
    pytest.param(table, column, id=f"{table.name}.{column.name}") for table in TABLES for column in table.columns
]


# Raises, or gives False, where an example is not of its kind.
FITS: dict[str, Any] = {
    "text": lambda text: text,
    "word": lambda text: text,
    "number": re.compile(r"-?[0-9]+(\.[0-9]+)?").fullmatch,
    "integer": re.compile("[0-9]+").fullmatch,
    "yes_or_no": {"true", "false"}.__contains__,
    "day": date.fromisoformat,
    "moment": datetime.fromisoformat,
    "edtf": read_period,
    "language": check_language,
    "address": check_iri,
    "addresses": lambda text: [check_iri(one) for one in text.split(" ")],
    "digest": re.compile("[0-9a-f]{64}").fullmatch,
}


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_an_example_is_one(table: Table, column: Column) -> None:
    assert FITS[column.kind](column.example)
    assert (column.kind == "word") == (column.words is not None)
    assert column.words is None or column.example in column.words
    assert column.kind in TYPED or guarded(column.example) == column.example
    assert column.holds
    assert table.names.count(column.name) == 1
    assert re.fullmatch("[a-z][a-z0-9_]*", column.name)


def test_kinds_are_all_explained() -> None:
    assert set(FITS) == set(KINDS)


def test_what_leads_elsewhere_leads_to_a_key() -> None:
    known = {table.name: table for table in TABLES}
    for table in TABLES:
        assert table.key in table.names
        for own, (other, name) in table.leads.items():
            assert own in table.names
            assert known[other].key == name


def test_the_descriptor_tells_every_column_and_sum() -> None:
    said = json.loads(descriptor(PACKAGE))
    assert (said["version"], said["log"]["entry"], said["log"]["hash"]) == ("12", 12, "ab" * 32)
    assert [one["path"] for one in said["resources"]] == [table.file for table in TABLES]
    for one, table in zip(said["resources"], TABLES, strict=True):
        assert (one["bytes"], one["hash"]) == (100, f"sha256:{'cd' * 32}")
        fields = {field["name"]: field for field in one["schema"]["fields"]}
        assert list(fields) == table.names
        for column in table.columns:
            field = fields[column.name]
            assert field["example"] == column.example
            assert column.holds in field["description"]
            assert field.get("constraints", {}).get("enum") == (list(column.words) if column.words else None)
            assert (field["type"] in {"number", "integer", "boolean"}) == (column.kind in TYPED)


def test_people_are_told_the_same() -> None:
    said = readme(PACKAGE).decode()
    for table in TABLES:
        for column in table.columns:
            assert f"| `{column.name}` | {column.holds} |" in said
            assert all(f"- `{one.word}`: {one.label}." in said for one in (column.words.terms if column.words else ()))
    assert "at log entry 12" in said
    assert "replies" in said
    assert max(len(row.split("|")) for row in said.splitlines() if row.startswith("| `")) == 7


def test_rights_name_the_columns_that_are_not_ours() -> None:
    said = rights(PACKAGE).decode()
    assert PACKAGE.licence in said
    for line in ("claims.csv: quote, source_titles", "evidence.csv: quote, translation, source_title"):
        assert line in said


def test_the_sums_say_at_which_entry() -> None:
    lines = sums(PACKAGE, {"b.csv": "2" * 64, "a.csv": "1" * 64}).decode().splitlines()
    assert lines == [
        f"# claimbase export csv, at log entry 12, 2026-11-25T09:00:00Z, hash {'ab' * 32}",
        f"{'1' * 64}  a.csv",
        f"{'2' * 64}  b.csv",
    ]
