"""Passages: exact quotes of a source. The desk says how a quote is known; nobody else may."""

from typing import Any, Self

from pydantic import model_validator
from sqlalchemy.orm import Session

from kb.desk import records
from kb.desk.changes import keep
from kb.desk.entry import Entry
from kb.desk.forms import Context, Digest, Language, Offset, Ordinal, Printed, RecordId, refused
from kb.desk.tables import Passage, Source
from kb.desk.texts import Texts
from kb.values.quote import Quote, locate


class QuoteEntry(Entry):
    """Exact words, never normalised, and what is known of their place, in code points with the end exclusive.

    `text_sha256` is that of the text in which somebody read them.
    """

    exact: Printed
    language: Language
    prefix: Context | None = None
    suffix: Context | None = None
    start: Offset | None = None
    end: Offset | None = None
    occurrence: Ordinal | None = None
    occurrences: Ordinal | None = None
    segment: Printed | None = None
    text_sha256: Digest | None = None

    @model_validator(mode="after")
    def _place_is_whole(self) -> Self:
        if (self.start is None) != (self.end is None):
            raise refused("start and end go together.", "Give both, or neither.")
        if self.start is not None and self.end is not None and self.end - self.start != len(self.exact):
            what = f"from {self.start} to {self.end} is not the place of {len(self.exact)} characters."
            raise refused(what, "Count in code points, with the end exclusive.")
        if (self.occurrence is None) != (self.occurrences is None):
            raise refused("occurrence and occurrences go together.", "Give both, or neither.")
        if self.occurrence is not None and self.occurrences is not None and self.occurrence > self.occurrences:
            raise refused(f"there is no occurrence {self.occurrence} of {self.occurrences}.", "Count from 1.")
        return self

    def quote(self) -> Quote:
        """As the rule of locating takes it."""
        return Quote(
            exact=self.exact,
            prefix=self.prefix or "",
            suffix=self.suffix or "",
            start=self.start,
            end=self.end,
            occurrence=self.occurrence,
            occurrences=self.occurrences,
        )


class PassageEntry(Entry):
    """A place in a source; without a quote nobody here has read it."""

    source: RecordId
    quote: QuoteEntry | None = None


def add_passage(session: Session, entry: PassageEntry, texts: Texts | None) -> Passage:
    """A new row, put in. Raises Dangling, or QuoteNotFound, QuoteMisplaced, QuoteAmbiguous where we hold the text."""
    passage = Passage(**passage_columns(session, entry, texts))
    keep(session, passage)
    return passage


def passage_columns(
    session: Session, entry: PassageEntry, texts: Texts | None, before: Passage | None = None
) -> dict[str, Any]:
    """The row's columns: verified where we hold the text and the quote stands in it, recorded where we hold none.

    Without `texts` a quote that was verified stays so as long as its words and place are the same.
    """
    records.need(session, Source, entry.source, "source")
    if entry.quote is None:
        return _columns(entry, None, "unseen")
    if texts is None and before is not None and _is_same(before, entry):
        return {name: getattr(before, name) for name in _columns(entry, entry.quote, before.state)}
    held = texts.of(entry.source) if texts else None
    if held is None or entry.quote.text_sha256 not in (None, held.sha256):
        return _columns(entry, entry.quote, "recorded")
    span = locate(held.text, entry.quote.quote())
    place = {
        "start_at": span.start,
        "end_at": span.end,
        "occurrence": span.occurrence,
        "occurrences": span.occurrences,
    }
    known = {"snapshot_id": held.snapshot_id, "text_sha256": held.sha256}
    return _columns(entry, entry.quote, "verified") | place | known


def _columns(entry: PassageEntry, quote: QuoteEntry | None, state: str) -> dict[str, Any]:
    names = ("exact", "language", "prefix", "suffix", "occurrence", "occurrences", "segment", "text_sha256")
    columns = {name: getattr(quote, name) if quote else None for name in names}
    place = {"start_at": quote.start if quote else None, "end_at": quote.end if quote else None}
    return columns | place | {"source_id": entry.source, "snapshot_id": None, "state": state}


def _is_same(before: Passage, entry: PassageEntry) -> bool:
    """True for a verified row of these words, at this place where the entry names one."""
    quote = entry.quote
    if quote is None or before.state != "verified" or before.source_id != entry.source:
        return False
    exact = ("exact", "language", "prefix", "suffix", "segment")
    named = {"start_at": quote.start, "end_at": quote.end, "occurrence": quote.occurrence}
    return all(getattr(before, name) == getattr(quote, name) for name in exact) and all(
        value in (None, getattr(before, name)) for name, value in named.items()
    )
