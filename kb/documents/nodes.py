"""What the models of all records share: nodes, periods, and passages with their selectors (Web Annotation).

Fields have the names of the document's keys in Python's spelling: `quote_state` is `quoteState`.
"""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from kb.documents import addresses
from kb.documents.forms import (
    Count,
    Digest,
    Edtf,
    Form,
    Language,
    Maybe,
    Ordinal,
    Part,
    Printed,
    SnapshotIri,
    Sources,
    word,
    wrong,
)
from kb.values import vocabulary
from kb.values.period import read_period

# Unknown keys are refused, since a JSON-LD processor drops them without a word. It is a name of its own because
# mypy's plugin would warn of generated aliases on making an object, and these are only ever read.
STRICT = ConfigDict(extra="forbid", strict=True, frozen=True, alias_generator=to_camel)

QuoteState = Annotated[str, word(vocabulary.QUOTE_STATE)]


def numbered(name: str) -> Form:
    """The `@id` of a part that has a number of its own: `#evidence-3`."""
    return Form(rf"#{name}-[1-9][0-9]*$", f"The IRI of this part ends in #{name}- and its number.")


class Strict(BaseModel):
    """An object of a document, with or without an `@id`."""

    model_config = STRICT


class Node(Strict):
    """An object that has an IRI of its own: there are no blank nodes."""

    id: Annotated[Part, Field(alias="@id")]


class Period(Node):
    """A time in EDTF with its bounds as days, for SPARQL cannot compare EDTF; what is open has no bound."""

    type: Annotated[Literal["Period"], Field(alias="@type")]
    edtf: Edtf
    start_date: Maybe[str] = None
    end_date: Maybe[str] = None

    @model_validator(mode="after")
    def _bounds_are_those_of_the_words(self) -> Self:
        period = read_period(self.edtf)
        if (self.start_date, self.end_date) != (period.start_date, period.end_date):
            bounds = f"{period.start_date or 'no day'} to {period.end_date or 'no day'}"
            raise wrong(f"A period has the bounds of its words: {self.edtf} is from {bounds}.")
        return self


class TextQuoteSelector(Node):
    """The words of a passage, exact, in the language they are in."""

    type: Annotated[Literal["TextQuoteSelector"], Field(alias="@type")]
    exact: Annotated[Printed, Field(min_length=1)]
    language: Language
    prefix: Maybe[Printed] = None
    suffix: Maybe[Printed] = None
    segment: Maybe[Printed] = None
    occurrence: Maybe[Ordinal] = None
    occurrences: Maybe[Ordinal] = None

    @model_validator(mode="after")
    def _is_one_of_them(self) -> Self:
        if (self.occurrence is None) != (self.occurrences is None):
            raise wrong("An occurrence is one of so many: occurrence and occurrences go together.")
        if self.occurrence is not None and self.occurrences is not None and self.occurrence > self.occurrences:
            raise wrong(f"There is no occurrence {self.occurrence} of {self.occurrences}.")
        return self


class TextPositionSelector(Node):
    """Start and end in Unicode code points, end exclusive."""

    type: Annotated[Literal["TextPositionSelector"], Field(alias="@type")]
    start: Count
    end: Count

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.start >= self.end:
            raise wrong("A passage ends after it starts.")
        return self


class TimeState(Node):
    """The snapshot in which a passage was found."""

    type: Annotated[Literal["TimeState"], Field(alias="@type")]
    cached_source: SnapshotIri


Selector = Annotated[TextQuoteSelector | TextPositionSelector, Field(discriminator="type")]


class Target(Node):
    """A passage: one source, and in it words and place as far as they are known."""

    type: Annotated[Literal["SpecificResource"], Field(alias="@type")]
    source: Sources
    state: Maybe[TimeState] = None
    text_sha256: Maybe[Digest] = None
    selector: Maybe[Annotated[list[Selector], Field(min_length=1)]] = None

    @property
    def quote(self) -> TextQuoteSelector | None:
        return next((one for one in self.selector or () if isinstance(one, TextQuoteSelector)), None)

    @property
    def position(self) -> TextPositionSelector | None:
        return next((one for one in self.selector or () if isinstance(one, TextPositionSelector)), None)

    @model_validator(mode="after")
    def _words_and_place_agree(self) -> Self:
        quote, position = self.quote, self.position
        if len(self.selector or ()) != (quote is not None) + (position is not None):
            raise wrong("A passage has one quote and one position.")
        if position is not None and (quote is None or len(quote.exact) != position.end - position.start):
            raise wrong("Quote length and positions disagree; both are counted in code points.")
        if self.state is not None and addresses.page_of(self.state.cached_source) != addresses.page_of(self.source):
            raise wrong("The snapshot is of another source than the passage.")
        return self


def check_state(state: str | None, target: Target | None) -> None:
    """Raises where the state of a quote is not what the passage shows (DESIGN 2, “state of a quote”)."""
    if (state is None) != (target is None):
        raise wrong("A passage and the state of its quote go together.")
    if state is None or target is None:
        return
    if (state == "unseen") != (target.quote is None):
        raise wrong("An unseen passage has no quote, one that was seen has one.")
    if state == "verified" and (target.position is None or target.state is None):
        raise wrong("A verified quote has words, position and snapshot.")


class Living(Strict):
    """Living or dead is a dated statement: `living` and `asOf` go together."""

    living: Maybe[Annotated[str, word(vocabulary.LIVING)]] = None
    as_of: Maybe[Edtf] = None
    living_source: Maybe[Sources] = None

    @model_validator(mode="after")
    def _is_dated(self) -> Self:
        if (self.living is None) != (self.as_of is None):
            raise wrong("Living or dead is a dated statement: living and asOf go together.")
        if self.living_source is not None and self.living is None:
            raise wrong("A source that says whether a person lives needs the statement itself.")
        return self
