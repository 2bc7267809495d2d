"""What bears on a claim: evidence, what would settle it, and searches that found nothing usable."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from kb.documents.figure import Figure
from kb.documents.forms import Day, ExternalIds, Maybe, Origins, Part, Prose, Sources, word, wrong
from kb.documents.nodes import Node, QuoteState, Target, check_state, numbered
from kb.values import vocabulary

Grade = Annotated[str, word(vocabulary.GRADE)]


class Evidence(Node):
    """A passage of a source that bears on one aspect; the grade of the source is for this use."""

    id: Annotated[str, Field(alias="@id"), numbered("evidence")]
    type: Annotated[Literal["Evidence"], Field(alias="@type")]
    stance: Annotated[str, word(vocabulary.STANCE)]
    aspect: Part
    quote_state: QuoteState
    origin: Origins
    source_grade: Grade
    source_grade_reason: Prose
    target: Target
    translation: Maybe[Prose] = None
    strength: Maybe[Annotated[str, word(vocabulary.STRENGTH)]] = None
    strength_reason: Maybe[Prose] = None
    figures: Maybe[Annotated[list[Figure], Field(min_length=1)]] = None
    explains: Maybe[Annotated[list[Part], Field(min_length=1)]] = None
    note: Maybe[Prose] = None
    external_ids: Maybe[ExternalIds] = None

    @property
    def grade(self) -> str:
        return self.source_grade

    @model_validator(mode="after")
    def _quote_is_as_its_state_says(self) -> Self:
        check_state(self.quote_state, self.target)
        return self


class _SetAside(Node):
    """Graded, but no evidence: never counted, since counting goes by `evidence`."""

    aspect: Maybe[Part] = None
    origin: Maybe[Origins] = None
    source_grade: Maybe[Grade] = None
    source_grade_reason: Maybe[Prose] = None
    note: Maybe[Prose] = None
    external_ids: Maybe[ExternalIds] = None

    @property
    def named(self) -> str | None:
        """The source that it names, if any."""
        raise NotImplementedError

    @model_validator(mode="after")
    def _source_has_its_grade(self) -> Self:
        if {self.source_grade is not None, self.source_grade_reason is not None} != {self.named is not None}:
            raise wrong("What names a source has its grade, with the reason; what names none has no grade.")
        return self


class OpenQuestion(_SetAside):
    """What would have to be read."""

    id: Annotated[str, Field(alias="@id"), numbered("open")]
    type: Annotated[Literal["OpenQuestion"], Field(alias="@type")]
    label: Prose
    would_settle: Maybe[Sources] = None

    @property
    def named(self) -> str | None:
        return self.would_settle


class Search(_SetAside):
    """A search without usable result is a record too."""

    id: Annotated[str, Field(alias="@id"), numbered("search")]
    type: Annotated[Literal["Search"], Field(alias="@type")]
    description: Prose
    outcome: Annotated[str, word(vocabulary.SEARCH_OUTCOME)]
    searched_in: Maybe[Prose] = None
    searched_on: Maybe[Day] = None
    found_source: Maybe[Sources] = None
    target: Maybe[Target] = None
    quote_state: Maybe[QuoteState] = None
    translation: Maybe[Prose] = None

    @property
    def named(self) -> str | None:
        return self.found_source

    @model_validator(mode="after")
    def _outcome_is_whole(self) -> Self:
        if (self.outcome == "nothing_found") != (self.found_source is None):
            raise wrong("A search that found something names the source; one that found nothing names none.")
        if self.outcome == "nothing_found" and (self.searched_in is None or self.searched_on is None):
            raise wrong("A search that found nothing has a place and a day.")
        return self

    @model_validator(mode="after")
    def _passage_stands_in_what_was_found(self) -> Self:
        check_state(self.quote_state, self.target)
        if self.target is not None and self.target.source != self.found_source:
            raise wrong("The passage of a search stands in the source found.")
        return self
