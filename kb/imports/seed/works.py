"""Sources with their lineage, each after those that it copies or derives from; the article among them."""

import re
from collections.abc import Iterator
from functools import partial
from graphlib import CycleError, TopologicalSorter
from typing import Any

from sqlalchemy import select

from kb.desk import externals
from kb.desk.externals import ExternalEntry
from kb.desk.lineage import LineageCycle
from kb.desk.sources import SourceEntry, add_source, change_source, find_source
from kb.desk.tables import Source, SourceAuthor
from kb.errors import Refused
from kb.imports.report import ADDED, Difference, Tally
from kb.imports.seed.job import SCHEME, Job
from kb.imports.seed.layout import ArticleRow, SourceRow
from kb.imports.seed.people import KIND as ENTITY
from kb.imports.seed.people import named_exactly
from kb.imports.seed.reading import CLAIMS, EVIDENCE
from kb.imports.seed.words import source_class

KIND = "source"
_FIELDS = {
    "published": "date",
    "publisher_as_printed": "publisher",
    "author_as_printed": "author",
    "work_class": "kind",
    "genre": "kind",
    "copy_of_as_printed": "copy_of",
    "derived_from": "lineage.derived_from",
    "rests_on": "lineage.origins",
}
_LIKE_AN_ID = re.compile(r"[SU][0-9]+")


def import_sources(job: Job) -> None:
    known, names = job.known("source"), named_exactly(job.corpus)
    job.load(Source, known.values())
    for row in _in_order(job):
        act = partial(_import, job, row, known.get(row.id), names)
        job.attempt(EVIDENCE, KIND, row.id, act, fields=_FIELDS)
    job.load(Source, job.ids.get(KIND, {}).values())


def import_article_source(job: Job) -> None:
    """The source that is the article, by its address; evidence.json mostly has it. Its own id is the others' scope."""
    article, row = job.corpus.article, article_row(job)
    if article is None or article.url in job.corpus.bad_addresses:
        return
    if row is None:
        names = named_exactly(job.corpus)
        job.attempt(CLAIMS, "article", article.id, partial(_import_bare, job, article, names), fields=_FIELDS)
    elif row.id in job.ids.get(KIND, {}):
        job.attempt(CLAIMS, "article", article.id, partial(_take_as_article, job, article, row))
    made = job.ids.get("article", {}).get(article.id)
    job.article_source = find_source(job.session, made) if made else None


def article_row(job: Job) -> SourceRow | None:
    """The record of evidence.json with the article's address."""
    article = job.corpus.article
    return next((one for one in job.corpus.sources.values() if article and one.url == article.url), None)


def _in_order(job: Job) -> Iterator[SourceRow]:
    """Those that go in a circle are refused, all of them."""
    rows = job.corpus.sources
    behind = {row.id: {one for one in _behind(row) if one in rows} for row in rows.values()}
    while True:
        sorter = TopologicalSorter(behind)
        try:
            sorter.prepare()
        except CycleError as error:
            circle = list(dict.fromkeys(error.args[1]))
            for name in circle:
                job.attempt(EVIDENCE, KIND, name, partial(_refuse_circle, circle))
                behind.pop(name)
            behind = {name: ids - set(circle) for name, ids in behind.items()}
            continue
        break
    place = {name: number for number, name in enumerate(rows)}
    while sorter.is_active():
        ready = sorter.get_ready()
        yield from (rows[name] for name in sorted(ready, key=place.__getitem__))
        sorter.done(*ready)


def _behind(row: SourceRow) -> list[str]:
    return [*row.lineage.derived_from, *([row.copy_of] if row.copy_of else [])]


def _refuse_circle(circle: list[str], _tally: Tally) -> str | None:
    what = f"it comes from itself: {', '.join(circle)} go in a circle."
    raise LineageCycle(what, where="lineage.derived_from", remedy="Say which is the copy.")


def _import(job: Job, row: SourceRow, known: str | None, names: dict[str, str], tally: Tally) -> str:
    own = article_row(job)
    if own is not None and row.url == own.url and row is not own:
        raise Refused(f"it has the address of the article, as {own.id} has.", where="url", remedy="Keep one of them.")
    entry = _entry(job, row, names)
    there = known or (_known_article(job) if row is own else None)
    source = _put(job, there, entry, tally)
    if known is None:
        job.name(source.id, row.id)
    return source.id


def _entry(job: Job, row: SourceRow, names: dict[str, str]) -> SourceEntry:
    copies = row.copy_of is not None and _is_id(job, row.copy_of)
    article = job.corpus.article
    return SourceEntry(
        title=row.title,
        title_from_address=row.title_from_address,
        publisher_as_printed=row.publisher,
        author_as_printed=row.author,
        publisher=_agent(job, row.publisher, names),
        authors=tuple(one for one in [_agent(job, row.author, names)] if one),
        published=row.date,
        date_note=row.date_note,
        url=row.url,
        work_class=source_class(row.kind),
        genre=row.kind,
        language=row.language,
        licence=article.licence if article and row is article_row(job) else None,
        seen=row.seen,
        copy_of=job.id_of(KIND, row.copy_of, "copy_of") if row.copy_of and copies else None,
        copy_of_as_printed=None if copies else row.copy_of,
        derived_from=tuple(job.id_of(KIND, one, "lineage.derived_from") for one in row.lineage.derived_from),
        rests_on=tuple(job.id_of("origin", one, "lineage.origins") for one in row.lineage.origins),
        note=row.note,
    )


def _is_id(job: Job, text: str) -> bool:
    """What is copied is a source of the file, or said in words."""
    ids = job.corpus.sources.keys() | job.corpus.bad.get(KIND, set())
    return text in ids or _LIKE_AN_ID.fullmatch(text) is not None


def _agent(job: Job, printed: str | None, names: dict[str, str]) -> str | None:
    """Only an exact name makes an agent of a printed one."""
    return job.ids.get(ENTITY, {}).get(names.get(printed or "", ""))


def _known_article(job: Job) -> str | None:
    """A source on the desk that is the article: by the article's id, else by its address."""
    article = job.corpus.article
    if article is None:
        return None
    named = externals.known_records(job.session, "source", SCHEME, "")
    by_address = select(Source.id).where(Source.url == article.url).order_by(Source.id)
    return named.get(article.id) or job.session.scalars(by_address).first()


def _take_as_article(job: Job, article: ArticleRow, row: SourceRow, _tally: Tally) -> str:
    source_id = job.ids[KIND][row.id]
    entry = ExternalEntry(scheme=SCHEME, value=article.id)
    externals.add_external(job.session, job.actor, source_id, entry)
    both = (
        ("title", article.title, row.title),
        ("publication", article.publication, row.publisher),
        ("author", article.author, row.author),
        ("date", article.date, row.date),
        ("language", article.language, row.language),
    )
    for field, given, kept in both:
        if given != kept:
            job.report.differs.append(Difference(CLAIMS, article.id, f"source.{field}", given, kept))
    return source_id


def _import_bare(job: Job, article: ArticleRow, names: dict[str, str], tally: Tally) -> str:
    """The article alone knows itself: nothing says what it rests on."""
    entry = SourceEntry(
        title=article.title,
        publisher_as_printed=article.publication,
        author_as_printed=article.author,
        publisher=_agent(job, article.publication, names),
        authors=tuple(one for one in [_agent(job, article.author, names)] if one),
        published=article.date,
        url=article.url,
        work_class=source_class(article.kind),
        genre=article.kind,
        language=article.language,
        licence=article.licence,
        seen=True,
    )
    source = _put(job, _known_article(job), entry, tally)
    externals.add_external(job.session, job.actor, source.id, ExternalEntry(scheme=SCHEME, value=article.id))
    return source.id


def _put(job: Job, there: str | None, entry: SourceEntry, tally: Tally) -> Source:
    """What the file does not say of a known source is an editor's, and stays."""
    if there is None:
        tally.count(ADDED, "sources")
        return add_source(job.session, job.actor, entry)
    source = find_source(job.session, there)
    names = ("title_language", "status", "status_date")
    own: dict[str, Any] = {name: getattr(source, name) for name in names}
    own["licence"] = entry.licence or source.licence
    own["publisher"] = entry.publisher or source.publisher_id
    authors = select(SourceAuthor.agent_id).where(SourceAuthor.source_id == there).order_by(SourceAuthor.position)
    own["authors"] = entry.authors or tuple(job.session.scalars(authors))
    with job.counted(tally, "sources", there):
        change_source(job.session, job.actor, source, entry.model_copy(update=own))
    return source
