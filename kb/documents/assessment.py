"""What is judged and what is answered: the verdict on a claim and its aspects, and the replies of those concerned."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from kb.documents.forms import (
    Address,
    Agents,
    Confidence,
    Count,
    Day,
    Edtf,
    ExternalIds,
    Form,
    Maybe,
    MethodVersion,
    Origins,
    Part,
    Prose,
    classes,
    word,
    wrong,
)
from kb.documents.nodes import Node, QuoteState, Target, check_state, numbered
from kb.values import grades, vocabulary

BEST, WORST = 5, 1
# DESIGN 2 and RDF.md 4: a number only where the verdict is a degree of support; the others have a label alone.
RATINGS = {"supported": BEST, "partly_supported": 3, "contradicted": WORST}

Verdict = Annotated[str, word(vocabulary.VERDICT)]
_ASPECT_VERDICT_ID = Form(
    r"#assessment-[1-9][0-9]*-aspect-[1-9][0-9]*$",
    "The IRI of an aspect's verdict ends in #assessment-, a number, -aspect- and a number.",
)


class _Judged(Node):
    verdict: Verdict
    confidence: Confidence
    band: Annotated[str, word(vocabulary.BAND)]

    @model_validator(mode="after")
    def _band_is_that_of_the_confidence(self) -> Self:
        if self.band != (band := grades.band(self.confidence)):
            raise wrong(f"The band of {self.confidence} is {band}, not {self.band}.")
        return self


class AspectVerdict(_Judged):
    """The verdict on one aspect."""

    id: Annotated[str, Field(alias="@id"), _ASPECT_VERDICT_ID]
    type: Annotated[Literal["AspectVerdict"], Field(alias="@type")]
    aspect: Part
    reason: Maybe[Prose] = None


class Rating(Node):
    """The label that the page shows, and a number where there is one."""

    type: Annotated[Literal["Rating"], Field(alias="@type")]
    rating_label: Prose
    rating_value: Maybe[int] = None
    best_rating: Maybe[int] = None
    worst_rating: Maybe[int] = None


class Assessment(_Judged):
    """Verdict, confidence and reason on a claim, with what is computed from its parts."""

    id: Annotated[str, Field(alias="@id"), numbered("assessment")]
    type: Annotated[list[str], Field(alias="@type"), classes("Assessment", "ClaimReview")]
    author: Annotated[list[Agents], Field(min_length=1)]
    url: Address
    claim_reviewed: Prose
    assessed_on: Day
    reason: Prose
    computed_verdict: Verdict
    method: MethodVersion
    independent_origins: Count
    seen_evidence: Count
    rating: Rating
    aspect_verdicts: Annotated[list[AspectVerdict], Field(min_length=1)]
    failing: Maybe[Annotated[list[Part], Field(min_length=1)]] = None
    override_reason: Maybe[Prose] = None
    confidence_reason: Maybe[Prose] = None
    would_change: Maybe[Prose] = None
    note: Maybe[Prose] = None

    @model_validator(mode="after")
    def _departs_with_a_reason(self) -> Self:
        if self.verdict != self.computed_verdict and self.override_reason is None:
            raise wrong("A verdict that departs from the roll-up needs overrideReason.")
        return self

    @model_validator(mode="after")
    def _rating_is_that_of_the_verdict(self) -> Self:
        value = RATINGS.get(self.verdict)
        bounds = (None, None) if value is None else (BEST, WORST)
        if (self.rating.rating_value, self.rating.best_rating, self.rating.worst_rating) != (value, *bounds):
            raise wrong("ratingValue is 5, 3 or 1 (best 5, worst 1) by the verdict, and absent for the other verdicts.")
        return self


class Reply(Node):
    """What a person or party concerned says to the matter; the short form stands wherever the allegation is."""

    id: Annotated[str, Field(alias="@id"), numbered("reply")]
    type: Annotated[Literal["Reply"], Field(alias="@type")]
    statement: Prose
    short: Prose
    by: Maybe[Part] = None
    agent: Maybe[Agents] = None
    name: Maybe[Prose] = None
    unnamed: Maybe[bool] = None
    stated_on: Maybe[Edtf] = None
    said_in: Maybe[Annotated[list[Part], Field(min_length=1)]] = None
    target: Maybe[Target] = None
    quote_state: Maybe[QuoteState] = None
    origin: Maybe[Origins] = None
    translation: Maybe[Prose] = None
    note: Maybe[Prose] = None
    external_ids: Maybe[ExternalIds] = None

    @model_validator(mode="after")
    def _says_who_replies(self) -> Self:
        known = self.by is not None or self.agent is not None
        if not known and self.name is None and not self.unnamed:
            raise wrong("A reply says who replies, or that this is not said.")
        if known and self.unnamed:
            raise wrong("A reply whose speaker is not told names none.")
        return self

    @model_validator(mode="after")
    def _passage_has_its_state(self) -> Self:
        check_state(self.quote_state, self.target)
        return self
