"""Claims: each with all that hangs on it, whole or not at all."""

from functools import partial

from sqlalchemy import select

from kb.desk.claims import ClaimEntry, WordEntry, add_claim, change_claim, find_claim
from kb.desk.privacy import check_unnamed
from kb.desk.tables import Claim, Topic
from kb.desk.topics import TopicEntry, add_topic, slug_of
from kb.imports.report import ADDED, UNCHANGED, Tally
from kb.imports.seed.compare import compare
from kb.imports.seed.draft import Draft
from kb.imports.seed.evidence import import_evidence, remove_links
from kb.imports.seed.figures import import_claim_figures
from kb.imports.seed.job import SCHEME, Job
from kb.imports.seed.judgement import import_judgement
from kb.imports.seed.layout import ClaimRow
from kb.imports.seed.parts import (
    import_appearance,
    import_aspects,
    import_concerned,
    import_mentions,
    remove_aspects,
)
from kb.imports.seed.people import KIND as ENTITY
from kb.imports.seed.people import private_names
from kb.imports.seed.reading import CLAIMS
from kb.imports.seed.there import There

KIND = "claim"
_FIELDS = {
    "commitment": "strength",
    "checkability_reason": "checkability",
    "note": "notes",
    "certainty": "attribution",
    "certainty_reason": "attribution",
    "chain": "claimant_chain",
    "exact": "quote",
    "slug": "topics",
}


class _Topics:
    """Topics by their labels. Those of a claim that is refused go back with it."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.known = job.known("topic")
        self.met: dict[str, str] = {}
        self.pending: dict[str, str] = {}
        self.private = private_names(job.corpus)

    def of(self, label: str, tally: Tally) -> str:
        """The desk's id, of a new topic where there is none. Raises BadSlug, or PrivateName."""
        if (met := self.met.get(label) or self.pending.get(label)) is not None:
            return met
        check_unnamed(label, self.private, "topics")
        found = self.known.get(label) or self._same_label(label)
        tally.count(UNCHANGED if found else ADDED, "topics")
        topic = found or self._new(label)
        if label not in self.known:
            self.job.name(topic, label)
        self.pending[label] = topic
        return topic

    def settle(self, accepted: bool) -> None:
        if accepted:
            self.met |= self.pending
        self.pending = {}

    def _same_label(self, label: str) -> str | None:
        """One that another corpus or an editor has brought."""
        return self.job.session.scalar(select(Topic.id).where(Topic.label == label).order_by(Topic.id))

    def _new(self, label: str) -> str:
        slug = first = slug_of(label)
        number = 2
        while self.job.session.scalar(select(Topic.id).where(Topic.slug == slug)) is not None:
            slug, number = f"{first}-{number}", number + 1
        return add_topic(self.job.session, self.job.actor, TopicEntry(slug=slug, label=label)).id


def import_claims(job: Job) -> None:
    """Relations between them come later, when all are there."""
    known, topics = job.known(KIND), _Topics(job)
    job.load(Claim, known.values())
    job.load(Topic, topics.known.values())
    for row in job.corpus.claims.values():
        act = partial(_import, job, row, known, topics)
        topics.settle(job.attempt(CLAIMS, KIND, row.id, act, fields=_FIELDS))
        job.advance(len(job.corpus.claims))


def _import(job: Job, row: ClaimRow, before: dict[str, str], topics: _Topics, tally: Tally) -> str:
    _check_needs(job, row, before)
    known = before.get(row.id)
    there = There(job.session, known, SCHEME, job.scope)
    entry = _entry(job, row, there, tuple(topics.of(label, tally) for label in dict.fromkeys(row.topics)))
    if known is None:
        claim = add_claim(job.session, job.actor, entry)
        job.name(claim.id, row.id)
        tally.count(ADDED, "claims")
        draft = Draft(job, row, claim, there, tally)
        import_appearance(draft)
    else:
        draft = Draft(job, row, find_claim(job.session, known), there, tally)
        with draft.counted("claims"):
            change_claim(job.session, job.actor, draft.claim, entry)
            import_appearance(draft)
    for step in (
        import_aspects, import_claim_figures, import_mentions, import_concerned,
        import_evidence, import_judgement, remove_links, remove_aspects,
    ):  # fmt: skip
        step(draft)
    job.report.differs += compare(draft)
    return draft.claim.id


def _check_needs(job: Job, row: ClaimRow, before: dict[str, str]) -> None:
    """Everything that the claim cannot be whole without."""
    job.need_article()
    for field, names in (
        ("claimant_chain", [link.agent for link in row.claimant_chain]),
        ("entities", [mention.entity for mention in row.entities]),
        ("concerns_living_persons", row.concerns_living_persons),
    ):
        for place, name in enumerate(names):
            if name not in job.corpus.entities or name in job.corpus.bad.get(ENTITY, ()):
                raise job.lacking(ENTITY, name, f"{field}.{place}")
    for place, relation in enumerate(row.relations):
        known = relation.target in job.corpus.claims or relation.target in job.corpus.bad.get(KIND, ())
        if not known and relation.target not in before:
            raise job.lacking(KIND, relation.target, f"relations.{place}.target")
    for link in job.corpus.links_of(row.id):
        for kind, name in (("source", link.source), ("origin", link.origin)):
            if name in job.corpus.bad.get(kind, ()):
                raise job.lacking(kind, name, f"evidence {link.id}")


def _entry(job: Job, row: ClaimRow, there: There, topics: tuple[str, ...]) -> ClaimEntry:
    """Titles, and words in other languages than the file's, are an editor's and stay."""
    language = job.prose_language
    other: dict[str, dict[str, str]] = {"statement": {}, "question": {}, "title": {}}
    for text in there.texts:
        if text.field == "title" or text.language != language:
            other[text.field][text.language] = text.text
    return ClaimEntry(
        statement=other["statement"] | {language: row.statement},
        question=other["question"] | {language: row.question},
        title=other["title"] or None,
        claim_type=row.claim_type,
        commitment=row.strength,
        checkability=row.checkability.level,
        checkability_reason=row.checkability.reason,
        hedges=tuple(WordEntry(text=one, language=job.language) for one in dict.fromkeys(row.hedges)),
        boosters=tuple(WordEntry(text=one, language=job.language) for one in dict.fromkeys(row.boosters)),
        topics=topics,
        note=row.notes,
        language=language,
    )
