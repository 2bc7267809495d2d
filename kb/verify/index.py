"""The SPARQL index on disk against the log, quad by quad; one in memory is made from the log at each start anyway."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, aliased

from kb.db import reading
from kb.errors import Broken
from kb.log import read as log
from kb.log.chain import Fault
from kb.log.redacted import REDACTION
from kb.log.tables import EditionRow
from kb.projections.triples.disk.generations import GENERATIONS, remove, remove_leftovers, room_of_reader
from kb.projections.triples.disk.home import misfit
from kb.projections.triples.disk.pointer import Pointer, read_pointer
from kb.projections.triples.disk.worker import Worker, WorkerLost
from kb.projections.triples.disk.writer import copy_generation
from kb.projections.triples.entry import Entry, pack
from kb.projections.triples.feed import entries
from kb.projections.triples.wire import Message
from kb.verify.verdict import Verdict

PROCESS = "kb.projections.triples.disk.compare"
INDEX = "index"


def check_index(engine: Engine, folder: Path, verdict: Verdict) -> bool:
    """Adds the faults of the newest generation, as far as it has followed the log; gives whether there are none.

    One that would not be used, such as one that is to be made anew, is none.
    """
    before = len(verdict.problems)
    with reading(engine) as session:
        try:
            pointer = read_pointer(folder)
            if pointer is not None and not misfit(session, folder, pointer):
                with _standing_still(folder / GENERATIONS / pointer.generation, folder) as generation:
                    verdict.problems.extend(_Index(session, pointer).faults(generation, verdict))
        except Broken as broken:
            verdict.problems.append(_of_all(broken.what))
    return len(verdict.problems) == before


@contextmanager
def _standing_still(generation: Path, folder: Path) -> Iterator[Path]:
    """The same files under another name, since a server deletes a generation a minute after it has made a newer one."""
    remove_leftovers(folder)
    own = room_of_reader(folder)
    try:
        try:
            copy_generation(generation, own)
        except OSError:
            # Where nothing can be written nothing is deleted either; and what is not there is found where it is opened.
            yield generation
        else:
            yield own
    finally:
        remove(own)


class _Index:
    """One generation, and the records that it tells of."""

    def __init__(self, session: Session, pointer: Pointer) -> None:
        self._session = session
        self._pointer = pointer
        self._base = log.base_of(session)
        # What was removed after the generation was made is in it still, which is no fault of its own.
        later = select(EditionRow.record).where(EditionRow.change == REDACTION, EditionRow.seq > pointer.seq)
        self._removed_later = frozenset(session.scalars(later))

    def faults(self, generation: Path, verdict: Verdict) -> Iterator[Fault]:
        worker = Worker(PROCESS, str(generation), self._base)
        try:
            worker.tell("begin")
            for batch in self._batches():
                yield from self._named(worker.tell("editions", pack(batch), current=self._current(batch)))
            told = worker.tell("rest")
            verdict.counts.index_quads = told["quads"]
            yield from self._named(told)
        except WorkerLost as lost:
            yield _of_all(f"{lost.what}: {lost.where}" if lost.where else lost.what)
        finally:
            worker.close()

    def _batches(self) -> Iterator[list[Entry]]:
        seq = -1
        while batch := [one for one in entries(self._session, self._base, seq) if one.seq <= self._pointer.seq]:
            yield batch
            seq = batch[-1].seq

    def _current(self, batch: list[Entry]) -> list[int]:
        """The numbers of those that were their record's last when the generation was made."""
        later = aliased(EditionRow)
        newer = (later.record == EditionRow.record) & (later.version > EditionRow.version)
        superseded = select(later.seq).where(newer, later.seq <= self._pointer.seq).exists()
        wanted = select(EditionRow.seq).where(EditionRow.seq.in_([one.seq for one in batch]), ~superseded)
        return list(self._session.scalars(wanted))

    def _named(self, told: Message) -> Iterator[Fault]:
        for fault in told["faults"]:
            record, version = self._record(fault["page"], fault["version"])
            if record not in self._removed_later:
                yield Fault(record, version, INDEX, fault["problem"])
        if told["more"] and not self._removed_later:
            yield Fault(INDEX, None, INDEX, f"And {told['more']} more of the kind.")

    def _record(self, page: str, version: int | None) -> tuple[str, int | None]:
        """By the address of a page; the index itself where there is no such page."""
        wanted = select(EditionRow.record, EditionRow.version).where(EditionRow.seq <= self._pointer.seq)
        wanted = wanted.where(EditionRow.address == page.removeprefix(self._base)).order_by(EditionRow.version.desc())
        row = self._session.execute(wanted.limit(1)).first()
        return (row.record, version or row.version) if row else (INDEX, version)


def _of_all(what: str) -> Fault:
    return Fault(INDEX, None, INDEX, f"{what[:1].upper()}{what[1:]}.")
