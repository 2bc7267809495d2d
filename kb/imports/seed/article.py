"""The article's text: held where it lies beside the files, else known by its hash; segments, and what was left out."""

from collections.abc import Callable
from functools import partial

from sqlalchemy import func, select

from kb.desk.left_out import LeftOutEntry, add_left_out, change_left_out, remove_left_out
from kb.desk.passages import QuoteEntry
from kb.desk.snapshots import SegmentEntry, SnapshotEntry, WithheldEntry, bring_in, decoded, hash_of, withhold
from kb.desk.tables import LeftOutSentence, Passage, Snapshot, Source
from kb.errors import Refused
from kb.imports.report import ADDED, REMOVED, Difference, Tally
from kb.imports.seed.job import Job, within
from kb.imports.seed.layout import ArticleRow, PlaceRow, QuoteRow, SegmentRow
from kb.imports.seed.matching import pair
from kb.imports.seed.reading import CLAIMS

HOW = "file as received"
FOREIGN = "foreign_matter"


def import_text(job: Job, data: bytes | None) -> None:
    """Quotes are then looked up in it, or in what the desk holds of it since an earlier import."""
    article = job.corpus.article
    if article is None or job.article_source is None:
        return
    if not job.attempt(CLAIMS, "article", article.id, partial(_import_text, job, article, data)):
        job.article_source = None
        return
    job.texts.forget(job.article_source.id)
    held = job.texts.of(job.article_source.id)
    job.text_sha256 = held.sha256 if held and data is not None else article.sha256


def import_left_out(job: Job) -> None:
    """Sentences that were not made claims; they have no ids, and are told by their place and words."""
    source = job.article_source
    if source is None:
        for name in job.corpus.left_out:
            job.attempt(CLAIMS, "left_out", name, lambda _tally: str(job.need_article()))
        return
    rows = select(LeftOutSentence, Passage).join(Passage, Passage.id == LeftOutSentence.passage_id)
    there = job.session.execute(rows.where(LeftOutSentence.source_id == source.id).order_by(LeftOutSentence.number))
    known = [((passage.start_at, passage.exact), sentence) for sentence, passage in there]
    wanted = [((row.quote.start, row.quote.exact), (name, row)) for name, row in job.corpus.left_out.items()]
    pairs, gone = pair(known, wanted)
    for (name, row), sentence in pairs:
        entry = LeftOutEntry(quote=quote_entry(job, row.quote), reason=row.reason)
        job.attempt(
            CLAIMS, "left_out", name, partial(_import_left_out, job, entry, sentence), fields={"exact": "quote"}
        )
    # A sentence that was refused may be one of these: nothing is taken away on its account.
    if not job.corpus.bad.get("left_out"):
        for sentence in gone:
            remove_left_out(job.session, job.actor, sentence)
            job.report.tally.count(REMOVED, "left_out_sentences")


def quote_entry(job: Job, row: PlaceRow) -> QuoteEntry:
    """A quote of the article. Raises Refused where it lies in none of the article's own stretches."""
    segment = _segment(job, row) if isinstance(row, QuoteRow) else None
    return QuoteEntry(
        exact=row.exact,
        language=job.language,
        prefix=row.prefix,
        suffix=row.suffix,
        start=row.start,
        end=row.end,
        occurrence=row.occurrence,
        occurrences=row.occurrences,
        segment=segment,
        text_sha256=job.text_sha256,
    )


def _segment(job: Job, row: QuoteRow) -> str:
    article, _ = job.need_article()
    found = next((one for one in article.segments if one.id == row.segment), None)
    if found is None:
        codes = ", ".join(one.id for one in article.segments)
        raise Refused(f"the article has no segment {row.segment}.", where="quote.segment", remedy=f"It has: {codes}.")
    if found.role == FOREIGN:
        what = f"{row.segment} is foreign matter, from which no claim is taken."
        raise Refused(what, where="quote.segment", remedy="Take it from the article's own text.")
    if not found.start <= row.start <= row.end <= found.end:
        what = f"it stands from {row.start} to {row.end}, outside of {row.segment} ({found.start} to {found.end})."
        raise Refused(what, where="quote.segment", remedy="Correct the place, or the segment.")
    return found.id


def _import_text(job: Job, article: ArticleRow, data: bytes | None, tally: Tally) -> str:
    _, source = job.need_article()
    segments = tuple(_segment_entry(place, one) for place, one in enumerate(article.segments))
    came = SnapshotEntry(
        language=article.language,
        open_to_readers=article.licence is not None and data is not None,
        retrieved_from=article.url,
        retrieved_with=HOW,
        segments=segments,
    )
    if data is None:
        entry = WithheldEntry(
            **dict(came),
            sha256=article.sha256,
            text_sha256=article.sha256,
            byte_size=article.bytes,
            characters=article.characters,
        )
        _counted(job, source, tally, partial(withhold, job.session, job.actor, source, entry))
        return source.id
    text = decoded(data)
    _counted(job, source, tally, partial(bring_in, job.session, job.actor, source, came, data, job.run.blobs))
    for field, given, found in (
        ("sha256", article.sha256, hash_of(text)),
        ("bytes", article.bytes, len(data)),
        ("characters", article.characters, len(text)),
    ):
        if given != found:
            job.report.differs.append(Difference(CLAIMS, article.id, f"source.{field}", given, found))
    return source.id


def _counted(job: Job, source: Source, tally: Tally, act: Callable[[], Snapshot]) -> None:
    number = select(func.count()).select_from(Snapshot).where(Snapshot.source_id == source.id)
    before, counts = job.session.scalar(number), Tally()
    with job.counted(counts, "snapshots", source.id):
        act()
    if job.session.scalar(number) != before:
        tally.count(ADDED, "snapshots")
    else:
        tally.merge(counts)


def _segment_entry(place: int, row: SegmentRow) -> SegmentEntry:
    with within(f"source.segments.{place}"):
        return SegmentEntry(
            code=row.id, start=row.start, end=row.end, role=row.role, claims_taken=row.claims_taken, note=row.note
        )


def _import_left_out(job: Job, entry: LeftOutEntry, there: LeftOutSentence | None, tally: Tally) -> str | None:
    _, source = job.need_article()
    if there is None:
        add_left_out(job.session, job.actor, source, entry, job.texts)
        tally.count(ADDED, "left_out_sentences")
    else:
        with job.counted(tally, "left_out_sentences", source.id):
            change_left_out(job.session, job.actor, there, entry, job.texts)
    return None
