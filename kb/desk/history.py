"""The history of changes: one row for each, with the state before and after."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from kb.desk.actors import Actor
from kb.desk.chance import now
from kb.desk.tables import History

# The verb under which the bridge notes that an edition was made.
PUBLISH = "publish"
# Verbs that leave the content as it is: whoever did only these has not worked on a record, and nothing of it is new.
READING = (
    PUBLISH,
    "withdraw",
    "restore",
    "add_approval",
    "remove_approval",
    "submit",
    "hand_back",
    "add_comment",
    "resolve_comment",
    "reopen_comment",
)
# Databases limit the values of one statement.
CHUNK = 5_000
# The rows of a part: table name → its row, or a list of rows.
State = Mapping[str, Any]


def note(
    session: Session,
    actor: Actor,
    verb: str,
    record_id: str,
    part: str = "",
    before: State | None = None,
    after: State | None = None,
) -> None:
    """Add a row; `part` is a fragment such as `evidence-3`, '' for the record itself."""
    session.add(
        History(
            happened_at=now(session),
            actor=actor.name,
            verb=verb,
            record_id=record_id,
            part=part,
            before=dict(before) if before is not None else None,
            after=dict(after) if after is not None else None,
        )
    )


def note_editions(session: Session, actor: Actor, editions: Mapping[str, State]) -> None:
    """Note an edition for each of these records, in their order, in one statement."""
    happened_at = now(session)
    rows = [
        {
            "happened_at": happened_at,
            "actor": actor.name,
            "verb": PUBLISH,
            "record_id": record,
            "part": "",
            "before": None,
            "after": {"edition": dict(edition)},
        }
        for record, edition in editions.items()
    ]
    if rows:
        session.execute(insert(History), rows)


def of_record(session: Session, record_id: str) -> Sequence[History]:
    """Everything that happened to a record, the oldest first."""
    return session.scalars(select(History).where(History.record_id == record_id).order_by(History.id)).all()


def workers_of(session: Session, records: Iterable[str]) -> dict[str, set[str]]:
    """Everybody whose changes went into these records, by record; who only read them is not among them."""
    found: dict[str, set[str]] = {}
    wanted = sorted(set(records))
    for at in range(0, len(wanted), CHUNK):
        rows = select(History.record_id, History.actor).where(History.record_id.in_(wanted[at : at + CHUNK]))
        for record, actor in session.execute(rows.where(History.verb.not_in(READING)).distinct()):
            found.setdefault(record, set()).add(actor)
    return found


def was_published(session: Session, record_id: str) -> bool:
    """True where an edition of the record was ever noted."""
    found = select(History.id).where(History.record_id == record_id, History.verb == PUBLISH).limit(1)
    return session.scalar(found) is not None
