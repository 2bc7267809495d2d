"""The records of the files, field by field: what is asked of each before anything is written."""

from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from kb.desk.forms import (
    Code,
    Confidence,
    Context,
    Day,
    Decimal,
    Digest,
    Edtf,
    Iri,
    Language,
    Offset,
    Ordinal,
    Printed,
    Prose,
    checked,
    refused,
)
from kb.errors import Refused
from kb.imports.seed.words import INVERSES, SET_ASIDE, WOULD_SETTLE, check_living, number, word
from kb.values import vocabulary as lists
from kb.values.figure import Figure, check_figure

Number = Annotated[Decimal, number()]
Stances = word(lists.STANCE, more=(WOULD_SETTLE, *SET_ASIDE))


class Row(BaseModel):
    """An object of the files. Every key is known, and of the type that it should be."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class SegmentRow(Row):
    id: Printed
    start: Offset
    end: Offset
    role: Annotated[str, word(lists.SEGMENT_ROLE)]
    claims_taken: bool
    note: Prose | None
    first_words: Any = None


class ArticleRow(Row):
    """`source` of claims.json: the article taken apart."""

    id: Printed
    title: Printed
    publication: Printed
    publisher: Printed | None
    author: Printed | None
    date: Edtf
    language: Language
    url: Iri
    kind: Prose
    # An open licence for the whole text; without it the text is kept and never shown.
    licence: Iri | None = None
    file: Any = None
    sha256: Digest
    bytes: Offset
    encoding: Any = None
    characters: Offset
    offset_unit: Any = None
    normalisation: Any = None
    line_ends: Any = None
    segments: list[SegmentRow]


class EntityRow(Row):
    id: Printed
    name: Printed
    kind: Prose
    other_names: list[Printed]
    living: Annotated[str, checked(check_living)] | None
    visibility: Annotated[str, word(lists.VISIBILITY)]


class PlaceRow(Row):
    """Words of the article and where they stand."""

    exact: Printed
    prefix: Context | None
    suffix: Context | None
    start: Offset
    end: Offset
    occurrence: Ordinal
    occurrences: Ordinal

    @model_validator(mode="after")
    def _is_a_place(self) -> Self:
        if self.end - self.start != len(self.exact):
            what = f"from {self.start} to {self.end} is not the place of {len(self.exact)} characters."
            raise refused(what, "Count in code points, with the end exclusive.")
        if self.occurrence > self.occurrences:
            raise refused(f"there is no occurrence {self.occurrence} of {self.occurrences}.", "Count from 1.")
        return self


class QuoteRow(PlaceRow):
    segment: Printed


class LinkRow(Row):
    agent: Printed
    role: Annotated[str, word(lists.LINK_ROLE)]
    verb: Printed | None
    factive: bool
    stance: Annotated[str, word(lists.ATTITUDE)]


class AttributionRow(Row):
    certainty: Annotated[str, word(lists.CERTAINTY)]
    reason: Prose


class AspectRow(Row):
    id: Code
    text: Prose
    main: bool


class FigureRow(Row):
    """A figure of evidence; `raw` is a piece of its quote."""

    id: Printed
    raw: Printed
    value: Number | None
    low: Number | None
    high: Number | None
    low_inclusive: bool | None
    high_inclusive: bool | None
    comparator: Annotated[str, word(lists.COMPARATOR)]
    unit: Prose
    counted: Prose | None
    rounding_hint: Number | None
    period: Edtf | None
    period_note: Prose | None
    counted_by: Prose | None
    note: Prose | None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        names = ("raw", "comparator", "unit", "value", "low", "high", "low_inclusive", "high_inclusive", "period")
        given = {name: getattr(self, name) for name in names}
        try:
            check_figure(Figure(**given, rounding_step=self.rounding_hint))
        except Refused as refusal:
            raise refused(refusal.what, refusal.remedy or "Give what the words give, and no more.") from refusal
        return self


class ClaimFigureRow(FigureRow):
    start: Offset
    end: Offset


class MentionRow(Row):
    entity: Printed
    as_printed: Printed | None


class RelationRow(Row):
    type: Annotated[str, word(lists.RELATION, more=tuple(INVERSES))]
    target: Printed


class CheckabilityRow(Row):
    level: Annotated[str, word(lists.CHECKABILITY)]
    reason: Prose


class ClaimRow(Row):
    id: Printed
    slug: Any = None
    statement: Prose
    question: Prose
    quote: QuoteRow
    other_places: list[QuoteRow]
    claimant_chain: Annotated[list[LinkRow], Field(min_length=1)]
    attribution: AttributionRow
    claim_type: Annotated[str, word(lists.CLAIM_TYPE)]
    strength: Annotated[str, word(lists.COMMITMENT)]
    hedges: list[Printed]
    boosters: list[Printed]
    aspects: Annotated[list[AspectRow], Field(min_length=1)]
    figures: list[ClaimFigureRow]
    topics: list[Prose]
    entities: list[MentionRow]
    concerns_living_persons: list[Printed]
    relations: list[RelationRow]
    checkability: CheckabilityRow
    notes: Prose | None


class LeftOutRow(Row):
    quote: PlaceRow
    reason: Prose


class OriginRow(Row):
    id: Printed
    label: Prose
    kind: Prose
    seen: bool
    note: Prose | None


class ReliabilityRow(Row):
    grade: Annotated[str, word(lists.GRADE)]
    reason: Prose


class LineageRow(Row):
    origins: list[Printed]
    derived_from: list[Printed]


class SourceRow(Row):
    id: Printed
    title: Printed
    title_from_address: bool
    publisher: Printed
    author: Printed | None
    date: Edtf
    date_note: Prose | None
    url: Iri | None
    kind: Prose
    language: Language
    seen: bool
    copy_of: Printed | None
    reliability: ReliabilityRow
    lineage: LineageRow
    note: Prose | None


class EvidenceRow(Row):
    id: Printed
    source: Printed
    claim: Printed
    aspect: Code
    stance: Annotated[str, Stances]
    quote: Printed | None
    translation: Prose | None
    quote_language: Language | None
    figures: list[FigureRow]
    seen: bool
    note: Prose | None
    origin: Printed

    @model_validator(mode="after")
    def _words_are_there_if_they_were_read(self) -> Self:
        if self.seen and self.quote is None:
            raise refused("it was seen, and has no quote.", "Give the words, or set seen to false.")
        if self.quote is not None and self.quote_language is None:
            raise refused("its quote has no quote_language.", "Say in which language the words are.")
        if self.stance == WOULD_SETTLE and self.note is None:
            raise refused("what would settle the matter says why in its note.", "Write the note.")
        return self


class VerdictRow(Row):
    aspect: Code
    verdict: Annotated[str, word(lists.VERDICT)]
    confidence: Annotated[Confidence, number()]
    supports: list[Printed]
    contradicts: list[Printed]
    qualifies: list[Printed]


class ReplyRow(Row):
    agent: Printed | None
    short: Prose
    text: Prose
    evidence: list[Printed]
    date: Edtf | None


class AssessmentRow(Row):
    claim: Printed
    verdict: Annotated[str, word(lists.VERDICT)]
    confidence: Annotated[Confidence, number()]
    reason: Prose
    aspects: Annotated[list[VerdictRow], Field(min_length=1)]
    reply_of_persons_concerned: Prose | None
    replies: list[ReplyRow]
    open_questions: list[Prose]
    seen_evidence: Offset
    independent_origins: list[Printed]
    status: Any = None
    assessed_on: Day
