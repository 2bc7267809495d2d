"""Approvals: a second pair of eyes on exactly one content; any later change has another digest."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk import history
from kb.desk.actors import Actor, NotAllowed, require
from kb.desk.chance import now
from kb.desk.changes import Deed, added, keep, removed
from kb.desk.entry import Entry
from kb.desk.forms import Digest, Prose
from kb.desk.records import hold
from kb.desk.tables import Approval


class OwnWork(NotAllowed):
    """Nobody approves what they have changed themselves."""


class ApprovalEntry(Entry):
    """The content digest of the draft that was read."""

    content_digest: Digest
    comment: Prose | None = None


def add_approval(session: Session, actor: Actor, record_id: str, entry: ApprovalEntry) -> Approval:
    """The approval that this actor has given to this content already, where there is one. Raises OwnWork."""
    require(actor, "review")
    hold(session, record_id)
    if actor.name in history.workers_of(session, [record_id]).get(record_id, ()):
        what = f"{actor.name} has worked on this record."
        raise OwnWork(what, where=record_id, remedy="Ask somebody else, or publish unreviewed with a reason.")
    for known in find_approvals(session, record_id, entry.content_digest):
        if known.actor == actor.name:
            return known
    approval = Approval(
        record_id=record_id,
        content_digest=entry.content_digest,
        actor=actor.name,
        approved_at=now(session),
        comment=entry.comment,
    )
    keep(session, approval)
    added(session, Deed(actor, "add_approval", record_id, f"approval-{approval.id}"), [approval])
    return approval


def change_approval(session: Session, actor: Actor, approval: Approval, comment: str | None) -> Approval:
    """Only its comment can change, and only by whoever gave it."""
    _own(actor, approval)
    entry = ApprovalEntry(content_digest=approval.content_digest, comment=comment)
    remove_approval(session, actor, approval)
    return add_approval(session, actor, approval.record_id, entry)


def remove_approval(session: Session, actor: Actor, approval: Approval) -> None:
    """Taking back one's own."""
    _own(actor, approval)
    deed = Deed(actor, "remove_approval", approval.record_id, f"approval-{approval.id}")
    removed(session, deed, [approval])


def find_approvals(session: Session, record_id: str, content_digest: str) -> list[Approval]:
    """Those of exactly this content."""
    wanted = select(Approval).where(Approval.record_id == record_id, Approval.content_digest == content_digest)
    return list(session.scalars(wanted.order_by(Approval.id)))


def _own(actor: Actor, approval: Approval) -> None:
    require(actor, "review")
    if approval.actor != actor.name:
        raise NotAllowed("an approval is taken back by whoever gave it.", where=approval.record_id)
