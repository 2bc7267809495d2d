"""One import at work: what it writes through, what came of each record, and a savepoint for each."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.db import DeskTable
from kb.desk import externals
from kb.desk.actors import Actor
from kb.desk.entry import BadEntry, Fault
from kb.desk.externals import ExternalEntry
from kb.desk.records import hold
from kb.desk.tables import Source
from kb.desk.texts import Keeping, Texts
from kb.errors import Conflict, Missing, Refused
from kb.imports.report import UNCHANGED, UPDATED, NotKept, Refusal, Report, Tally
from kb.imports.seed.layout import ArticleRow
from kb.imports.seed.parsed import REMEDY, Corpus
from kb.imports.seed.reading import ASSESSMENTS, EVIDENCE
from kb.values.prose import shown

SCHEME = "seed"

Advance = Callable[[int, int | None], None]


class NeedsRefused(Refused):
    """A record that this one needs did not come in."""


@contextmanager
def within(path: str) -> Iterator[None]:
    """Whatever is refused inside is refused of this part of the record."""
    try:
        yield
    except BadEntry as bad:
        faults = [Fault(f"{path}.{one.field}".rstrip("."), one.what, one.remedy) for one in bad.faults]
        raise BadEntry(tuple(faults)) from bad
    except Refused as refusal:
        raise Refused(refusal.what, where=f"{path}.{refusal.where}".rstrip("."), remedy=refusal.remedy) from refusal


@dataclass(frozen=True)
class Run:
    """How to import. `method_version` is the version of the page “method” in force."""

    method_version: int
    blobs: Keeping
    progress: Advance | None = None


@dataclass
class Job:
    """`ids` are the desk's ids of what is in, kind → file's id → record; `fresh` those that this import added."""

    session: Session
    actor: Actor
    run: Run
    report: Report
    corpus: Corpus
    scope: str
    text_sha256: str | None = None
    ids: dict[str, dict[str, str]] = field(default_factory=dict)
    fresh: set[str] = field(default_factory=set)
    article_source: Source | None = None

    def __post_init__(self) -> None:
        self.texts = Texts(self.session, self.run.blobs)
        self._done = 0
        self._loaded: list[DeskTable] = []
        self._loose: dict[tuple[str, str], int] = {}

    @property
    def language(self) -> str:
        """That of the article and so of what is printed in it."""
        return self.corpus.article.language if self.corpus.article else "en"

    @property
    def prose_language(self) -> str:
        """That of what the file says in its own words."""
        return "en"

    def need_article(self) -> tuple[ArticleRow, Source]:
        """Raises NeedsRefused where it did not come in."""
        if self.corpus.article is None or self.article_source is None:
            raise NeedsRefused("it needs the article, which was refused.", where="source", remedy="Mend that first.")
        return self.corpus.article, self.article_source

    def id_of(self, kind: str, name: str, where: str) -> str:
        """The record that the file's id means. Raises NeedsRefused, or Dangling as the file would say it."""
        found = self.ids.get(kind, {}).get(name)
        if found is None:
            raise self.lacking(kind, name, where)
        return found

    def lacking(self, kind: str, name: str, where: str) -> Refused:
        """Why there is nothing of this id."""
        if name in self.corpus.bad.get(kind, ()):
            what = f"it needs the {kind} {name}, which was refused."
            return NeedsRefused(what, where=where, remedy="Mend that first.")
        what = f"there is no {kind} {name} in the file."
        return Refused(what, where=where, remedy="Add it, or correct the id.")

    def attempt(
        self,
        file: str,
        kind: str,
        name: str,
        act: Callable[[Tally], str | None],
        *,
        fields: Mapping[str, str] | None = None,
        into: Tally | None = None,
    ) -> bool:
        """Do it whole or not at all; `act` gives the id of the record that came in.

        `fields` are the file's names for those of the desk's entries.
        """
        tally = Tally()
        try:
            with self.session.begin_nested():
                made = act(tally)
        except (Refused, Conflict, Missing) as problem:
            self.corpus.bad.setdefault(kind, set()).add(name)
            self._refuse(file, name, problem, fields or {})
            return False
        if made is not None:
            self.ids.setdefault(kind, {})[name] = made
        (into or self.report.tally).merge(tally)
        return True

    @contextmanager
    def counted(self, tally: Tally, kind: str, record_id: str) -> Iterator[None]:
        """What happens inside to one thing of this kind: updated, or unchanged."""
        record = hold(self.session, record_id)
        before = record.revision
        yield
        tally.count(UPDATED if record.revision != before else UNCHANGED, kind)

    def name(self, record_id: str, value: str, part: str = "") -> None:
        """Give a record or a part the file's id, within the scope of its article."""
        entry = ExternalEntry(scheme=SCHEME, scope=self.scope, value=value)
        externals.add_external(self.session, self.actor, record_id, entry, part)

    def known(self, kind: str) -> dict[str, str]:
        """Records of this scope that are on the desk already: file's id → record."""
        return externals.known_records(self.session, kind, SCHEME, self.scope)

    def load(self, table: type[DeskTable], records: Iterable[str]) -> None:
        """Rows that much of what follows refers to: while they are held here, the session need not ask for each."""
        wanted = select(table).where(table.__table__.c.id.in_(list(records)))
        self._loaded += self.session.scalars(wanted).all()

    def not_kept(self, field: str, reason: str, number: int = 1) -> None:
        """Something that stays out because of what else the file says."""
        self._loose[field, reason] = self._loose.get((field, reason), 0) + number

    def loose(self) -> list[NotKept]:
        return [NotKept(field, reason, number) for (field, reason), number in self._loose.items()]

    def refuse_strays(self) -> None:
        """Links and assessments of claims that are not in the file; those of refused claims are told of with them."""
        claims = self.corpus.claims.keys() | self.corpus.bad.get("claim", set())
        for file, rows in (
            (EVIDENCE, {link.id: link.claim for link in self.corpus.evidence.values()}),
            (ASSESSMENTS, {name: name for name in self.corpus.assessments}),
        ):
            for name, claim in rows.items():
                if claim not in claims:
                    self._refuse(file, name, self.lacking("claim", claim, "claim"), {})

    def advance(self, total: int) -> None:
        self._done += 1
        if self.run.progress is not None:
            self.run.progress(self._done, total)

    def _refuse(self, file: str, name: str, problem: Refused | Conflict | Missing, fields: Mapping[str, str]) -> None:
        if isinstance(problem, BadEntry):
            faults = problem.faults
        else:
            faults = (Fault(problem.where, problem.what, problem.remedy),)
        for fault in faults:
            first, _, rest = fault.field.partition(".")
            path = ".".join(step for step in (fields.get(first, first), rest) if step)
            self.report.refused.append(Refusal(file, shown(name, 80), path, fault.what, fault.remedy or REMEDY))
