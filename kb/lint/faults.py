"""The faults of one file: each with line and column in the file as it was given, kept up to a limit, all counted."""

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from kb.lint.rule import Rule, Severity

# A file that has more is not mended fault by fault.
KEPT = 500


@dataclass(frozen=True, slots=True)
class Fault:
    """Line and column count from 1, in characters; 0 where a fault is of the whole file."""

    line: int
    column: int
    path: str
    rule: Rule
    problem: str

    def as_json(self) -> dict[str, str | int]:
        rule = self.rule
        return {
            "line": self.line,
            "column": self.column,
            "path": self.path,
            "severity": rule.severity.value,
            "rule": rule.code,
            "problem": self.problem,
            "remedy": rule.remedy,
            "reference": rule.reference,
        }


class Faults:
    """Collects the faults of one text; `counts` is by severity, and also has those that were not kept."""

    def __init__(self, text: str) -> None:
        self._starts = array("L", chain((0,), _after_line_ends(text)))
        self._kept: list[Fault] = []
        self.counts: Counter[Severity] = Counter()

    def add(self, rule: Rule, at: int | None, path: str = "", **words: object) -> None:
        """`at` is an offset into the text, None for the whole file."""
        self.counts[rule.severity] += 1
        if len(self._kept) < KEPT:
            line, column = (0, 0) if at is None else self._place(at)
            self._kept.append(Fault(line, column, path, rule, rule.what.format(**words)))

    @property
    def kept(self) -> list[Fault]:
        """In the order of the file."""
        return sorted(self._kept, key=lambda one: (one.line, one.column))

    @property
    def left_out(self) -> int:
        return self.counts.total() - len(self._kept)

    def line_of(self, at: int) -> int:
        return self._place(at)[0]

    def line_start(self, line: int) -> int:
        """The offset at which a line begins; the end of the text for a line that there is not."""
        return self._starts[min(line, len(self._starts)) - 1] if line > 0 else 0

    def _place(self, at: int) -> tuple[int, int]:
        line = bisect_right(self._starts, at)
        return line, at - self._starts[line - 1] + 1


def _after_line_ends(text: str) -> Iterator[int]:
    at = text.find("\n")
    while at >= 0:
        yield at + 1
        at = text.find("\n", at + 1)
