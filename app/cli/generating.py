"""A generated knowledge base in the making: chunk by chunk, each drafted, published and followed, and resumable.

Clock, ids and nonces follow from the place in the corpus and in its log, never from what this process has done so far.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app.cli.knowledge import KnowledgeBase, follow
from app.cli.say import Advance
from app.cli.setup import say_if_local
from kb.db import open_engine, writing
from kb.db.engine import make_data_folder
from kb.db.locks import alone
from kb.db.migrate import check_schema, current, upgrade
from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.chance import Clock, working
from kb.desk.tables import Claim, Record
from kb.documents.label import in_english
from kb.errors import Broken, CannotStart
from kb.imports.generated.chunk import NOTE, correct, corrected_of, write_claims
from kb.imports.generated.job import Job
from kb.imports.generated.world import FOUNDATION, World
from kb.log import read as log
from kb.log.tables import EditionRow
from kb.publish.found import PAGES, found
from kb.publish.publish import PublishEntry, publish
from kb.settings import Settings

UNREVIEWED = "Generated for measuring; nobody has read it."
START = datetime.fromisoformat("2020-01-01T00:00:00+00:00")
# Chunks follow each other so closely that a million claims end before today.
EVERY, CORRECTED_AFTER = timedelta(hours=1), timedelta(minutes=30)
# Two that go on with the same corpus must not write the same chunk.
LOCK = 0x67656E6572617465
ELSEWHERE = "Choose another CLAIMBASE_DATA or CLAIMBASE_DATABASE_URL, or the arguments with which it was begun."


@dataclass(frozen=True)
class Done:
    """Claims that there are now, and those that there were before."""

    claims: int
    before: int

    def in_words(self) -> str:
        if self.claims == self.before:
            return f"All {self.claims:,} claims are there; nothing was to do."
        return f"{self.claims - self.before:,} claims were generated; there are {self.claims:,} now."


class Nonces:
    """Numbers that follow from the place in the log, for the editions from `seq` on."""

    def __init__(self, world: World, seq: int) -> None:
        self.world = world
        self.seq = seq

    def __call__(self) -> str:
        drawn = hashlib.sha256(f"{self.world.desk}, entry {self.seq}".encode()).hexdigest()
        self.seq += 1
        return drawn[:32]


def clock_of(chunk: int, *, corrected: bool = False) -> Clock:
    moment = START + chunk * EVERY + (CORRECTED_AFTER if corrected else timedelta())
    return lambda: moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def found_generated(settings: Settings, base: str, world: World, *, given: bool) -> str:
    """Begin where nothing is; gives the address in force. Raises CannotStart where something else was begun."""
    make_data_folder(settings.data)
    engine = open_engine(settings)
    try:
        if current(engine) is None:
            upgrade(engine)
        check_schema(engine)
        with writing(engine) as session:
            empty = log.head(session).seq < 0
        if empty:
            say_if_local(settings, base if given else None)
            _found(engine, settings, base, world)
        with writing(engine) as session:
            return _check_ours(session, settings, world, base if given else None)
    finally:
        engine.dispose()


def _found(engine: Engine, settings: Settings, base: str, world: World) -> None:
    world.ids.aim(FOUNDATION)
    found(
        engine,
        LOCAL_OPERATOR,
        settings.model_copy(update={"site_name": world.desk}),
        base,
        clock=clock_of(0),
        nonces=Nonces(world, 0),
        info={"draw": world.ids.draw},
    )


def _check_ours(session: Session, settings: Settings, world: World, base: str | None) -> str:
    desk, there = in_english(log.latest_at(session, "foundation").document["byline"]), log.base_of(session)
    if desk != world.desk:
        what = f"there is another knowledge base here already, of “{desk[:80]}”."
        raise CannotStart(what, where=str(settings.data), remedy=ELSEWHERE)
    if base is not None and base != there:
        what = f"this corpus was begun under {there}, and --base is {base}."
        raise CannotStart(what, where=str(settings.data), remedy=ELSEWHERE)
    return there


class Generation:
    """Up to `claims` claims in all."""

    def __init__(self, knowledge: KnowledgeBase, world: World, claims: int, advance: Advance) -> None:
        self.knowledge = knowledge
        self.world = world
        self.claims = claims
        self.advance = advance

    def run(self) -> Done:
        """Whatever ends the process, the next run goes on behind the last transaction that was whole."""
        before, size = self._there(), self.world.profile.chunk
        for chunk in range(max(before - 1, 0) // size, -(-self.claims // size)):
            whole = range(chunk * size, (chunk + 1) * size)
            claims = range(whole.start, min(whole.stop, self.claims))
            if before < claims.stop:
                self._draft(chunk, range(max(before, claims.start), claims.stop))
            self._publish(chunk, claims)
            if claims == whole:
                self._correct(chunk, claims)
            follow(self.knowledge)
            self.advance(claims.stop - before, self.claims - before)
        return Done(self.claims, before)

    def _there(self) -> int:
        """How many claims are drafted. Raises CannotStart where something else was written beside them."""
        with writing(self.knowledge.engine) as session:
            there = session.scalar(select(func.count()).select_from(Claim)) or 0
            records = session.scalar(select(func.count()).select_from(Record)) or 0
        ours = sum(1 for _ in self.world.records(range(there))) if there else 0
        # The foundation and the desk's own agent stand beside the pages.
        if records != ours + len(PAGES) + 2:
            what = "something was written here that was not generated."
            raise CannotStart(what, where=str(self.knowledge.settings.data), remedy=ELSEWHERE)
        if there > self.claims:
            what = f"there are {there:,} claims here already, and --claims is {self.claims:,}."
            raise CannotStart(what, where=str(self.knowledge.settings.data), remedy=ELSEWHERE)
        return there

    def _job(self, session: Session, clock: Clock) -> Job:
        session.info["draw"] = self.world.ids.draw
        return Job(session, LOCAL_OPERATOR, self.world, self.knowledge.blobs, clock()[:10], self.knowledge.method)

    def _draft(self, chunk: int, claims: range) -> None:
        clock = clock_of(chunk)
        with working(self.knowledge.engine, clock) as session:
            alone(session.connection(), LOCK)
            write_claims(self._job(session, clock), claims)

    def _publish(self, chunk: int, claims: range) -> None:
        """What has no edition yet; the chunk's correction may be drafted or published already."""
        records = list(self.world.records(claims))
        with writing(self.knowledge.engine) as session:
            known = set(session.scalars(select(EditionRow.record).where(EditionRow.record.in_(records))))
        if lacking := [record for record in records if record not in known]:
            self._seal(lacking, PublishEntry(unreviewed=UNREVIEWED), clock_of(chunk))

    def _correct(self, chunk: int, claims: range) -> None:
        claim, clock = corrected_of(self.world, claims), clock_of(chunk, corrected=True)
        with working(self.knowledge.engine, clock) as session:
            correct(self._job(session, clock), claim)
        self._seal([claim], PublishEntry(kind="correction", note=NOTE, unreviewed=UNREVIEWED), clock)

    def _seal(self, records: list[str], entry: PublishEntry, clock: Clock) -> None:
        with writing(self.knowledge.engine) as session:
            nonces = Nonces(self.world, log.head(session).seq + 1)
        made = publish(self.knowledge.engine, LOCAL_OPERATOR, records, entry, clock=clock, nonces=nonces)
        for record, findings in made.refused.items():
            raise Broken(f"a generated record was refused: {findings[0].what}", where=f"{record} {findings[0].where}")
