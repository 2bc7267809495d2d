"""Records that are named in a form of evidence, a search or a figure, and made there where they are new."""

from collections.abc import Callable

from app.desk.forms.picking import picked
from app.desk.visit import Visit
from kb.desk.entry import BadEntry, Fault
from kb.errors import Conflict, Refused
from kb.values.prose import check_text


def named(visit: Visit, field: str, kind: str, make: Callable[[str], str] | None = None) -> str | None:
    """The id of the record that the field names, None where it is empty. Raises BadEntry at the field."""
    try:
        check_text(visit.typed.value(field), where=field)
    except Refused as problem:
        raise BadEntry((Fault(field, problem.what, problem.remedy),)) from problem
    return picked(visit.session, visit.typed, field, kind, make).id or None


def made(field: str, add: Callable[[], str]) -> str:
    """The id of a record made in place; what is wrong with it is said at the field that named it."""
    try:
        return add()
    except BadEntry as bad:
        raise BadEntry(tuple(Fault(field, one.what, one.remedy) for one in bad.faults)) from bad
    except (Refused, Conflict) as problem:
        raise BadEntry((Fault(field, problem.what, problem.remedy),)) from problem
