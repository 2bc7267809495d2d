"""Relations to other claims, as far as those are public."""

from collections.abc import Collection, Iterable

from kb.desk.tables import Relation
from kb.publish.compile.known import Known


def relations(rows: Iterable[Relation], known: Known, public: Collection[str] | None) -> dict[str, list[str]]:
    """By type, the targets sorted. A relation to a claim that is not public waits on the desk."""
    found: dict[str, list[str]] = {}
    for row in rows:
        if public is None or row.target_id in public:
            found.setdefault(row.type, []).append(known.claim(row.target_id))
    return {kind: sorted(targets) for kind, targets in found.items()}
