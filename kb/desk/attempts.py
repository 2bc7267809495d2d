"""Attempts that are limited in number for a time, whichever process sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kb.db.locks import alone
from kb.desk.chance import from_now, now
from kb.desk.tables import Attempt
from kb.desk.tokens import fingerprint
from kb.errors import Refused

# No limit looks further back than this, so nothing older is kept.
KEPT = timedelta(hours=1)
SWEPT = 200


@dataclass(frozen=True)
class Limit:
    """At most so many in so many minutes."""

    most: int
    minutes: int


SIGN_INS = Limit(10, 15)
FETCHES = Limit(60, 60)


class TooMany(Refused):
    """The same was tried too often; after `seconds` it can be tried again."""

    def __init__(self, seconds: int) -> None:
        minutes = -(-seconds // 60)
        wait = "a minute" if minutes == 1 else f"{minutes} minutes"
        super().__init__("This was tried too often.", remedy=f"Wait {wait}, then try again.")
        self.seconds = seconds


def begin_attempt(session: Session, what: str, whos: Sequence[str], limit: Limit) -> list[int]:
    """Note an attempt for each of them, and give the numbers of the notes. Raises TooMany, and then notes nothing.

    The caller commits it before the attempt begins, so that many at the same moment are counted like many in a row.
    """
    for who in sorted(whos, key=fingerprint):  # always in one order, so that no two wait for each other
        if seconds := too_many(session, what, who, limit):
            raise TooMany(seconds)
    return [note_attempt(session, what, who) for who in whos]


def too_many(session: Session, what: str, who: str, limit: Limit) -> int:
    """Seconds until the next may be tried, or 0. Until the transaction ends nobody else counts or notes the same."""
    hashed = fingerprint(who)
    alone(session.connection(), int.from_bytes(bytes.fromhex(hashed[:16]), signed=True))
    span = timedelta(minutes=limit.minutes)
    recent = session.scalars(
        select(Attempt.happened_at)
        .where(Attempt.what == what, Attempt.who == hashed, Attempt.happened_at > from_now(session, -span))
        .order_by(Attempt.happened_at.desc())
        .limit(limit.most)
    ).all()
    if len(recent) < limit.most:
        return 0
    free = datetime.fromisoformat(recent[-1]) + span
    return int((free - datetime.fromisoformat(now(session))).total_seconds())


def note_attempt(session: Session, what: str, who: str) -> int:
    """The number of the note. Who it was is kept as a hash, and not for long."""
    old = select(Attempt.id).where(Attempt.happened_at < from_now(session, -KEPT)).order_by(Attempt.id).limit(SWEPT)
    # Notes that another transaction sweeps at this moment are left to it.
    session.execute(delete(Attempt).where(Attempt.id.in_(old.with_for_update(skip_locked=True).scalar_subquery())))
    attempt = Attempt(what=what, who=fingerprint(who), happened_at=now(session))
    session.add(attempt)
    session.flush()
    return attempt.id


def take_back(session: Session, notes: Sequence[int]) -> None:
    """For attempts that came to good."""
    session.execute(delete(Attempt).where(Attempt.id.in_(notes)))
