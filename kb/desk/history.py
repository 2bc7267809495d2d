"""The history of changes: one row for each, with the state before and after."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk.actors import Actor
from kb.desk.chance import now
from kb.desk.tables import History

# The verb under which the bridge notes that an edition was made.
PUBLISH = "publish"
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


def of_record(session: Session, record_id: str) -> Sequence[History]:
    """Everything that happened to a record, the oldest first."""
    return session.scalars(select(History).where(History.record_id == record_id).order_by(History.id)).all()


def was_published(session: Session, record_id: str) -> bool:
    """True where an edition of the record was ever noted."""
    found = select(History.id).where(History.record_id == record_id, History.verb == PUBLISH).limit(1)
    return session.scalar(found) is not None
