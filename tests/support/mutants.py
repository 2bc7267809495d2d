"""Editions with one fault each: `tests/vectors/editions/mutants.jsonl`, one a line.

`changes` are made in a valid edition: JSON pointer and new value, or the pointer alone for a key to be left out.
`where` is the pointer of the model's fault, and `shape` part of what pyshacl reports: a message of the shapes, or
the path that a constraint is on.
"""

import json
from dataclasses import dataclass
from typing import Any

from tests.support.editions import VALID, VECTORS


@dataclass(frozen=True)
class Mutant:
    """One fault: which edition has it, and who says so in which words."""

    name: str
    edition: str
    where: str
    shape: str
    changes: list[list[Any]]

    def document(self) -> dict[str, Any]:
        made: dict[str, Any] = json.loads((VALID / f"{self.edition}.jsonld").read_bytes())
        for pointer, *value in self.changes:
            *way, last = [int(step) if step.isdigit() else step for step in pointer.split("/")[1:]]
            place: Any = made
            for step in way:
                place = place[step]
            if value:
                place[last] = value[0]
            else:
                del place[last]
        return made


def mutants() -> list[Mutant]:
    lines = (VECTORS / "mutants.jsonl").read_text("utf-8").splitlines()
    return [Mutant(**json.loads(line)) for line in lines]
