"""The sample's later editions: changes to the files of a folder, each checked before it is made."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.errors import Broken


@dataclass(frozen=True)
class Step:
    """One edition that follows: of which record, as what, with which note, after which changes to the files."""

    record: str
    kind: str
    note: str
    changes: tuple[dict[str, Any], ...]


def read_steps(file: Path) -> list[Step]:
    """The editions of `editions.json`, in their order."""
    found = json.loads(file.read_text("utf-8"))["editions"]
    return [Step(one["record"], one["kind"], one["note"], tuple(one["changes"])) for one in found]


def change_files(folder: Path, step: Step) -> None:
    """Make the changes of one edition. Raises Broken where a file does not hold what a change begins from."""
    files: dict[str, Any] = {}
    for change in step.changes:
        name, _, pointer = change["path"].partition("#")
        if name not in files:
            files[name] = json.loads((folder / name).read_text("utf-8"))
        put(files[name], pointer, change)
    for name, value in files.items():
        (folder / name).write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", "utf-8")


def put(value: Any, pointer: str, change: dict[str, Any]) -> None:
    """Put `to` where a JSON Pointer (RFC 6901) leads and `from` stands; a pointer that ends in - appends."""
    *way, last = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
    try:
        for step in way:
            value = value[_key(value, step)]
        if isinstance(value, list) and last == "-":
            value.append(change["to"])
        elif value[_key(value, last)] == change["from"]:
            value[_key(value, last)] = change["to"]
        else:
            raise LookupError(last)
    except (LookupError, TypeError, ValueError) as error:
        remedy = "Install Claimbase again."
        raise Broken("what a change begins from is not there", where=change["path"], remedy=remedy) from error


def _key(value: Any, step: str) -> int | str:
    return int(step) if isinstance(value, list) else step
