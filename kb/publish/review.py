"""Review: a draft is handed over, read against a checklist, and approved as exactly this content, or handed back."""

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk.actors import Actor, require
from kb.desk.entry import BadEntry, Entry, Fault
from kb.desk.forms import Digest, Prose, RecordId
from kb.desk.handover import RETURN, SUBMIT, HandoverEntry, hand, standing_of
from kb.desk.history import workers_of
from kb.desk.labels import labels_of
from kb.desk.records import hold
from kb.desk.reviews import ApprovalEntry, add_approval, find_approvals, remove_approval
from kb.desk.tables import Approval, Handover
from kb.documents.envelope import Draft
from kb.errors import Conflict, Refused
from kb.log.series import latest_of
from kb.log.tables import EditionRow
from kb.publish.approvals import approved
from kb.publish.changes import PublishEntry
from kb.publish.checklist import checks_of
from kb.publish.compile.record import NoSuchDraft, compile_many
from kb.publish.finding import Finding
from kb.publish.ground import read_ground
from kb.publish.plan import look_at_all
from kb.publish.publish import findings_of
from kb.publish.survey import Look
from kb.values.period import in_words, read_period


class ApprovalVoid(Conflict):
    """The draft is not any more what was read."""


class NothingToRead(Refused):
    """The draft says what readers have already."""


class ApproveEntry(Entry):
    """What was read: digests of the draft and, by id, of the records dragged along; `checks` are those ticked.

    A record dragged along that is not named here is not approved, since nobody says that it was read.
    """

    content_digest: Digest
    checks: tuple[str, ...] = ()
    comment: Prose | None = None
    along: dict[RecordId, Digest] = Field(default_factory=dict)


class ReturnEntry(Entry):
    """What was read, and what is to be mended."""

    content_digest: Digest
    comment: Prose


@dataclass(frozen=True)
class Along:
    """A record without an edition that would be published with the draft. It needs a second reader as well."""

    record: str
    kind: str
    label: str
    address: str
    digest: str
    approved: bool
    own_work: bool


@dataclass(frozen=True)
class Void:
    """An approval of what the draft said before it was changed."""

    approval: Approval

    @property
    def in_words(self) -> str:
        day = in_words(read_period(self.approval.approved_at[:10]))
        return f"Approved by {self.approval.actor} on {day}, voided by a change."


@dataclass(frozen=True)
class Review:
    """A draft as its second reader has it. `findings` are those of the gate; `own_work` is that of who looks."""

    record: str
    kind: str
    digest: str
    findings: tuple[Finding, ...]
    approvals: tuple[Approval, ...]
    void: tuple[Void, ...]
    handover: Handover | None
    own_work: bool
    along: tuple[Along, ...]
    checks: Mapping[str, str]


def submit(session: Session, actor: Actor, base: str, record: str, note: str | None = None) -> Handover:
    """Hand a draft to a second reader. Where it lies there with this content already, nothing happens.

    Raises NothingToRead where the draft is what was published last.
    """
    require(actor, "submit")
    hold(session, record)
    digest = _drafts(session, base, [record])[record].content_digest
    edition = latest_of(session, [record]).get(record)
    if edition is not None and edition.content_digest == digest:
        what = f"nothing in it is otherwise than in version {edition.version}."
        raise NothingToRead(what, where=record, remedy="Change something first.")
    standing = standing_of(session, [record]).get(record)
    if standing is not None and (standing.step, standing.content_digest) == (SUBMIT, digest):
        return standing
    return hand(session, actor, record, HandoverEntry(step=SUBMIT, content_digest=digest, note=note))


def approve(session: Session, actor: Actor, base: str, record: str, entry: ApproveEntry) -> Approval:
    """Approve exactly what was read. Raises ApprovalVoid where it is something else by now, OwnWork, BadEntry.

    What is dragged along is approved with it, save what the actor has worked on: that takes another reader.
    """
    require(actor, "review")
    # Locked in the order of their ids, as publishing does, so that two never wait for each other.
    for one in sorted({record, *entry.along}):
        hold(session, one)
    drafts = _drafts(session, base, [record, *entry.along])
    _check_unchanged(drafts[record], entry.content_digest)
    for one, digest in entry.along.items():
        _check_unchanged(drafts.get(one), digest, one)
    _check_ticked(drafts[record].kind, entry.checks)
    given = ApprovalEntry(content_digest=entry.content_digest, comment=entry.comment)
    approval = add_approval(session, actor, record, given)
    needed = look_at_all(lambda: nullcontext(session), read_ground(session, base), [record], PublishEntry())
    own = workers_of(session, entry.along)
    for one, digest in sorted(entry.along.items()):
        if one in needed and actor.name not in own.get(one, ()):
            add_approval(session, actor, one, ApprovalEntry(content_digest=digest))
    return approval


def hand_back(session: Session, actor: Actor, base: str, record: str, entry: ReturnEntry) -> Handover:
    """Say what is to be mended. The actor's own approval of this content, if there is one, is taken back."""
    require(actor, "review")
    hold(session, record)
    _check_unchanged(_drafts(session, base, [record])[record], entry.content_digest)
    for one in find_approvals(session, record, entry.content_digest):
        if one.actor == actor.name:
            remove_approval(session, actor, one)
    given = HandoverEntry(step=RETURN, content_digest=entry.content_digest, note=entry.comment)
    return hand(session, actor, record, given)


def review_of(session: Session, actor: Actor, base: str, record: str) -> Review:
    """What a second reader has to see. Raises NoSuchDraft."""
    ground = read_ground(session, base)
    looks = look_at_all(lambda: nullcontext(session), ground, [record], PublishEntry())
    if record not in looks:
        raise NoSuchDraft("there is no such record on the desk.", where=record[:40])
    digests = {one: look.digest for one, look in looks.items()}
    workers = workers_of(session, looks)
    own = {one for one, names in workers.items() if actor.name in names}
    along = _along(session, looks, record, digests, own)
    given = list(session.scalars(select(Approval).where(Approval.record_id == record).order_by(Approval.id)))
    used = set(session.scalars(select(EditionRow.content_digest).where(EditionRow.record == record)))
    return Review(
        record=record,
        kind=looks[record].kind,
        digest=digests[record],
        findings=(*findings_of(looks, record), *_own_along(along)),
        approvals=tuple(
            one for one in given if one.content_digest == digests[record] and one.actor not in workers.get(record, ())
        ),
        void=tuple(Void(one) for one in given if one.content_digest not in {digests[record], *used}),
        handover=standing_of(session, [record]).get(record),
        own_work=record in own,
        along=along,
        checks=checks_of(looks[record].kind),
    )


def _along(
    session: Session, looks: Mapping[str, Look], record: str, digests: Mapping[str, str], own: set[str]
) -> tuple[Along, ...]:
    others = [one for one in looks.values() if one.record != record]
    labels = labels_of(session, [one.record for one in others])
    read = approved(session, {one.record: digests[one.record] for one in others})
    return tuple(
        Along(
            one.record,
            one.kind,
            labels.get(one.record, one.address),
            one.address,
            digests[one.record],
            one.record in read,
            one.record in own,
        )
        for one in others
    )


def _own_along(along: Iterable[Along]) -> list[Finding]:
    """What whoever looks cannot approve with the draft."""
    return [
        Finding(
            f"You have worked on “{one.label}” yourself, and it is published with this.",
            f"{one.address}: review",
            "Have somebody else approve it.",
        )
        for one in along
        if one.own_work and not one.approved
    ]


def _drafts(session: Session, base: str, records: Iterable[str]) -> dict[str, Draft]:
    """Raises NoSuchDraft where the first one is not on the desk."""
    wanted = list(records)
    drafts = compile_many(session, read_ground(session, base), wanted)
    if wanted[0] not in drafts:
        raise NoSuchDraft("there is no such record on the desk.", where=wanted[0][:40])
    return drafts


def _check_unchanged(draft: Draft | None, digest: str, where: str = "content_digest") -> None:
    if draft is None or draft.content_digest != digest:
        what = "it was changed since it was opened, so this is not what was read."
        raise ApprovalVoid(what, where=where, remedy="Read what is new, then decide again.")


def _check_ticked(kind: str, ticked: Iterable[str]) -> None:
    known, given = checks_of(kind), set(ticked)
    faults = [
        Fault(f"checks.{one[:40]}", "there is no such check.", "Take it out.") for one in sorted(given - set(known))
    ]
    faults += [
        Fault(f"checks.{one}", f"“{asked}” is not ticked.", "Tick it, or hand the draft back.")
        for one, asked in known.items()
        if one not in given
    ]
    if faults:
        raise BadEntry(tuple(faults))
