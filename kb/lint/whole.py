"""A run over many files: what was found in each, counted over all, in words and in JSON."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from kb.errors import Refused
from kb.lint.faults import Fault
from kb.lint.one import Linted
from kb.lint.rule import Severity

# Nobody reads on after so many; all are counted.
KEPT = 10_000


@dataclass(slots=True)
class Run:
    """`unread` are files and folders that could not be read, with the reason; they are faults of the run."""

    files: int = 0
    reviews: int = 0
    without: int = 0
    left_out: int = 0
    kept: list[tuple[str, Fault]] = field(default_factory=list)
    unread: list[Refused] = field(default_factory=list)
    counts: Counter[Severity] = field(default_factory=Counter)

    @property
    def ok(self) -> bool:
        """Advice is no fault; where there is not one ClaimReview, nothing was right either."""
        return bool(self.reviews) and not (self.unread or self.counts[Severity.ERROR] or self.counts[Severity.WARNING])

    def take(self, linted: Linted) -> None:
        self.files += 1
        self.reviews += linted.reviews
        self.without += not linted.reviews
        self.counts += linted.faults.counts
        room = KEPT - len(self.kept)
        kept = linted.faults.kept
        self.kept += [(linted.name, fault) for fault in kept[:room]]
        self.left_out += linted.faults.left_out + max(0, len(kept) - room)

    def refuse(self, refused: Refused) -> None:
        self.files += 1
        self.unread.append(refused)

    def as_json(self) -> dict[str, Any]:
        counts = {"files": self.files, "claim_reviews": self.reviews, "without": self.without}
        counts |= {f"{severity.value}s": self.counts[severity] for severity in (Severity.ERROR, Severity.WARNING)}
        counts |= {"advice": self.counts[Severity.ADVICE], "left_out": self.left_out}
        unread = [{"file": one.where, "problem": one.what, "remedy": one.remedy} for one in self.unread]
        problems: list[dict[str, str | int]] = [{"file": name, **fault.as_json()} for name, fault in self.kept]
        return {"ok": self.ok, "counts": counts, "unread": unread, "problems": problems}

    def lines(self) -> Iterator[str]:
        """Grouped by file, each fault as `file:line:column`, which editors follow."""
        for refused in self.unread:
            yield f"{refused.where}: error: {refused.what} {refused.remedy}".rstrip()
        before = None
        for name, fault in self.kept:
            if before not in (None, name):
                yield ""
            before = name
            yield from _lines(name, fault)
        if self.kept:
            yield ""
        if self.left_out:
            yield f"{self.left_out} more are counted and not listed; mend these first, and lint again."
        yield self._summary()

    def _summary(self) -> str:
        errors, warnings = self.counts[Severity.ERROR] + len(self.unread), self.counts[Severity.WARNING]
        found = f"{_many(self.reviews, 'ClaimReview')} in {_many(self.files, 'file')}"
        if self.without and self.files > 1:
            found += f", {self.without} of them without one"
        told = f"{_many(errors, 'error')}, {_many(warnings, 'warning')}, {self.counts[Severity.ADVICE]} × advice"
        return f"{found}: {told}."


def _lines(name: str, fault: Fault) -> Iterable[str]:
    place = f"{name}:{fault.line}:{fault.column}" if fault.line else name
    where = f" ({fault.path})" if fault.path else ""
    rule = fault.rule
    return (
        f"{place}: {rule.severity.value} {rule.code}: {fault.problem}{where}",
        f"    {rule.remedy} [{rule.reference}]",
    )


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
