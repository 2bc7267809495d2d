"""What stands in a form: typed values by name, kept as they are, with what is wrong at each field."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kb.desk.entry import BadEntry, Fault
from kb.errors import Problem

MOST_DIGITS = 4
# The last piece of `aspects.0`: which row of a list is meant.
_PLACE = re.compile(rf"[0-9]{{1,{MOST_DIGITS}}}")
# A button of this name changes the rows of the form and saves nothing: `add:aspects`, `up:links.2`.
DO = "do"
REVISION = "revision"
TOKEN = "token"  # noqa: S105 (the name of a field)
APART = frozenset({DO, REVISION, TOKEN})


@dataclass(frozen=True)
class Upload:
    """A file as it came."""

    name: str
    content_type: str
    data: bytes


@dataclass(frozen=True)
class Form:
    """Values by name, in the order of the page; faults and what others saved meanwhile stand beside them."""

    typed: Mapping[str, Sequence[str]]
    uploads: Mapping[str, Upload] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    theirs: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def value(self, name: str, otherwise: str = "") -> str:
        """The first value of the name."""
        found = self.typed.get(name)
        return found[0] if found else otherwise

    def values(self, name: str) -> Sequence[str]:
        return self.typed.get(name, ())

    def has(self, name: str, value: str) -> bool:
        """True where this box is ticked or this choice is made."""
        return value in self.values(name)

    def faults_of(self, name: str) -> list[Fault]:
        """Those of the field itself; of a field with parts, such as a language map, also those of its parts."""
        return [one for one in self.faults if one.field == name or one.field.startswith(f"{name}.")]

    def differs(self, name: str) -> bool:
        """True where somebody else saved another value of this field meanwhile."""
        return name in self.theirs and list(self.theirs[name]) != list(self.values(name))

    def rows(self, name: str, at_least: int = 0) -> list[int]:
        """The numbers of a list's rows, in their order; so many at least, so that an empty form has a first row."""
        starts = f"{name}."
        found = {int(one[len(starts) :].partition(".")[0]) for one in self.typed if _is_row(one, starts)}
        numbers = sorted(found)
        return numbers + [len(numbers) + more for more in range(at_least - len(numbers))]

    def with_values(self, values: Mapping[str, str]) -> "Form":
        """Some values set anew."""
        return replace(self, typed={**self.typed, **{name: [value] for name, value in values.items()}})

    def with_problem(self, problem: Problem) -> "Form":
        """The same with what is wrong: at its fields where the problem names them."""
        return replace(self, faults=faults_of(problem))


def form_of(values: Mapping[str, str | Sequence[str]]) -> Form:
    """A form as a record fills it in."""
    return Form({name: [value] if isinstance(value, str) else list(value) for name, value in values.items()})


def faults_of(problem: Problem) -> tuple[Fault, ...]:
    """A problem as faults of a form."""
    return problem.faults if isinstance(problem, BadEntry) else (Fault(problem.where, problem.what, problem.remedy),)


def edited(form: Form) -> Form | None:
    """The form with its rows added, removed or moved, as its button asks; None where it asks nothing of the kind."""
    deed, _, target = form.value(DO).partition(":")
    if deed == "add" and target:
        return _with_rows(form, target, [*form.rows(target), None])
    name, _, place = target.rpartition(".")
    if deed in ("remove", "up", "down") and name and _PLACE.fullmatch(place):
        rows: list[int | None] = [*form.rows(name)]
        if int(place) in rows:
            return _with_rows(form, name, _moved(rows, rows.index(int(place)), deed))
    return None


def _moved(rows: list[int | None], at: int, deed: str) -> list[int | None]:
    row = rows.pop(at)
    if deed == "remove":
        return rows
    rows.insert(max(0, at - 1) if deed == "up" else at + 1, row)
    return rows


def _with_rows(form: Form, name: str, order: Iterable[int | None]) -> Form:
    """Rows numbered anew in this order; None is a new one, which a marker makes known."""
    starts = f"{name}."
    typed = {key: values for key, values in form.typed.items() if not _is_row(key, starts) and key != DO}
    for number, old in enumerate(order):
        if old is None:
            typed[f"{name}.{number}.row"] = [""]
        for key, values in form.typed.items():
            if old is not None and (key == f"{name}.{old}" or key.startswith(f"{name}.{old}.")):
                typed[f"{name}.{number}{key[len(f'{name}.{old}') :]}"] = values
    return replace(form, typed=typed, faults=())


def _is_row(key: str, starts: str) -> bool:
    number = key[len(starts) :].partition(".")[0]
    # Of other scripts' digits and of long rows of them not all are numbers.
    return key.startswith(starts) and number.isascii() and number.isdigit() and len(number) <= MOST_DIGITS
