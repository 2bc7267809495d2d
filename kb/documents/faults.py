"""Faults of a document: what is wrong and where, as a JSON pointer (RFC 6901)."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from kb.errors import Refused

_IN_WORDS = {
    "missing": "This key is missing.",
    "extra_forbidden": "There is no such key here.",
    "too_short": "What is empty is left out.",
    "none_required": "What is absent is left out.",
}
# Pydantic puts names of its own into a place: of a union's branch, and of a mapping's key.
_NOT_PLACES = frozenset({"[key]", "TextQuoteSelector", "TextPositionSelector"})

_Model = TypeVar("_Model", bound=BaseModel)


class NotADocument(Refused):
    """A document, or a part of one, is not what the model asks for; `where` is a JSON pointer."""


def fault(what: str, *place: str | int) -> NotADocument:
    return NotADocument(what, where=pointer(place))


def pointer(place: Iterable[str | int]) -> str:
    """`/evidence/3/origin`; the whole document is the empty pointer, written as `/`."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in place) or "/"


def read(model: type[_Model], value: Any, *place: str | int) -> tuple[_Model | None, list[NotADocument]]:
    """The value as its model has it, or the faults that keep it from being one."""
    try:
        return model.model_validate(value), []
    except ValidationError as error:
        return None, list(_told(error, place))


def _told(error: ValidationError, place: tuple[str | int, ...]) -> Iterator[NotADocument]:
    for one in error.errors(include_url=False, include_input=False):
        steps = [step for step in one["loc"] if step not in _NOT_PLACES]
        yield fault(_IN_WORDS.get(one["type"], one["msg"]), *place, *steps)
