"""A Data Package read as a stranger's program reads it: what its descriptor says, held against its files."""

import csv
import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

# Raises or gives nothing where a cell is not of its type.
READ: dict[str, Any] = {
    "string": lambda cell: cell,
    "number": re.compile(r"-?[0-9]+(\.[0-9]+)?").fullmatch,
    "integer": re.compile("-?[0-9]+").fullmatch,
    "boolean": {"true", "false"}.__contains__,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
}


def rows(place: Path, name: str) -> list[dict[str, str]]:
    with (place / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def faults(place: Path) -> list[str]:
    """Everything in which the files are not as their descriptor says."""
    said = json.loads((place / "datapackage.json").read_bytes())
    return [fault for one in said["resources"] for fault in (*_of_file(place, one), *_of_rows(place, one))]


def _of_file(place: Path, one: dict[str, Any]) -> Iterator[str]:
    data = (place / one["path"]).read_bytes()
    if (one["bytes"], one["hash"]) != (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}"):
        yield f"{one['path']}: bytes or hash"
    if data.count(b"\r\n") < 1 or data.startswith(b"\xef\xbb\xbf"):
        yield f"{one['path']}: form"
    if data.split(b"\r\n", 1)[0].decode().split(",") != [field["name"] for field in one["schema"]["fields"]]:
        yield f"{one['path']}: columns"


def _of_rows(place: Path, one: dict[str, Any]) -> Iterator[str]:
    found, schema = rows(place, one["name"]), one["schema"]
    for field in schema["fields"]:
        cells, constraints = [row[field["name"]] for row in found], field.get("constraints", {})
        full = [cell for cell in cells if cell]
        where = f"{one['path']}, {field['name']}"
        if constraints.get("required") and len(full) != len(cells):
            yield f"{where}: required"
        if constraints.get("unique") and len(set(full)) != len(full):
            yield f"{where}: unique"
        yield from (f"{where}: {cell!r}" for cell in full if not READ[field["type"]](cell))
        yield from (f"{where}: {cell!r}" for cell in full if cell not in constraints.get("enum", [cell]))
    for lead in schema.get("foreignKeys", ()):
        (own,), (other,) = lead["fields"], lead["reference"]["fields"]
        known = {row[other] for row in rows(place, lead["reference"]["resource"])}
        yield from (f"{one['path']}, {own}: leads nowhere" for row in found if row[own] and row[own] not in known)
