"""A number in a claim or in evidence, as printed and as read. No bound is ever invented."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from kb.documents.forms import Agents, Decimal, ExternalIds, Maybe, Part, Prose, Topics, classes, word, wrong
from kb.documents.nodes import Node, Period, TextPositionSelector, numbered
from kb.errors import Refused
from kb.values import figure, vocabulary


class Figure(Node):
    """Value and bounds as the words give them; what they do not give is absent."""

    id: Annotated[str, Field(alias="@id"), numbered("figure")]
    type: Annotated[list[str], Field(alias="@type"), classes("Figure", "Observation")]
    as_printed: Prose
    comparator: Annotated[str, word(vocabulary.COMPARATOR)]
    unit: Prose
    value: Maybe[Decimal] = None
    low: Maybe[Decimal] = None
    low_inclusive: Maybe[bool] = None
    high: Maybe[Decimal] = None
    high_inclusive: Maybe[bool] = None
    counted: Maybe[Prose] = None
    measure: Maybe[Topics] = None
    scope: Maybe[Prose] = None
    aspect: Maybe[Part] = None
    rounding_step: Maybe[Decimal] = None
    period: Maybe[Period] = None
    period_note: Maybe[Prose] = None
    counted_by: Maybe[Prose] = None
    counted_by_agent: Maybe[Agents] = None
    share_of: Maybe[Part] = None
    anchor: Maybe[TextPositionSelector] = None
    note: Maybe[Prose] = None
    external_ids: Maybe[ExternalIds] = None

    @model_validator(mode="after")
    def _words_and_bounds_agree(self) -> Self:
        read = figure.Figure(
            raw=next(iter(self.as_printed.values())),
            comparator=self.comparator,
            unit=next(iter(self.unit.values())),
            value=self.value,
            low=self.low,
            high=self.high,
            low_inclusive=self.low_inclusive,
            high_inclusive=self.high_inclusive,
            rounding_step=self.rounding_step,
            period=None if self.period is None else self.period.edtf,
        )
        try:
            figure.check_figure(read)
        except Refused as refusal:
            raise wrong(refusal.what) from refusal
        return self

    @model_validator(mode="after")
    def _anchor_is_as_long_as_the_words(self) -> Self:
        anchor, printed = self.anchor, list(self.as_printed.values())
        if anchor is not None and len(printed) == 1 and len(printed[0]) != anchor.end - anchor.start:
            raise wrong("The words as printed and their anchor differ in length.")
        return self
