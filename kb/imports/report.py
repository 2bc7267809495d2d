"""What an import did: counts by kind, what was refused and why, what the rules say otherwise, what was not kept."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

ADDED, UPDATED, UNCHANGED, REMOVED = "added", "updated", "unchanged", "removed"
OUTCOMES = (ADDED, UPDATED, UNCHANGED, REMOVED)


@dataclass(frozen=True)
class Refusal:
    """A record that did not come in; `field` is its path in the file, as `figures.0.low`."""

    file: str
    record: str
    field: str
    problem: str
    remedy: str


@dataclass(frozen=True)
class Difference:
    """Something that the file says and our rules, or the text, say otherwise. Ours stands."""

    file: str
    record: str
    field: str
    given: Any
    computed: Any


@dataclass(frozen=True)
class NotKept:
    """Values of a field that the desk does not take, and why."""

    field: str
    reason: str
    count: int


class Tally:
    """Outcome → kind → number. One record's tally is merged into the report when the record is in."""

    def __init__(self) -> None:
        self.counts: dict[str, Counter[str]] = {outcome: Counter() for outcome in OUTCOMES}

    def count(self, outcome: str, kind: str, number: int = 1) -> None:
        if number:
            self.counts[outcome][kind] += number

    def merge(self, other: "Tally") -> None:
        for outcome, counted in other.counts.items():
            self.counts[outcome] += counted


@dataclass
class Report:
    """All of it, as DESIGN 9 has it."""

    tally: Tally = field(default_factory=Tally)
    differs: list[Difference] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    not_kept: list[NotKept] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        counts = {outcome: dict(sorted(counted.items())) for outcome, counted in self.tally.counts.items()}
        lists = {name: [vars(one) for one in getattr(self, name)] for name in ("differs", "refused", "not_kept")}
        return counts | lists

    def in_words(self) -> str:
        lines = []
        for outcome in OUTCOMES:
            counted = self.tally.counts[outcome]
            kinds = ", ".join(
                f"{number} {kind.replace('_', ' ')}" for kind, number in sorted(counted.items()) if number
            )
            lines.append(f"{outcome.capitalize()}: {kinds or 'nothing'}.")
        lines += [f"Refused: {one.file} {one.record} {one.field}: {one.problem} {one.remedy}" for one in self.refused]
        lines += [
            f"Differs: {one.file} {one.record} {one.field}: the file says {one.given}, the rules say {one.computed}."
            for one in self.differs
        ]
        lines += [f"Not kept: {one.field} ({one.count}): {one.reason}." for one in self.not_kept]
        return "\n".join(lines)
