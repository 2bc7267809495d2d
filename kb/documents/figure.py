"""A number in a claim or in evidence, as printed and as read. No bound is ever invented."""

from decimal import Decimal as Number
from typing import Annotated, Self

from pydantic import Field, model_validator

from kb.documents.forms import Agents, Decimal, ExternalIds, Part, Prose, Topics, classes, word, wrong
from kb.documents.nodes import Node, Period, TextPositionSelector, numbered
from kb.values import vocabulary

_LOW_ONLY = {"over": False, "at_least": True}
_HIGH_ONLY = {"under": False, "at_most": True}
_UNBOUNDED = frozenset({"about", "many", "much"})


class Figure(Node):
    """Value and bounds as the words give them; what they do not give is absent."""

    id: Annotated[str, Field(alias="@id"), numbered("figure")]
    type: Annotated[list[str], Field(alias="@type"), classes("Figure", "Observation")]
    as_printed: Prose
    comparator: Annotated[str, word(vocabulary.COMPARATOR)]
    unit: Prose
    value: Decimal | None = None
    low: Decimal | None = None
    low_inclusive: bool | None = None
    high: Decimal | None = None
    high_inclusive: bool | None = None
    counted: Prose | None = None
    measure: Topics | None = None
    scope: Prose | None = None
    aspect: Part | None = None
    rounding_step: Decimal | None = None
    period: Period | None = None
    period_note: Prose | None = None
    counted_by: Prose | None = None
    counted_by_agent: Agents | None = None
    share_of: Part | None = None
    anchor: TextPositionSelector | None = None
    note: Prose | None = None
    external_ids: ExternalIds | None = None

    @model_validator(mode="after")
    def _bounds_are_whole(self) -> Self:
        if (self.low is None) != (self.low_inclusive is None) or (self.high is None) != (self.high_inclusive is None):
            raise wrong("A bound and its inclusivity go together.")
        if self.low is not None and self.high is not None and Number(self.low) > Number(self.high):
            raise wrong("The lower bound is above the upper one.")
        return self

    @model_validator(mode="after")
    def _bounds_are_those_of_the_words(self) -> Self:
        word, low, high = self.comparator, self.low, self.high
        fits = True
        if word in _LOW_ONLY:
            fits = low is not None and high is None and self.low_inclusive is _LOW_ONLY[word]
        elif word in _HIGH_ONLY:
            fits = low is None and high is not None and self.high_inclusive is _HIGH_ONLY[word]
        elif word == "exact":
            fits = low == high and (low is None or self.value in {None, low})
        elif word == "between":
            fits = low is not None and high is not None
        elif word in _UNBOUNDED:
            fits = low is None and high is None and (word != "about" or self.value is not None)
        elif word == "almost_all":
            fits = low is None
        if not fits:
            raise wrong(f"Comparator and bounds disagree, or a bound was invented: {word}.")
        return self

    @model_validator(mode="after")
    def _anchor_is_as_long_as_the_words(self) -> Self:
        anchor, printed = self.anchor, list(self.as_printed.values())
        if anchor is not None and len(printed) == 1 and len(printed[0]) != anchor.end - anchor.start:
            raise wrong("The words as printed and their anchor differ in length.")
        return self
