"""What verbs take: frozen entries whose fields are checked as the entry is made."""

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from kb.errors import Refused


@dataclass(frozen=True)
class Fault:
    """One thing wrong with an entry; `field` is its path, as `names.0.text`."""

    field: str
    what: str
    remedy: str = ""


class BadEntry(Refused):
    """An entry that cannot be taken; it names every field at fault."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        first = faults[0]
        more = f" ({len(faults) - 1} more)" if len(faults) > 1 else ""
        super().__init__(first.what + more, where=first.field, remedy=first.remedy)
        self.faults = faults


class Entry(BaseModel):
    """Unknown fields are refused, and nothing is turned into something else in silence."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    def __init__(self, /, **values: Any) -> None:
        """Raises BadEntry."""
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise BadEntry(faults_of(error)) from error

    # Says to pydantic that entries inside entries need no detour through this, which would lose the path of a fault.
    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]


_WANTED = {
    "model_type": "an object",
    "model_attributes_type": "an object",
    "dict_type": "an object",
    "list_type": "a list",
    "tuple_type": "a list",
    "string_type": "a text",
    "bool_type": "true or false",
    "int_type": "a whole number",
}


def faults_of(error: ValidationError) -> tuple[Fault, ...]:
    """Pydantic's findings in plain words."""
    return tuple(_fault(found) for found in error.errors(include_url=False, include_input=False))


def _fault(found: Any) -> Fault:
    field = ".".join(str(step) for step in found["loc"])
    context = found.get("ctx", {})
    if found["type"] == "refused":
        return Fault(field, context["what"], context["remedy"])
    if found["type"] == "extra_forbidden":
        return Fault(field, "there is no such field.", "Take it out, or correct its name.")
    if found["type"] == "too_short" and context.get("min_length") == 1:
        return Fault(field, "one at least is needed.", "Choose or add one.")
    if found["type"] == "missing":
        return Fault(field, "it is missing.", "Add it.")
    if found["type"] in _WANTED:
        return Fault(field, f"{_WANTED[found['type']]} is wanted here.", "Correct it.")
    return Fault(field, f"{found['msg']}.", "Correct it.")
