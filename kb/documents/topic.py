"""A topic as an edition says it; a measure is a topic that says what figures count."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from kb.documents.forms import ExternalIds, Form, Maybe, OneOf, Prose, SameAs, Topics, Words, word, wrong
from kb.documents.nodes import Node
from kb.values import vocabulary

MEASURE = ["Measure", "Concept"]


class Topic(Node):
    """A subject under which claims are listed. Its slug is its address and never holds a person's name."""

    id: Annotated[
        str, Field(alias="@id"), Form(r"/topics/[0-9a-z-]+#it$", "A topic stands under /topics/ and its slug.")
    ]
    type: Annotated[list[str], Field(alias="@type"), OneOf((["Topic", "Concept"], MEASURE))]
    pref_label: Prose
    broader: Maybe[Annotated[list[Topics], Field(min_length=1)]] = None
    measure_kind: Maybe[Annotated[str, word(vocabulary.MEASURE_KIND)]] = None
    other_names: Maybe[Words] = None
    same_as: Maybe[SameAs] = None
    description: Maybe[Prose] = None
    note: Maybe[Prose] = None
    external_ids: Maybe[ExternalIds] = None

    @model_validator(mode="after")
    def _measure_has_its_kind(self) -> Self:
        if (self.type == MEASURE) != (self.measure_kind is not None):
            raise wrong("A measure is an event, a flow or a stock; another topic is none of them.")
        return self

    @model_validator(mode="after")
    def _is_not_above_itself(self) -> Self:
        if self.id in (self.broader or ()):
            raise wrong("A topic cannot be broader than itself.")
        return self
