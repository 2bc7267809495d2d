"""What a call of publish came to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kb.publish.finding import Finding
from kb.publish.group import Made


@dataclass(frozen=True)
class Receipt:
    """Editions in the order of the log, those dragged `along` among them; what made none, and what was refused."""

    published: Sequence[Made] = ()
    unchanged: Sequence[str] = ()
    refused: Mapping[str, Sequence[Finding]] = field(default_factory=dict)
    along: frozenset[str] = frozenset()

    def as_json(self) -> dict[str, Any]:
        """INTERFACES, `publish --json`."""
        return {
            "published": [made.as_json() for made in self.published],
            "unchanged": list(self.unchanged),
            "refused": [
                {"id": record, "findings": [finding.as_json() for finding in findings]}
                for record, findings in self.refused.items()
            ],
        }

    def in_words(self) -> str:
        lines = []
        for made in self.published:
            along = ", along with what needs it" if made.id in self.along else ""
            lines.append(f"{made.id}/v{made.version}  {made.kind}{along}  sha256:{made.digest}")
        lines += [f"{record}  unchanged" for record in self.unchanged]
        for record, findings in self.refused.items():
            lines.append(f"{record}  refused")
            lines += [f"  {one.where}: {one.what} {one.mend}" for one in findings if one.shuts]
        return "\n".join(lines) or "There was nothing to publish."
