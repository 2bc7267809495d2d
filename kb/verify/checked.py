"""What is known of a citation: its verdict, why, and what has changed since; in JSON and in words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from kb.formats.changes import Change
from kb.log.read import Edition

NOT_GENUINE, UNKNOWN = "not_genuine", "unknown"
# Those for which `check-citation` exits 1.
BAD = (NOT_GENUINE, UNKNOWN)


@dataclass(frozen=True)
class Checked:
    """What is known of one citation.

    `address` is absolute; `version` is None where the citation names none, `latest` the number of the newest version.
    `title` is what is cited, with each reply and the failing aspects, `latest_title` the same of the newest version,
    so that a reply that came later is in view. `changes` lead from the version cited to the newest. `others` are the
    further citations of the same text, as far as they were looked up; `unread` says how many were left.
    """

    verdict: str
    reason: str
    address: str | None = None
    version: int | None = None
    latest: int | None = None
    title: str | None = None
    latest_title: str | None = None
    changes: list[Change] = field(default_factory=list)
    edition: Edition | None = field(default=None, repr=False)
    others: tuple["Checked", ...] = ()
    unread: int = 0

    @property
    def all(self) -> tuple["Checked", ...]:
        """This one and the others, in the order of the text."""
        return (self, *self.others)

    @property
    def good(self) -> bool:
        """True where every citation of the text is one of ours."""
        return all(one.verdict not in BAD for one in self.all)

    def as_json(self) -> dict[str, Any]:
        """INTERFACES, “/check”, and the reason; `results` where there are several, the first of them once more."""
        found = self._alone()
        if self.others:
            found["results"] = [one._alone() for one in self.all]
            found["unread"] = self.unread
        return found

    def _alone(self) -> dict[str, Any]:
        return {
            "verdict": self.verdict,
            "address": self.address,
            "version": self.version,
            "latest": self.latest,
            "title": self.title,
            "latest_title": self.latest_title,
            "reason": self.reason,
            "changes": [change.as_json() for change in self.changes],
        }


def words_of(checked: Checked) -> Sequence[str]:
    """The answer in lines, as the command line prints it."""
    lines = [f"{checked.verdict.replace('_', ' ').capitalize()}. {checked.reason}"]
    if checked.title:
        lines.append(f"{checked.address}: {checked.title}")
    if checked.latest_title != checked.title:
        lines.append(f"It says now: {checked.latest_title}")
    if checked.changes:
        lines.append(f"Changed from version {checked.version} to version {checked.latest}:")
        lines += [f"  {_in_words(change)}" for change in checked.changes]
    return lines


def _in_words(change: Change) -> str:
    parts = [f"“{one}”" for one in (change.before, change.after) if one is not None]
    return f"{change.label}: {change.kind}: {' → '.join(parts)}"
