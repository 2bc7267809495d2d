"""Publishing anew what was published last, in a copy; and the same rows inserted by plain SQLAlchemy."""

import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event, select
from sqlalchemy.orm import Session

from bench.corpora import ROOM
from bench.rounds import CommandFailed
from kb.db import open_engine
from kb.db.migrate import upgrade
from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.tables import History
from kb.log.tables import EditionRow
from kb.publish.publish import PublishEntry, publish
from kb.settings import Settings

DATABASE = "claimbase.db"
ENTRY = PublishEntry(unreviewed="For a measurement.")


@dataclass
class Undone:
    """A copy whose log ends before the editions of `records`, whose drafts are whole; and the rows that they had."""

    engine: Engine
    records: Sequence[str]
    rows: Sequence[dict[str, Any]]
    history: Sequence[dict[str, Any]]
    # Of the transactions in which editions were sealed; there once something was published.
    transactions: int = 0
    _sealing: set[Connection] = field(default_factory=set)

    def publish_all(self) -> float:
        """In one call; seconds."""
        return self._published([self.records])

    def publish_each(self) -> float:
        """In a call for each; seconds."""
        return self._published([[record] for record in self.records])

    def _published(self, calls: Sequence[Sequence[str]]) -> float:
        event.listen(self.engine, "before_cursor_execute", self._look)
        event.listen(self.engine, "commit", self._count)
        begun = time.perf_counter()
        made = sum(len(publish(self.engine, LOCAL_OPERATOR, some, ENTRY).published) for some in calls)
        took = time.perf_counter() - begun
        if made != len(self.records):
            raise CommandFailed(f"{made} editions were published, and not {len(self.records)}")
        return took

    def _look(self, connection: Connection, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.startswith("INSERT INTO edition"):
            self._sealing.add(connection)

    def _count(self, connection: Connection) -> None:
        self.transactions += connection in self._sealing
        self._sealing.discard(connection)


@contextmanager
def undone(folder: Path, number: int) -> Iterator[Undone]:
    """The newest `number` records of a corpus, not published yet."""
    ROOM.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOM) as room:
        engine = _engine(Path(room))
        try:
            yield Undone(engine, *_cut(folder / DATABASE, Path(room) / DATABASE, engine, number))
        finally:
            engine.dispose()


def inserted(rows: Sequence[dict[str, Any]], history: Sequence[dict[str, Any]], transactions: int) -> float:
    """Seconds in which plain SQLAlchemy writes these rows into empty tables, in so many transactions."""
    size = -(-len(rows) // transactions)
    with tempfile.TemporaryDirectory(dir=ROOM) as room:
        engine = _engine(Path(room))
        upgrade(engine)
        begun = time.perf_counter()
        for start in range(0, len(rows), size):
            with Session(engine) as session, session.begin():
                session.add_all(EditionRow(**row) for row in rows[start : start + size])
                session.add_all(History(**row) for row in history[start : start + size])
        took = time.perf_counter() - begun
        engine.dispose()
    return took


def _engine(room: Path) -> Engine:
    # Said in full, lest an address in the environment lead to another database.
    return open_engine(Settings(data=room, database_url=f"sqlite:///{room.absolute() / DATABASE}"))


def _cut(
    source: Path, target: Path, engine: Engine, number: int
) -> tuple[list[str], list[dict[str, Any]], list[dict[str, Any]]]:
    reading = closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True))
    with reading as given, closing(sqlite3.connect(target)) as made:
        given.backup(made)
    with Session(engine) as session:
        newest = select(EditionRow.seq).where(EditionRow.version == 1).order_by(EditionRow.seq.desc())
        first = min(session.scalars(newest.limit(number)))
        wanted = select(EditionRow.__table__).where(EditionRow.seq >= first, EditionRow.version == 1)
        rows = [dict(row._mapping) for row in session.execute(wanted.order_by(EditionRow.seq))]
        records = [row["record"] for row in rows]
        told = select(History.__table__).where(History.verb == "publish").order_by(History.id.desc())
        history = [dict(row._mapping) for row in session.execute(told.limit(len(rows)))]
    with closing(sqlite3.connect(target)) as made:
        _take_back(made, first)
    return records, rows, history


def _take_back(database: sqlite3.Connection, first: int) -> None:
    """The log ends before this edition. Its triggers, which refuse that, are put back."""
    triggers = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        database.execute(f'DROP TRIGGER "{name}"')
    database.execute("DELETE FROM edition WHERE seq >= ?", (first,))
    end = "SELECT seq, leaf_hash, issued FROM edition WHERE seq = ?"
    database.execute(f"UPDATE log_head SET (seq, leaf_hash, time) = ({end})", (first - 1,))
    for _, made in triggers:
        database.execute(made)
    database.commit()
