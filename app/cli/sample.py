"""The sample: built by the import's own road, the same every time, and whole or not there.

Clock, ids and nonces are fixed, so that two builds under one base address give the same log, to the byte.
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.resources import as_file, files
from pathlib import Path

from sqlalchemy import Engine

from app.cli.place import building
from app.cli.replay import Step, change_files, read_steps
from app.web.door import SAMPLE_DESK
from kb.blobs import Blobs
from kb.db import open_engine, writing
from kb.db.migrate import upgrade
from kb.desk.actors import LOCAL_OPERATOR
from kb.errors import Broken
from kb.imports import import_corpus
from kb.imports.report import NotKept, Report
from kb.log.read import Head, head
from kb.projections.follow import catch_up
from kb.publish.found import found
from kb.publish.publish import PublishEntry, publish
from kb.publish.receipt import Receipt
from kb.publish.reference import resolve
from kb.publish.withdraw import withdraw
from kb.settings import Settings

UNREVIEWED = "Sample. Proposed assessment, not reviewed by a newsroom."
# Hours of the day: 8 the foundation, 9 the first editions, then one for each edition that follows.
DAY = "2026-11-25"
METHOD_VERSION = 1
# Where the files of the sample's own article lie in the data folder.
FILES = "mountains"

Advance = Callable[[int, int | None], None]


@dataclass
class Chance:
    """A clock that stands still until it is moved, and numbers that are drawn the same in every build."""

    hour: int = 8
    drawn: dict[str, int] = field(default_factory=dict)

    def clock(self) -> str:
        return f"{DAY}T{self.hour:02}:00:00Z"

    def draw(self, below: int) -> int:
        return int(self._next("id"), 16) % below

    def nonce(self) -> str:
        return self._next("nonce")[:32]

    def _next(self, what: str) -> str:
        self.drawn[what] = self.drawn.get(what, 0) + 1
        return hashlib.sha256(f"Claimbase sample, {what} {self.drawn[what]}".encode()).hexdigest()


@dataclass(frozen=True)
class Sample:
    """What was built: where its log ends, and what of the corpus was left out of it."""

    head: Head
    not_kept: list[NotKept]

    def in_words(self) -> str:
        """What readers may miss."""
        relations = sum(one.count for one in self.not_kept if one.field == "claims.relations")
        return f"{relations} relations to claims that are not in the sample are left out."


def build_sample(settings: Settings, base: str, advance: Advance) -> Sample:
    """Raises CannotStart where there is a knowledge base already. A build that was interrupted is begun anew."""
    with building(settings, SAMPLE_DESK) as place:
        engine = open_engine(place)
        try:
            upgrade(engine)
            leave_files(settings.data / FILES)
            return _Builder(engine, place.model_copy(update={"site_name": SAMPLE_DESK}), advance).build(base)
        finally:
            engine.dispose()


def leave_files(folder: Path) -> None:
    """The article's files as they stand after the editions: whoever tries Claimbase out changes and imports these."""
    shutil.rmtree(folder, ignore_errors=True)
    with as_file(files("kb.imports").joinpath("sample", "mountains")) as packaged:
        shutil.copytree(packaged, folder)
    steps = folder / "editions.json"
    for step in read_steps(steps):
        change_files(folder, step)
    steps.unlink()


class _Builder:
    def __init__(self, engine: Engine, settings: Settings, advance: Advance) -> None:
        self.engine = engine
        self.settings = settings
        self.advance = advance
        self.chance = Chance()

    def build(self, base: str) -> Sample:
        info = {"clock": self.chance.clock, "draw": self.chance.draw}
        found(
            self.engine,
            LOCAL_OPERATOR,
            self.settings,
            base,
            clock=self.chance.clock,
            nonces=self.chance.nonce,
            info=info,
        )
        with as_file(files("kb.imports").joinpath("sample")) as data:
            self.chance.hour += 1
            self.bring_in(data / "column")
            self.bring_in(data / "mountains")
            self.publish(None, PublishEntry(unreviewed=UNREVIEWED))
            self.replay(data / "mountains")
            left_out = json.loads((data / "column" / "derived.json").read_text("utf-8"))["not_kept"]
        catch_up(self.engine)
        with writing(self.engine) as session:
            return Sample(head(session), [NotKept(**one) for one in left_out])

    def bring_in(self, folder: Path) -> None:
        report: Report = import_corpus(
            self.engine,
            folder,
            blobs=Blobs(self.settings.blobs),
            method_version=METHOD_VERSION,
            progress=self.advance,
            info={"clock": self.chance.clock, "draw": self.chance.draw},
        )
        if report.refused:
            first = report.refused[0]
            raise Broken(f"the sample was refused: {first.problem}", where=f"{first.file} {first.record} {first.field}")

    def publish(self, records: list[str] | None, entry: PublishEntry) -> None:
        made = publish(
            self.engine,
            LOCAL_OPERATOR,
            records,
            entry,
            clock=self.chance.clock,
            nonces=self.chance.nonce,
            progress=self.advance,
        )
        _refuse_refusals(made)

    def replay(self, mountains: Path) -> None:
        with tempfile.TemporaryDirectory() as folder:
            changed = Path(folder) / mountains.name
            shutil.copytree(mountains, changed)
            for step in read_steps(mountains / "editions.json"):
                self.chance.hour += 1
                self.follow(step, changed)

    def follow(self, step: Step, folder: Path) -> None:
        with writing(self.engine) as session:
            record = resolve(session, f"seed:{step.record}").record
        if step.kind == "withdrawal":
            withdraw(
                self.engine,
                LOCAL_OPERATOR,
                record,
                step.note,
                clock=self.chance.clock,
                nonces=self.chance.nonce,
            )
            return
        change_files(folder, step)
        self.bring_in(folder)
        self.publish([record], PublishEntry(kind=step.kind, note=step.note, unreviewed=UNREVIEWED))


def _refuse_refusals(receipt: Receipt) -> None:
    for record, findings in receipt.refused.items():
        raise Broken(f"the sample was refused: {findings[0].what}", where=f"{record} {findings[0].where}")
