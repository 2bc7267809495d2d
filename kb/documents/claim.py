"""A claim as an edition says it: statement, question, aspects, appearances, evidence, assessment, replies."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from kb.documents.appearance import Appearance
from kb.documents.assessment import Assessment, Reply
from kb.documents.evidence import Evidence, OpenQuestion, Search
from kb.documents.figure import Figure
from kb.documents.forms import (
    Agents,
    Claims,
    Day,
    Edtf,
    ExternalIds,
    Form,
    Maybe,
    Prose,
    Question,
    Sources,
    Topics,
    Words,
    classes,
    word,
    wrong,
)
from kb.documents.nodes import Living, Node, numbered
from kb.values import vocabulary

Relations = Annotated[
    dict[Annotated[str, word(vocabulary.RELATION)], Annotated[list[Claims], Field(min_length=1)]], Field(min_length=1)
]
# What an edition says of a claim that was withdrawn (RDF.md 1); all else goes with the assessment.
LEFT_WHEN_WITHDRAWN = frozenset(
    {"id", "type", "statement", "question", "concerns", "replies", "topics", "relations", "note", "external_ids"}
)


class Aspect(Node):
    """A part of a claim that can be right or wrong by itself; its code is its short name."""

    id: Annotated[str, Field(alias="@id"), numbered("aspect")]
    type: Annotated[Literal["Aspect"], Field(alias="@type")]
    code: Annotated[str, Form("^[a-z][a-z0-9_]*$", "A code is a short name in small letters: one_network.")]
    label: Prose
    main: bool
    note: Maybe[Prose] = None
    external_ids: Maybe[ExternalIds] = None


class _Named(Node, Living):
    name: Prose
    record: Maybe[Agents] = None
    other_names: Maybe[Words] = None
    visibility: Maybe[Annotated[str, word(vocabulary.VISIBILITY)]] = None
    note: Maybe[Prose] = None
    external_ids: Maybe[ExternalIds] = None

    @model_validator(mode="after")
    def _private_has_no_record(self) -> Self:
        if self.visibility == "private" and self.record is not None:
            raise wrong("What is private has no record.")
        return self


class Mention(_Named):
    """A name inside a claim; with a record where an agent is meant."""

    id: Annotated[str, Field(alias="@id"), numbered("mention")]
    type: Annotated[Literal["Mention"], Field(alias="@type")]
    as_printed: Maybe[Prose] = None
    genre: Maybe[Prose] = None
    died_on: Maybe[Edtf] = None


class Concerned(_Named):
    """A person not known to be dead whom the claim touches."""

    id: Annotated[str, Field(alias="@id"), numbered("concerned")]
    type: Annotated[Literal["Concerned"], Field(alias="@type")]


class Claim(Node):
    """One checkable statement in neutral words that says who says it, and the bare matter as a question."""

    id: Annotated[str, Field(alias="@id"), Form(r"/claims/[0-9a-z]+#it$", "A claim stands under /claims/ and its id.")]
    type: Annotated[list[str], Field(alias="@type"), classes("Claim", "CreativeWork")]
    statement: Prose
    question: Question
    title: Maybe[Prose] = None
    claim_type: Maybe[Annotated[str, word(vocabulary.CLAIM_TYPE)]] = None
    commitment: Maybe[Annotated[str, word(vocabulary.COMMITMENT)]] = None
    checkability: Maybe[Annotated[str, word(vocabulary.CHECKABILITY)]] = None
    checkability_reason: Maybe[Prose] = None
    hedges: Maybe[Words] = None
    boosters: Maybe[Words] = None
    topics: Maybe[Annotated[list[Topics], Field(min_length=1)]] = None
    author: Maybe[Annotated[list[Agents], Field(min_length=1)]] = None
    date_published: Maybe[Day] = None
    appears_in: Maybe[Annotated[list[Sources], Field(min_length=1)]] = None
    first_appearance: Maybe[Sources] = None
    mentions: Maybe[Annotated[list[Mention], Field(min_length=1)]] = None
    concerns: Maybe[Annotated[list[Concerned], Field(min_length=1)]] = None
    aspects: Maybe[Annotated[list[Aspect], Field(min_length=1)]] = None
    appearances: Maybe[Annotated[list[Appearance], Field(min_length=1)]] = None
    figures: Maybe[Annotated[list[Figure], Field(min_length=1)]] = None
    evidence: Maybe[Annotated[list[Evidence], Field(min_length=1)]] = None
    open_questions: Maybe[Annotated[list[OpenQuestion], Field(min_length=1)]] = None
    searches: Maybe[Annotated[list[Search], Field(min_length=1)]] = None
    replies: Maybe[Annotated[list[Reply], Field(min_length=1)]] = None
    no_reply_found_on: Maybe[Day] = None
    assessment: Maybe[Assessment] = None
    relations: Maybe[Relations] = None
    note: Maybe[Prose] = None
    external_ids: Maybe[ExternalIds] = None

    @property
    def is_withdrawn(self) -> bool:
        """True for the short form that stands after a withdrawal."""
        return self.assessment is None

    @model_validator(mode="after")
    def _is_whole_or_withdrawn(self) -> Self:
        whole = (self.claim_type, self.commitment, self.checkability, self.checkability_reason, self.aspects)
        if self.is_withdrawn and self.model_fields_set <= LEFT_WHEN_WITHDRAWN:
            return self
        if self.is_withdrawn or self.appearances is None or None in whole:
            raise wrong(
                "A claim has an assessment, an aspect, an appearance, claimType, commitment and checkability with"
                " reason; or, withdrawn, statement, question, persons concerned, replies, topics and relations alone."
            )
        return self
