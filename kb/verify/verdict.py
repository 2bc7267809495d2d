"""What the proof comes to, and what a witness is."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from kb.log.chain import Fault
from kb.log.read import Edition

# Told how many steps are done, and of how many.
Progress = Callable[[int, int], None]
# Somebody of another wing or floor who knows more: given a reading session, names what is wrong.
Witness = Callable[[Session], Iterable[Fault]]
# Somebody who sees one edition as its readers get it: names what its page or its data does not say.
PageWitness = Callable[[Edition], Iterable[Fault]]


@dataclass
class Counts:
    """What was looked at. Under a sample or a single record, quads, rows and pages are only of those.

    `shape_checks` are the editions that were held against the shapes, `index_quads` stand in the SPARQL index on disk.
    """

    editions: int = 0
    records: int = 0
    quads: int = 0
    snapshots: int = 0
    catalogue_rows: int = 0
    pages: int = 0
    shape_checks: int = 0
    index_quads: int = 0


@dataclass
class Verdict:
    """`head` is the newest leaf's hash as stored; `lag` the editions that the catalogue has not followed yet."""

    head: str | None = None
    counts: Counts = field(default_factory=Counts)
    problems: list[Fault] = field(default_factory=list)
    lag: int = 0

    @property
    def ok(self) -> bool:
        return not self.problems

    def as_json(self) -> dict[str, Any]:
        """As INTERFACES has it, “verify --json”."""
        problems = [asdict(fault) for fault in self.problems]
        return {"ok": self.ok, "head": self.head, "counts": asdict(self.counts), "problems": problems}

    def in_words(self) -> str:
        """A line for each problem, the counts, and the head."""
        lines = [f"{_place(fault)}: {fault.where}: {fault.problem}" for fault in self.problems]
        counts = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in asdict(self.counts).items())
        lines.append(f"{'Whole' if self.ok else f'{len(self.problems)} problems'}: {counts}. Head: {self.head}")
        if self.lag:
            lines.append(f"The catalogue is {self.lag} editions behind the log.")
        return "\n".join(lines)


def _place(fault: Fault) -> str:
    return fault.record if fault.version is None else f"{fault.record} version {fault.version}"
