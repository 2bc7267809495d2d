"""An index on disk for tests: published, read as sorted N-Quads, and the same made anew in memory."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from pyoxigraph import RdfFormat, Store, serialize
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kb.db import reading, writing
from kb.projections.triples.disk.home import DiskHome
from kb.projections.triples.entry import Entry
from kb.projections.triples.feed import entries
from kb.projections.triples.store import begin, take_in
from tests.factories.documents import BASE, topic
from tests.support.knowledge import Knowledge

Sessions = Callable[[], AbstractContextManager[Session]]


def sessions_of(engine: Engine) -> Sessions:
    return lambda: reading(engine)


def quads_of(store: Store) -> list[str]:
    """All that is in it, sorted."""
    return sorted(serialize(store, format=RdfFormat.N_QUADS).decode().splitlines())


def read(generation: Path) -> list[str]:
    return quads_of(Store.read_only(str(generation)))


def log_of(engine: Engine, seq: int = -1) -> list[Entry]:
    """Everything after an entry."""
    with reading(engine) as session:
        return list(_all(session, seq))


def fresh(engine: Engine, upto: int = 2**31) -> list[str]:
    """What an index of the log holds, made in memory from nothing."""
    store = Store()
    begin(store)
    for entry in log_of(engine):
        if entry.seq <= upto:
            take_in(store, entry, BASE)
    return quads_of(store)


def built(engine: Engine, folder: Path, **more: float) -> DiskHome:
    """A home whose first generation holds all of the log; the caller closes it."""
    home = DiskHome(folder, BASE, **more)  # type: ignore[arg-type]  # numbers of either kind
    assert home.build(sessions_of(engine), lambda _done, _of: None, lambda: False)
    return home


def follow(home: DiskHome, engine: Engine) -> None:
    """Take in what the log has more, and make a generation of it, however short ago the last one was made."""
    if more := log_of(engine, home.seq):
        home.follow(more)
    home._next_generation = 0.0
    with reading(engine) as session:
        home.generation(session)


def publish_more(engine: Engine, known: Knowledge, number: int = 1, words: str = "Invented addition") -> None:
    """As many further versions of a claim, the one that `tests.support.removed` takes a version of."""
    press = known.world.press
    iri = next(iri for iri, record in press.ids.items() if record == known.claim)
    for _ in range(number):
        entity = dict(press.current[iri].entity) | {"note": {"en": f"{words} {press.nonces}."}}
        with writing(engine) as session:
            press.publish(session, "claim", entity, "correction", "2026-11-28T09:00:00Z")


def publish_topic(engine: Engine, known: Knowledge, number: int) -> None:
    """A record more."""
    press = known.world.press
    with writing(engine) as session:
        entity = topic(press.name("topic", f"invented-{number}"), f"Invented topic {number}")
        press.publish(session, "topic", entity, "new", "2026-11-28T09:00:00Z")


def _all(session: Session, seq: int) -> Iterator[Entry]:
    while batch := entries(session, BASE, seq):
        yield from batch
        seq = batch[-1].seq
