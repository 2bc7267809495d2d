"""Publishing in tests: ground to stand on, a clock and chance that are the same each time, and what came of it."""

import itertools
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Engine

from kb.blobs import Blobs
from kb.db import open_engine, writing
from kb.desk.actors import LOCAL_OPERATOR, Actor
from kb.desk.claims import change_claim, find_claim
from kb.log.read import Edition, everything
from kb.projections.follow import catch_up
from kb.publish.approvals import unapproved
from kb.publish.found import found
from kb.publish.ground import Ground
from kb.publish.publish import PublishEntry, publish
from kb.publish.receipt import Receipt
from kb.settings import Settings
from kb.verify.whole import verify
from tests.factories import desk
from tests.factories.whole import STATEMENT
from tests.support.databases import BASE

# For compiling alone, where nothing is founded.
GROUND = Ground(BASE, "https://creativecommons.org/licenses/by/4.0/", f"{BASE}agents/266jnjc2w#it")
UNREVIEWED = "Invented for a test."
READER = Actor("a second reader", frozenset({"reviewer"}))


def ticking(hour: int = 9) -> Callable[[], str]:
    """A clock that goes on by a second at each look."""
    seconds = itertools.count()
    return lambda: f"2026-11-25T{hour:02}:{(at := next(seconds)) // 60:02}:{at % 60:02}Z"


def counted() -> Callable[[], str]:
    """Nonces in their order."""
    numbers = itertools.count(1)
    return lambda: f"{next(numbers):032x}"


def drawn() -> Callable[[int], int]:
    """Ids in their order, far from each other."""
    numbers = itertools.count(1)
    return lambda below: next(numbers) * 7919 % below


def founded(engine: Engine, settings: Settings) -> None:
    found(engine, LOCAL_OPERATOR, settings, BASE)


def put_out(engine: Engine, *records: str, **entry: Any) -> Receipt:
    """Publish these records, or everything, without a second reader where nothing else is said."""
    how = PublishEntry(**{"unreviewed": UNREVIEWED} | entry)
    return publish(engine, LOCAL_OPERATOR, records or None, how)


def note(engine: Engine, claim: str, words: str) -> None:
    """Another note of the whole claim, on the desk."""
    with writing(engine) as session:
        entry = desk.claim_entry(note=words, statement=STATEMENT)
        change_claim(session, LOCAL_OPERATOR, find_claim(session, claim), entry)


def editions(engine: Engine) -> list[Edition]:
    with writing(engine) as session:
        return list(everything(session))


def latest(engine: Engine, record: str) -> Edition:
    return next(one for one in reversed(editions(engine)) if one.record == record)


def entity(engine: Engine, record: str) -> dict[str, Any]:
    made: dict[str, Any] = latest(engine, record).document["mainEntity"]
    return made


def proven(settings: Settings) -> int:
    """Bring the catalogue up to the log and prove the whole; how many editions there are."""
    engine = open_engine(settings)
    catch_up(engine)
    engine.dispose()
    reader = open_engine(settings, read_only=True)
    verdict = verify(reader, Blobs(settings.blobs), witnesses=(unapproved,))
    reader.dispose()
    assert not verdict.problems, verdict.problems
    return verdict.counts.editions


def made_of(receipt: Receipt) -> Sequence[tuple[str, int, str]]:
    return [(one.id, one.version, one.kind) for one in receipt.published]
