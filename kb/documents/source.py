"""A source as an edition says it, with what it rests on and its snapshots."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from kb.documents.forms import (
    Address,
    Agents,
    Count,
    Day,
    Digest,
    ExternalIds,
    Form,
    Language,
    Maybe,
    Moment,
    OneOf,
    Origins,
    Prose,
    SameAs,
    Sources,
    Text,
    classes,
    word,
    wrong,
)
from kb.documents.nodes import Node, Period, numbered
from kb.values import vocabulary


class Segment(Node):
    """A stretch of a text of record, in code points, end exclusive."""

    type: Annotated[Literal["Segment"], Field(alias="@type")]
    code: Text
    start: Count
    end: Count
    segment_role: Annotated[str, word(vocabulary.SEGMENT_ROLE)]
    claims_taken: bool
    note: Maybe[Prose] = None

    @model_validator(mode="after")
    def _is_a_stretch(self) -> Self:
        if self.start >= self.end:
            raise wrong("A segment ends after it starts.")
        if self.segment_role == "foreign_matter" and self.claims_taken:
            raise wrong("No claim is taken from foreign matter.")
        return self


class Snapshot(Node):
    """What a source said at one moment. Held: we have the bytes; withheld: hash, length, address, date."""

    id: Annotated[str, Field(alias="@id"), numbered("snapshot")]
    type: Annotated[list[str], Field(alias="@type"), classes("Snapshot", "MediaObject")]
    holding: Annotated[str, word(vocabulary.HOLDING)]
    open_to_readers: bool
    sha256: Digest
    text_sha256: Digest
    byte_size: Count
    retrieved_on: Moment
    characters: Maybe[Count] = None
    encoding_format: Maybe[Text] = None
    in_language: Maybe[Language] = None
    license: Maybe[Address] = None
    retrieved_from: Maybe[Address] = None
    retrieved_with: Maybe[Text] = None
    segments: Maybe[Annotated[list[Segment], Field(min_length=1)]] = None
    note: Maybe[Prose] = None

    @model_validator(mode="after")
    def _withheld_is_not_open(self) -> Self:
        if self.holding == "withheld" and self.open_to_readers:
            raise wrong("A withheld snapshot is not open to readers.")
        return self

    @model_validator(mode="after")
    def _segments_stand_in_the_text(self) -> Self:
        segments = self.segments or []
        if self.characters is not None and any(one.end > self.characters for one in segments):
            raise wrong("A segment goes beyond the end of the text.")
        if len({one.code for one in segments}) != len(segments):
            raise wrong("Two segments have one code.")
        return self


class Source(Node):
    """A work that can be cited. `published` is its date as an EDTF period, `datePublished` the day where known."""

    id: Annotated[
        str, Field(alias="@id"), Form(r"/sources/[0-9a-z]+#it$", "A source stands under /sources/ and its id.")
    ]
    type: Annotated[list[str], Field(alias="@type"), OneOf(tuple(["Source", one] for one in vocabulary.SOURCE_CLASS))]
    title: Prose
    publisher_as_printed: Prose
    published: Period
    genre: Prose
    in_language: Language
    seen: bool
    status: Annotated[str, word(vocabulary.WORK_STATUS)]
    url: Maybe[Address] = None
    date_published: Maybe[Day] = None
    date_note: Maybe[Prose] = None
    title_from_address: Maybe[bool] = None
    author_as_printed: Maybe[Prose] = None
    publisher: Maybe[Agents] = None
    author: Maybe[Annotated[list[Agents], Field(min_length=1)]] = None
    license: Maybe[Address] = None
    copy_of: Maybe[Sources] = None
    copy_of_as_printed: Maybe[Prose] = None
    derived_from: Maybe[Annotated[list[Sources], Field(min_length=1)]] = None
    rests_on: Maybe[Annotated[list[Origins], Field(min_length=1)]] = None
    status_date: Maybe[Day] = None
    status_notice: Maybe[Address] = None
    snapshots: Maybe[Annotated[list[Snapshot], Field(min_length=1)]] = None
    same_as: Maybe[SameAs] = None
    description: Maybe[Prose] = None
    note: Maybe[Prose] = None
    external_ids: Maybe[ExternalIds] = None

    @model_validator(mode="after")
    def _retracted_since(self) -> Self:
        if self.status == "retracted" and self.status_date is None:
            raise wrong("A retracted source needs statusDate.")
        return self

    @model_validator(mode="after")
    def _is_not_behind_itself(self) -> Self:
        if self.id in {self.copy_of, *(self.derived_from or ())}:
            raise wrong("A source cannot copy or derive from itself.")
        return self

    @model_validator(mode="after")
    def _day_is_the_day_of_the_period(self) -> Self:
        period = self.published
        day = period.edtf if period.edtf == period.start_date == period.end_date else None
        if self.date_published != day:
            raise wrong("datePublished is the day of `published` where that is one day, and absent otherwise.")
        return self
