"""One change between two versions of a record, in words."""

from dataclasses import dataclass

ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True)
class Change:
    """`field` is where it stands, for machines: `evidence-7/stance`. `kind` is added, removed or changed."""

    field: str
    label: str
    kind: str
    before: str | None
    after: str | None

    def as_json(self) -> dict[str, str]:
        """For JSON; what there was not, or is not any more, is left out."""
        found = {"field": self.field, "label": self.label, "kind": self.kind}
        if self.before is not None:
            found["before"] = self.before
        if self.after is not None:
            found["after"] = self.after
        return found
