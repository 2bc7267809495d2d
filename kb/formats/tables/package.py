"""The package that the tables come in: what is said of it, and its descriptor, a Data Package.

https://datapackage.org/standard/data-package/, version 2: files with their sums, columns with type, words and example.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kb.formats.tables.column import KINDS, Column, Table

DESCRIPTOR = "datapackage.json"
README = "README.md"
RIGHTS = "LICENSE.txt"
SUMS = "SHA256SUMS"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
# What a cell holds as a Data Package says it. IRIs are strings there: its “uri” takes no letters but those of ASCII.
TYPES = {"number": "number", "integer": "integer", "yes_or_no": "boolean", "day": "date", "moment": "datetime"}


@dataclass(frozen=True)
class File:
    """A table as it was written."""

    table: Table
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Package:
    """The tables of a knowledge base as they are at entry `seq` of its log, which was issued at `time`."""

    base: str
    publisher: str
    licence: str
    seq: int
    leaf_hash: str
    time: str
    files: Sequence[File]

    @property
    def title(self) -> str:
        return f"Claims, figures, evidence and sources of {self.publisher}"

    @property
    def state(self) -> str:
        """Which state of the knowledge base it is."""
        return f"at log entry {self.seq}, {self.time}, hash {self.leaf_hash}"


def descriptor(package: Package) -> bytes:
    """`datapackage.json`."""
    said = {
        "$schema": PROFILE,
        "name": "claimbase-tables",
        "title": package.title,
        "description": f"Current editions {package.state}. What every column holds is said here and in {README}.",
        "homepage": package.base,
        "version": str(package.seq),
        "created": package.time,
        "licenses": [{"path": package.licence, "title": "Licence of our own words; quotations keep their own rights"}],
        "contributors": [{"title": package.publisher, "path": package.base, "roles": ["publisher"]}],
        "log": {"entry": package.seq, "hash": package.leaf_hash, "issued": package.time},
        "resources": [_resource(file) for file in package.files],
    }
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def sums(package: Package, sha256: dict[str, str]) -> bytes:
    """`SHA256SUMS`, as `sha256sum -c` reads it; its first line says which state of the log was written."""
    lines = [f"# claimbase export csv, {package.state}", *(f"{sha256[name]}  {name}" for name in sorted(sha256))]
    return ("\n".join(lines) + "\n").encode()


def _resource(file: File) -> dict[str, Any]:
    return {
        "name": file.table.name,
        "path": file.table.file,
        "title": file.table.title,
        "description": file.table.holds,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n", "header": True},
        "schema": _schema(file.table),
    }


def _schema(table: Table) -> dict[str, Any]:
    said: dict[str, Any] = {
        "fields": [dict(_field(column, is_key=column.name == table.key)) for column in table.columns],
        "missingValues": [""],
        "primaryKey": [table.key],
    }
    leads = [
        {"fields": [own], "reference": {"resource": other, "fields": [name]}}
        for own, (other, name) in table.leads.items()
    ]
    return said | ({"foreignKeys": leads} if leads else {})


def _field(column: Column, *, is_key: bool) -> Iterator[tuple[str, Any]]:
    yield "name", column.name
    yield "type", TYPES.get(column.kind, "string")
    yield "description", f"{column.holds} [{kind_in_words(column)}]"
    yield "example", column.example
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if is_key:
        constraints["unique"] = True
    if column.words:
        constraints["enum"] = list(column.words)
    if constraints:
        yield "constraints", constraints


def kind_in_words(column: Column) -> str:
    """What a cell holds, with its unit."""
    if column.kind == "text":
        return "text, quoted from others" if column.quoted else "text"
    if column.words:
        return f"a word of the list “{column.words.title.lower()}”"
    return KINDS[column.kind] + (f" ({column.unit})" if column.unit else "")
