"""Faults gathered over all parts of a form, each under the names of its fields, so that all is said at once."""

from dataclasses import dataclass, replace
from types import TracebackType

from kb.desk.actors import NotAllowed
from kb.desk.entry import BadEntry, Fault
from kb.errors import Conflict, Refused


class Gathering:
    """What is refused inside of `at` is kept for later; `check` raises all of it as one BadEntry."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def at(self, prefix: str = "", field: str = "") -> "Part":
        """Faults of an entry get the prefix; what names no field of the form goes to `field`, or to the prefix."""
        return Part(self.faults, prefix, field)

    def check(self) -> None:
        """Raises BadEntry where anything was refused."""
        if self.faults:
            raise BadEntry(tuple(self.faults))


@dataclass(frozen=True)
class Part:
    """A part of a form: what is refused in it does not keep the rest from being read."""

    faults: list[Fault]
    prefix: str
    field: str

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if isinstance(error, BadEntry):
            self.faults.extend(replace(one, field=self._joined(one.field) or self.field) for one in error.faults)
            return True
        # Who may not do this at all is told so, and not field by field.
        if isinstance(error, Refused | Conflict) and not isinstance(error, NotAllowed):
            self.faults.append(Fault(self.field or self.prefix or error.where, error.what, error.remedy))
            return True
        return False

    def _joined(self, field: str) -> str:
        if not self.prefix or field == self.prefix or field.startswith(f"{self.prefix}."):
            return field
        return f"{self.prefix}.{field}" if field else self.prefix
