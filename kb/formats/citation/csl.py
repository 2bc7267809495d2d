"""Citations in CSL-JSON, the data of the Citation Style Language: a list of one item."""

import json
from typing import Any

from kb.formats.citation.work import Work


def csl_json(work: Work) -> str:
    """A line a field. Dates in parts and the author as a literal name, as the schema of the data asks (1.0.2)."""
    date = {"date-parts": [list(work.date)]}
    item: dict[str, Any] = {
        "id": work.key,
        "type": "webpage",
        "title": work.title,
        "author": [{"literal": work.author}],
        "issued": date,
        "accessed": date,
        "URL": work.address,
        "note": work.note,
    }
    if work.pinned:
        item["version"] = str(work.version)
    if work.notice:
        item["status"] = "withdrawn"
    lines = ",\n".join(f" {_dumped(name)}: {_dumped(value)}" for name, value in item.items())
    return f"[{{\n{lines}\n}}]"


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
