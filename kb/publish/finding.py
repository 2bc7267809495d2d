"""What stands between a draft and its publication, said so that it can be mended."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kb.documents.faults import NotADocument

# A part that has a number on the desk; targets, selectors and periods are only its insides.
_PART = re.compile("#([a-z]+-[0-9]+(?:-(?:link|aspect)-[0-9]+)?)$")


@dataclass(frozen=True)
class Finding:
    """`where` is the path of a field, as `evidence-7/origin`; one that does not shut the gate is a warning."""

    what: str
    where: str
    mend: str
    shuts: bool = True

    def as_json(self) -> dict[str, str | bool]:
        """INTERFACES, `gate --json`."""
        return {"what": self.what, "where": self.where, "mend": self.mend, "shuts": self.shuts}


def of_fault(fault: NotADocument, entity: Mapping[str, Any]) -> Finding:
    """What the document's model says, at the part's number on the desk instead of its place in a list."""
    where = field_path(fault.where, entity)
    return Finding(fault.what, where, fault.remedy or f"Correct {where} on the desk.")


def field_path(pointer: str, entity: Mapping[str, Any]) -> str:
    """`/evidence/3/origin` → `evidence-7/origin`; the record as a whole is `record`."""
    node: Any = entity
    path: list[str] = []
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        path.append(key)
        node = _inside(node, key)
        if isinstance(node, dict) and (part := _PART.search(str(node.get("@id", "")))):
            path = [part[1]]
    return "/".join(path) or "record"


def _inside(node: Any, key: str) -> Any:
    if isinstance(node, dict):
        return node.get(key)
    if isinstance(node, list) and key.isdigit() and int(key) < len(node):
        return node[int(key)]
    return None
