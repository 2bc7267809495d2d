"""Links from sources to a claim: evidence, or an open question, or a search that found something and set it aside."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from kb.desk.evidence import EvidenceEntry, add_evidence, change_evidence, remove_evidence
from kb.desk.parts import fragment
from kb.desk.passages import PassageEntry, QuoteEntry
from kb.desk.questions import QuestionEntry, add_question, change_question, remove_question
from kb.desk.searches import SearchEntry, add_search, change_search, remove_search
from kb.desk.tables import Evidence, OpenQuestion, Search
from kb.imports.report import ADDED, REMOVED, UPDATED, Tally
from kb.imports.seed.draft import Draft, Item
from kb.imports.seed.figures import ON_EVIDENCE, import_evidence_figures
from kb.imports.seed.layout import EvidenceRow
from kb.imports.seed.reading import EVIDENCE
from kb.imports.seed.words import SET_ASIDE, WOULD_SETTLE

KIND = "evidence"
LINKS = "evidence_links"
_FIELDS = {"label": "note", "exact": "quote", "grade_reason": "source", "description": "claim"}

Part = Evidence | OpenQuestion | Search


@dataclass(frozen=True)
class _Form:
    """One of the three that a link can become."""

    table: type[Part]
    stem: str
    add: Callable[..., Part]
    change: Callable[..., Part]
    remove: Callable[..., None]
    quotes: bool = True


_FORMS = (
    _Form(Evidence, "evidence", add_evidence, change_evidence, remove_evidence),
    _Form(OpenQuestion, "open", add_question, change_question, remove_question, quotes=False),
    _Form(Search, "search", add_search, change_search, remove_search),
)
_AS_EVIDENCE, _AS_QUESTION, _AS_SEARCH = _FORMS


def import_evidence(draft: Draft) -> None:
    """Each link whole or not at all; one that is refused leaves the others, and the claim, standing."""
    for link in draft.job.corpus.links_of(draft.row.id):
        there = _there(draft, link.id)
        act = partial(_import, draft, link, there)
        draft.job.attempt(EVIDENCE, KIND, link.id, act, fields=_FIELDS, into=draft.tally)


def remove_links(draft: Draft) -> None:
    """Those that the file no longer has; not those that it has and that were refused."""
    wanted = {link.id for link in draft.job.corpus.links_of(draft.row.id)} | draft.job.corpus.bad.get(KIND, set())
    stems = [form.stem for form in _FORMS]
    for name in [name for name in draft.there.named(*stems).values() if name not in wanted]:
        there = _there(draft, name)
        if there is not None:
            _remove(draft, there)
            draft.tally.count(REMOVED, LINKS)


def form_of(link: EvidenceRow) -> _Form:
    if link.stance == WOULD_SETTLE:
        return _AS_QUESTION
    return _AS_SEARCH if link.stance in SET_ASIDE else _AS_EVIDENCE


def _import(draft: Draft, link: EvidenceRow, there: Part | None, tally: Tally) -> None:
    """Change it where it is of the same form as before; else the old part goes and a new one comes."""
    inner = Draft(draft.job, draft.row, draft.claim, draft.there, tally, dict(draft.numbers), list(draft.items))
    job, form = draft.job, form_of(link)
    texts = (job.texts,) if form.quotes else ()
    if isinstance(there, form.table):
        entry = _entry(inner, link, there)
        with inner.counted(LINKS):
            made = form.change(job.session, job.actor, there, entry, *texts)
    else:
        entry = _entry(inner, link, None)
        if there is not None:
            _remove(inner, there)
        made = form.add(job.session, job.actor, draft.claim, entry, *texts)
        job.name(draft.claim.id, link.id, fragment(form.stem, made.number))
        tally.count(ADDED if there is None else UPDATED, LINKS)
    if isinstance(made, Evidence):
        inner.numbers[link.id] = made.number
        import_evidence_figures(inner, link, made.id if there is made else None)
        inner.items.append(_weighed(inner, link))
    draft.numbers, draft.items = inner.numbers, inner.items
    _note_not_kept(inner, link, form)


def _entry(draft: Draft, link: EvidenceRow, there: Part | None) -> EvidenceEntry | QuestionEntry | SearchEntry:
    job, source = draft.job, draft.job.corpus.sources.get(link.source)
    source_id, origin_id = job.id_of("source", link.source, "source"), job.id_of("origin", link.origin, "origin")
    if source is None:
        raise job.lacking("source", link.source, "source")
    given: dict[str, Any] = {
        "aspect": link.aspect,
        "origin": origin_id,
        "grade": source.reliability.grade,
        "grade_reason": source.reliability.reason,
    }
    if form_of(link) is _AS_QUESTION:
        return QuestionEntry(**given, label=link.note or "", would_settle=source_id)
    given |= {"note": link.note, "translation": link.translation}
    given["translation_language"] = draft.job.prose_language if link.translation else None
    quote = None
    if link.seen and link.quote is not None and link.quote_language is not None:
        quote = QuoteEntry(exact=link.quote, language=link.quote_language)
    if form_of(link) is _AS_SEARCH:
        where = (
            {"searched_in": there.searched_in, "searched_on": there.searched_on} if isinstance(there, Search) else {}
        )
        found = PassageEntry(source=source_id, quote=quote)
        return SearchEntry(**given, **where, description=draft.row.question, outcome=link.stance, found=found)
    own: dict[str, Any] = {}
    if isinstance(there, Evidence):
        own = {"strength": there.strength, "strength_reason": there.strength_reason}
        own["explains"] = tuple(draft.there.explained(there))
    return EvidenceEntry(**given, **own, source=source_id, quote=quote, stance=link.stance)


def _weighed(draft: Draft, link: EvidenceRow) -> Item:
    grade = draft.job.corpus.sources[link.source].reliability.grade
    state = "recorded" if link.seen else "unseen"
    return Item(link.id, link.stance, grade, state, link.origin, link.aspect)


def _note_not_kept(draft: Draft, link: EvidenceRow, form: _Form) -> None:
    if link.quote is not None and (not link.seen or form is _AS_QUESTION):
        draft.job.not_kept(f"{EVIDENCE} evidence[].quote", "words of a link that nobody here has read")
    if link.figures and (not link.seen or form is not _AS_EVIDENCE):
        reason = "figures of a link that is no evidence, or that nobody here has read"
        draft.job.not_kept(f"{EVIDENCE} evidence[].figures[]", reason, len(link.figures))


def _there(draft: Draft, name: str) -> Part | None:
    """The part that this link is on the desk."""
    there = draft.there
    kinds: list[tuple[str, Sequence[Part]]] = [
        (_AS_EVIDENCE.stem, there.evidence),
        (_AS_QUESTION.stem, there.questions),
        (_AS_SEARCH.stem, there.searches),
    ]
    named = [(fragment(stem, row.number), row) for stem, rows in kinds for row in rows]
    return next((row for part, row in named if there.file_ids.get(part) == name), None)


def _remove(draft: Draft, there: Part) -> None:
    if isinstance(there, Evidence):
        figures = sum(one.evidence_id == there.id for one in draft.there.figures)
        draft.tally.count(REMOVED, ON_EVIDENCE, figures)
    form = next(one for one in _FORMS if isinstance(there, one.table))
    form.remove(draft.job.session, draft.job.actor, there)
