"""Taking a record off the desk: a draft that nothing refers to. What was published is withdrawn instead."""

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kb.desk import history
from kb.desk.actors import Actor, require
from kb.desk.changes import state_of
from kb.desk.records import hold
from kb.desk.tables import Agent, Claim, Origin, Page, Record, Source, Topic
from kb.errors import Conflict, Refused

AnyRecord = Agent | Claim | Origin | Page | Source | Topic


class StillNeeded(Conflict):
    """Other records refer to this one."""


class Published(Refused):
    """A record with an edition stays."""


def remove_record(session: Session, actor: Actor, verb: str, row: AnyRecord) -> None:
    """Raises Published, or StillNeeded where something refers to it. Its history stays."""
    require(actor, "edit")
    # Whoever is publishing it at this moment comes first: only then is it known whether it has an edition.
    hold(session, row.id)
    if history.was_published(session, row.id):
        what = "it has been published, and a citation lasts."
        raise Published(what, where=row.id, remedy="Withdraw it, with a reason.")
    session.flush()
    record_id, before = row.id, {row.__tablename__: state_of(row)}
    try:
        with session.begin_nested():
            session.execute(
                delete(Record).where(Record.id == record_id), execution_options={"synchronize_session": False}
            )
    except IntegrityError as error:
        what = "other records refer to it."
        raise StillNeeded(what, where=record_id, remedy="Change those first.") from error
    session.expire_all()
    history.note(session, actor, verb, record_id, before=before)
