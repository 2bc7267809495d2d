"""The whole proof, one reading transaction: everything that is stored is read again and compared."""

import random
from collections.abc import Collection, Sequence

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from kb.blobs import Blobs
from kb.db import reading
from kb.errors import Broken, Missing, Problem
from kb.log.chain import Fault
from kb.log.read import COLUMNS, Edition, base_of, head, unpack
from kb.log.tables import EditionRow
from kb.verify.catalogue import check_catalogue, has_catalogue
from kb.verify.documents import check_document
from kb.verify.log import check_log
from kb.verify.quads import check_quads, check_quads_by_rdflib
from kb.verify.removed import check_removed
from kb.verify.snapshots import Snapshots
from kb.verify.verdict import PageWitness, Progress, Verdict, Witness

BATCH = 50
BY_RDFLIB = 20


def verify(
    engine: Engine,
    blobs: Blobs,
    *,
    sample: int | None = None,
    rdf: bool = False,
    ref: str | None = None,
    progress: Progress | None = None,
    witnesses: Sequence[Witness] = (),
    pages: PageWitness | None = None,
) -> Verdict:
    """Prove the knowledge base on a reading engine. The chain is always read whole.

    `sample` editions drawn by chance, or those of the record with the id `ref`, are compared with their N-Quads,
    snapshots, catalogue rows and, where `pages` is given, with what readers get of them; all where neither is given.
    `rdf`: rdflib reads all of these too, else twenty.
    Raises Missing where no such record is published.
    """
    verdict = Verdict()
    with reading(engine) as session:
        end = head(session)
        check_log(session, end, verdict)
        numbers = chosen(session, sample, ref)
        # Pages are made with the catalogue: where there is none yet, nobody reads them, and the lag says so.
        pages = pages if has_catalogue(session) else None
        proof = _Editions(session, blobs, verdict, numbers if rdf else _some(numbers), pages)
        proof.read(numbers, progress)
        only = None if sample is None and ref is None else frozenset(proof.records)
        check_catalogue(session, end.seq, verdict, only=only, broken=frozenset(proof.broken))
        for witness in witnesses:
            verdict.problems.extend(witness(session))
    return verdict


def chosen(session: Session, sample: int | None, ref: str | None) -> Sequence[int]:
    """The numbers of the editions to be read, the oldest first. Raises Missing where no such record is published."""
    wanted = select(EditionRow.seq).order_by(EditionRow.seq)
    if ref is not None:
        wanted = wanted.where(EditionRow.record == ref)
    found = session.scalars(wanted).all()
    if ref is not None and not found:
        raise Missing("no such record is published", where=ref)
    return found if sample is None or sample >= len(found) else sorted(_draw(found, sample))


def _some(numbers: Sequence[int]) -> Collection[int]:
    return frozenset(_draw(numbers, BY_RDFLIB))


def _draw(numbers: Sequence[int], count: int) -> list[int]:
    # Another draw each time, so that a sample looks everywhere in the end.
    return random.SystemRandom().sample(numbers, min(count, len(numbers)))


class _Editions:
    """One pass over editions: a few in memory at a time, each with all that hangs on it."""

    def __init__(
        self,
        session: Session,
        blobs: Blobs,
        verdict: Verdict,
        by_rdflib: Collection[int],
        pages: PageWitness | None,
    ) -> None:
        self.session = session
        self.verdict = verdict
        self.by_rdflib = by_rdflib
        self.pages = pages
        self.snapshots = Snapshots(blobs)
        self.records: set[str] = set()
        self.broken: set[int] = set()

    def read(self, numbers: Sequence[int], progress: Progress | None) -> None:
        base, done = self._base(), 0
        for start in range(0, len(numbers), BATCH):
            wanted = select(*COLUMNS, EditionRow.nquads).where(EditionRow.seq.in_(numbers[start : start + BATCH]))
            for row in self.session.execute(wanted.order_by(EditionRow.seq)):
                fields = dict(row._mapping)
                packed = fields.pop("nquads")
                self._check(Edition(**fields), packed, base)
                done += 1
                if progress:
                    progress(done, len(numbers))
        self.verdict.counts.snapshots = len(self.snapshots.held)

    def _base(self) -> str:
        """The base address as the foundation says; where that cannot be read, the log has named it already."""
        try:
            return base_of(self.session)
        except (Problem, ValueError, KeyError, TypeError):
            return ""

    def _check(self, edition: Edition, packed: bytes, base: str) -> None:
        self.records.add(edition.record)
        if edition.removed:
            lost = list(check_removed(self.session, edition, packed))
            self.verdict.problems.extend(lost)
            self.broken.update([edition.seq] if lost else [])
            return
        document, faults = check_document(edition, base)
        self.verdict.problems.extend(faults)
        if document is None or faults:
            self.broken.add(edition.seq)
        if document is None:
            return
        # What a page says of a document that was changed is no news: that is named already.
        if self.pages is not None and not faults:
            self.verdict.problems.extend(self.pages(edition))
            self.verdict.counts.pages += 1
        self.verdict.problems.extend(self.snapshots.check(edition, document))
        try:
            stored = unpack(packed, edition)
        except Broken as error:
            self.verdict.problems.append(Fault(edition.record, edition.version, "nquads", error.what))
            return
        self.verdict.counts.quads += stored.count(b"\n")
        self.verdict.problems.extend(check_quads(edition, document, stored))
        if edition.seq in self.by_rdflib:
            self.verdict.problems.extend(check_quads_by_rdflib(edition, stored))
