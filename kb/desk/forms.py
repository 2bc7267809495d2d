"""Forms of single values in entries; each is checked by `kb.values`, whose refusal names the remedy."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from kb.errors import Refused
from kb.values.decimals import canonical_decimal
from kb.values.grades import check_confidence
from kb.values.ids import is_id
from kb.values.period import read_period
from kb.values.prose import check_iri, check_language, check_text, nfc, shown
from kb.values.vocabulary import ClosedList

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", re.ASCII)
_CODE = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_SLUG = re.compile(r"[0-9a-z]+(-[0-9a-z]+)*", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


def refused(what: str, remedy: str = "") -> PydanticCustomError:
    """What a check says of a value; pydantic adds the place."""
    return PydanticCustomError("refused", "{what}", {"what": what, "remedy": remedy})


def checked(check: Callable[[str], str]) -> AfterValidator:
    """A check of `kb.values` as a validator: it gives the value's proper form."""

    def validate(text: str) -> str:
        try:
            return check(text)
        except Refused as refusal:
            raise refused(refusal.what, refusal.remedy) from refusal

    return AfterValidator(validate)


def one_of(words: ClosedList) -> AfterValidator:
    """A word of a closed list."""
    return checked(lambda text: text if text in words else _unlisted(text, words))


def _unlisted(text: str, words: ClosedList) -> str:
    raise Refused(f"“{shown(text)}” is not in the list {words.name}.", remedy=f"Choose from: {', '.join(words)}.")


def _printed(text: str) -> str:
    if not text or text.isspace():
        raise Refused("words are wanted here, not empty space.", remedy="Write them, or leave the field out.")
    return check_text(text, where="")


def _of_pattern(pattern: re.Pattern[str], what: str, remedy: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        if not pattern.fullmatch(text):
            raise Refused(f"“{shown(text)}” is not {what}.", remedy=remedy)
        return text

    return check


def _day(text: str) -> str:
    _of_pattern(_DAY, "a day", "Write it as 2019-12-04.")(text)
    try:
        date.fromisoformat(text)
    except ValueError as error:
        raise Refused(f"there is no day {text}.", remedy="Write it as 2019-12-04.") from error
    return text


def _moment(text: str) -> str:
    _of_pattern(_MOMENT, "a moment", "Write it in UTC, as 2019-12-04T09:00:00Z.")(text)
    try:
        datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused(f"there is no moment {text}.", remedy="Write it as 2019-12-04T09:00:00Z.") from error
    return text


def _record_id(text: str) -> str:
    if not is_id(text):
        raise Refused(
            f"“{shown(text)}” is not an id.", remedy="An id has eight letters or digits and a check character."
        )
    return text


# The desk's own prose, in normalisation form C.
Prose = Annotated[str, checked(lambda text: nfc(_printed(text)))]
# Words as they stand somewhere: never normalised.
Printed = Annotated[str, checked(_printed)]
# Words before or after a quote, which may be blanks alone.
Context = Annotated[str, checked(lambda text: check_text(text, where=""))]
Language = Annotated[str, checked(check_language)]
Iri = Annotated[str, checked(check_iri)]
Edtf = Annotated[str, checked(lambda text: read_period(text).edtf)]
Day = Annotated[str, checked(_day)]
Moment = Annotated[str, checked(_moment)]
Decimal = Annotated[str, checked(canonical_decimal)]
Confidence = Annotated[str, checked(check_confidence)]
RecordId = Annotated[str, checked(_record_id)]
Digest = Annotated[str, checked(_of_pattern(_DIGEST, "a sha256", "It has 64 digits from 0 to f."))]
Code = Annotated[str, checked(_of_pattern(_CODE, "a code", "Write a short name in small letters: one_network."))]
Slug = Annotated[str, checked(_of_pattern(_SLUG, "a slug", "Write small letters, digits and hyphens: rome-statute."))]
Offset = Annotated[int, Field(ge=0)]
Ordinal = Annotated[int, Field(ge=1)]
# Language → the text in it.
Texts = Annotated[dict[Language, Prose], Field(min_length=1)]
