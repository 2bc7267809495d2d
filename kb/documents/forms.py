"""Forms of single values in a document: words of lists, IRIs, prose, decimals, dates, digests.

What a pattern can say is checked by pydantic's core; what needs more is asked of `kb.values`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, TypeVar, cast

from pydantic import AfterValidator, Field, GetCoreSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

from kb.errors import Refused
from kb.values.decimals import canonical_decimal
from kb.values.period import read_period
from kb.values.prose import check_iri, check_language, check_text
from kb.values.vocabulary import ClosedList

_ISBN = re.compile("urn:isbn:97[89][0-9]{10}")


def wrong(message: str) -> PydanticCustomError:
    """What a rule says when it is broken; pydantic adds the place."""
    return PydanticCustomError("rule", "{message}", {"message": message})


@dataclass(frozen=True)
class Form:
    """A string that fits a pattern (unanchored, as Rust's regex reads it), and what to say of one that does not."""

    pattern: str
    message: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.custom_error_schema(
            core_schema.str_schema(pattern=self.pattern, strict=True),
            custom_error_type="form",
            custom_error_message="{message}",
            custom_error_context={"message": self.message},
        )


@dataclass(frozen=True)
class OneOf:
    """Exactly one of these values: the words of a closed list, or the classes that a node has."""

    values: tuple[Any, ...]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.literal_schema(list(self.values))


@dataclass(frozen=True)
class _NeverNull:
    """Takes None out of what pydantic reads; it stays in what Python sees of a key that is absent."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        read: Any = handler(source)
        return cast(core_schema.CoreSchema, read["schema"] if read["type"] == "nullable" else read)


Value = TypeVar("Value")
# A key that may be absent, but never null: absent is absent.
Maybe = Annotated[Value | None, _NeverNull()]


def word(closed: ClosedList) -> OneOf:
    return OneOf(closed.words)


def classes(*names: str) -> OneOf:
    """The `@type` of a node that has more than one class, in this order."""
    return OneOf((list(names),))


def _told(check: Callable[[str], object]) -> AfterValidator:
    """One of the checks of `kb.values`, whose refusal becomes pydantic's."""

    def checked(value: str) -> str:
        try:
            check(value)
        except Refused as refusal:
            raise wrong(f"{refusal.what} {refusal.remedy}".rstrip()) from refusal
        return value

    return AfterValidator(checked)


def _not_blank(value: str) -> str:
    if not value or value.isspace():
        raise wrong("Words are wanted here, not empty space.")
    return value


def _day(value: str) -> str:
    try:
        date.fromisoformat(value)
    except ValueError as error:
        raise wrong(f"There is no such day: {error}.") from error
    return value


def _moment(value: str) -> str:
    try:
        datetime.fromisoformat(value)
    except ValueError as error:
        raise wrong(f"There is no such moment: {error}.") from error
    return value


def _fit(value: str) -> None:
    check_text(value, where="")


def _canonical(value: str) -> None:
    if (proper := canonical_decimal(value)) != value:
        raise Refused(f"Decimals are canonical: {proper}, not {value}.")


def _identity(value: str) -> None:
    """An IRI of `kb.values.identifiers`: an address, or the name of a book, which has none."""
    if not _ISBN.fullmatch(value):
        check_iri(value)


Language = Annotated[str, _told(check_language)]
# Words as they stand somewhere: blanks alone are a quote too, as in a prefix.
Printed = Annotated[str, _told(_fit)]
Text = Annotated[str, _told(_fit), AfterValidator(_not_blank)]
Prose = Annotated[dict[Language, Text], Field(min_length=1)]
# A question ends as the writing that it is in ends one: Latin, Arabic, full-width.
Question = Annotated[
    dict[
        Language,
        Annotated[str, Form("[?\u061f\uff1f]$", "The bare matter is a question."), _told(_fit)],
    ],
    Field(min_length=1),
]
Words = Annotated[dict[Language, Annotated[list[Text], Field(min_length=1)]], Field(min_length=1)]

Address = Annotated[str, _told(check_iri)]
SameAs = Annotated[list[Annotated[str, _told(_identity)]], Field(min_length=1)]
Claims = Annotated[str, Form(r"/claims/[0-9a-z]+#it$", "This is not the IRI of a claim.")]
Sources = Annotated[str, Form(r"/sources/[0-9a-z]+#it$", "This is not the IRI of a source.")]
Agents = Annotated[str, Form(r"/agents/[0-9a-z]+#it$", "This is not the IRI of an agent's record.")]
Origins = Annotated[str, Form(r"/origins/[0-9a-z]+#it$", "This is not the IRI of an origin.")]
Topics = Annotated[str, Form(r"/topics/[0-9a-z-]+#it$", "This is not the IRI of a topic.")]
SnapshotIri = Annotated[
    str, Form(r"/sources/[0-9a-z]+#snapshot-[1-9][0-9]*$", "This is not the IRI of a snapshot of a source.")
]
MethodVersion = Annotated[
    str, Form(r"/method/v[1-9][0-9]*$", "The method is a version of the method page, such as /method/v1.")
]
Part = Annotated[str, Form(r"#[a-z]+(-[a-z0-9]+)*$", "This is not the IRI of a part of the record.")]

Decimal = Annotated[str, _told(_canonical)]
Confidence = Annotated[
    str,
    Form(r"^(0|1|0\.[0-9]?[1-9])$", "Confidence is a canonical decimal from 0 to 1 in hundredths: 0.9, never 0.90."),
]
Digest = Annotated[str, Form("^[0-9a-f]{64}$", "A SHA-256 is 64 lower-case hexadecimal digits.")]
Nonce = Annotated[str, Form("^[0-9a-f]{32}$", "The nonce is 128 bits in lower-case hexadecimal.")]
Day = Annotated[str, Form("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "A day is written as 2019-12-19."), AfterValidator(_day)]
Moment = Annotated[
    str,
    Form(
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$",
        "A moment is UTC in whole seconds, with Z: 2026-11-25T09:00:00Z.",
    ),
    AfterValidator(_moment),
]
Edtf = Annotated[str, _told(read_period)]
Count = Annotated[int, Field(ge=0)]
Ordinal = Annotated[int, Field(ge=1)]
ExternalIds = Annotated[
    list[Annotated[str, Form(r"^[^\s:]+:\S", "An id in another collection has a prefix: seed:C04."), _told(_fit)]],
    Field(min_length=1),
]
