"""One group of records, sealed in one transaction by five calls: require, compile, gate, append, note."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk import history
from kb.desk.actors import Actor, require
from kb.desk.chance import now
from kb.desk.tables import Record
from kb.documents.envelope import Draft, Sealing, seal
from kb.errors import Conflict
from kb.log.append import New, append_all, lock_head
from kb.log.read import Edition, Head
from kb.log.series import latest_of
from kb.publish.changes import PublishEntry
from kb.publish.citing import Cited, cited_records
from kb.publish.compile.record import compile_many
from kb.publish.decide import Change, change_of
from kb.publish.facts import gather
from kb.publish.finding import Finding
from kb.publish.gate import Facts, gate, is_open
from kb.publish.ground import Ground
from kb.publish.relations import stated


@dataclass(frozen=True)
class Job:
    """One call of publish. `named` are the records that the caller meant by name, `nonces` gives 32 hex digits.

    `expected` are the content digests of what the caller has looked at.
    """

    actor: Actor
    verb: str
    ground: Ground
    entry: PublishEntry
    named: frozenset[str]
    nonces: Callable[[], str]
    expected: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Made:
    """An edition that was made."""

    id: str
    version: int
    kind: str
    digest: str

    def as_json(self) -> dict[str, str | int]:
        return {"id": self.id, "version": self.version, "kind": self.kind, "digest": self.digest}


@dataclass(frozen=True)
class Next:
    """What is to be logged of a record: a draft, behind which edition, and what it says of itself."""

    draft: Draft
    before: Edition | None
    change: Change


class GateShut(Conflict):
    """A draft was changed after the plan was made, and no longer passes; nothing of its group was sealed."""

    def __init__(self, refused: Mapping[str, Sequence[Finding]]) -> None:
        super().__init__("the gate is shut.", where=", ".join(sorted(refused)), remedy="See the findings.")
        self.refused = refused


def publish_group(session: Session, job: Job, records: Sequence[str]) -> list[Made]:
    """Seal these records in this order, all or none; the caller commits. Raises GateShut.

    What somebody else has sealed since the plan was made, in the same words, is left out.
    """
    require(job.actor, job.verb)
    head, rows = lock_head(session), _lock(session, records)
    before = latest_of(session, records)
    drafts = differing(compile_group(session, job, records, before), before)
    check_expected(drafts, job.expected)
    facts = gather(session, drafts, before, frozenset(records), job.entry.unreviewed)
    open_gate(drafts, facts)
    versions = {record: before[record].version + 1 if record in before else 1 for record in drafts}
    cited = cited_records(session, job.ground, drafts.values(), versions)
    following = [
        Next(
            draft,
            before.get(record),
            change_of(
                draft,
                before.get(record),
                facts[record],
                job.entry,
                rows[record].language,
                named=record in job.named,
            ),
        )
        for record, draft in drafts.items()
    ]
    return log_editions(session, job, following, cited, moment(session, head))


def compile_group(
    session: Session, job: Job, records: Sequence[str], before: Mapping[str, Edition]
) -> dict[str, Draft]:
    """The drafts in their order, with the relations that readers can follow once the group is logged."""
    arriving = [record for record in records if record not in before]
    drafts = compile_many(session, job.ground, records, stated(session, records, arriving))
    if gone := [record for record in records if record not in drafts]:
        absent = Finding("It was taken off the desk meanwhile.", "record", "Publish again.")
        raise GateShut(dict.fromkeys(gone, (absent,)))
    return {record: drafts[record] for record in records}


def differing(drafts: Mapping[str, Draft], before: Mapping[str, Edition]) -> dict[str, Draft]:
    """Those that say or relate something else than their latest edition, which may be newer than the plan."""
    return {
        record: draft
        for record, draft in drafts.items()
        if (edition := before.get(record)) is None
        or draft.content_digest != edition.content_digest
        or draft.entity.get("relations", {}) != edition.document["mainEntity"].get("relations", {})
    }


def check_expected(drafts: Mapping[str, Draft], expected: Mapping[str, str]) -> None:
    """Raises GateShut where a draft is not any more what the caller has looked at."""
    changed = Finding("It was changed since it was looked at.", "record", "Look at it again, then publish.")
    if shut := {
        one: (changed,) for one, digest in expected.items() if one in drafts and drafts[one].content_digest != digest
    }:
        raise GateShut(shut)


def open_gate(drafts: Mapping[str, Draft], facts: Mapping[str, Facts]) -> None:
    """Raises GateShut with the findings of every draft that does not pass."""
    findings = {record: gate(draft, facts[record]) for record, draft in drafts.items()}
    if shut := {record: found for record, found in findings.items() if not is_open(found)}:
        raise GateShut(shut)


def log_editions(session: Session, job: Job, following: Sequence[Next], cited: Cited, issued: str) -> list[Made]:
    """Seal drafts behind the editions before them, one after another, and note them on the desk."""
    sealed = [New(_document(job, one, cited, issued), one.draft.kind, one.draft.content_digest) for one in following]
    rows = append_all(session, sealed)
    made = [Made(row.record, row.version, row.change, row.digest) for row in rows]
    note(session, job.actor, made)
    return made


def _document(job: Job, one: Next, cited: Cited, issued: str) -> dict[str, Any]:
    before, change = one.before, one.change
    return seal(
        one.draft,
        Sealing(
            base=job.ground.base,
            version=before.version + 1 if before else 1,
            issued=issued,
            change=change.kind,
            change_note=change.note,
            nonce=job.nonces(),
            previous_digest=before.digest if before else None,
            license=job.ground.license,
            publisher=job.ground.publisher,
            byline=cited[job.ground.publisher].entity["name"],
            reviewed=change.reviewed,
            unreviewed_reason=change.reason,
            cited=cited,
        ),
    )


def note(session: Session, actor: Actor, made: Sequence[Made]) -> None:
    """The history row of each edition."""
    editions = {one.id: {"version": one.version, "kind": one.kind, "digest": one.digest} for one in made}
    history.note_editions(session, actor, editions)


def moment(session: Session, head: Head) -> str:
    """The time of an edition is never before that of the one before, whatever the clock says."""
    return max(now(session), head.time or "")


def _lock(session: Session, records: Sequence[str]) -> dict[str, Record]:
    """Nobody changes these drafts until the group is sealed: every verb of the desk holds the record's row."""
    wanted = select(Record).where(Record.id.in_(sorted(records))).order_by(Record.id).with_for_update()
    return {row.id: row for row in session.scalars(wanted)}
