"""Withdrawing and restoring: the page stays, and says why."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kb.desk.actors import Actor, require
from kb.desk.chance import Clock
from kb.desk.changes import Deed, changed
from kb.desk.records import hold
from kb.documents import addresses
from kb.documents.envelope import Draft
from kb.documents.references import references
from kb.errors import Refused
from kb.log.append import lock_head
from kb.log.read import Edition
from kb.log.series import editions_of, latest_of
from kb.publish.along import METHOD, needs
from kb.publish.changes import PublishEntry
from kb.publish.citing import cited_records
from kb.publish.decide import Change, change_of
from kb.publish.facts import gather
from kb.publish.finding import Finding
from kb.publish.gate import gate, is_open
from kb.publish.ground import Ground, read_ground
from kb.publish.group import GateShut, Job, Made, Next, compile_group, log_editions, moment
from kb.publish.receipt import Receipt
from kb.publish.session import Nonces, fresh_nonce, working

WITHDRAWAL, RESTORATION = "withdrawal", "restoration"
# RDF.md 1, “Withdrawn”; all else goes with the assessment.
KEPT_OF_A_CLAIM = frozenset(
    {"@id", "@type", "statement", "question", "concerns", "replies", "topics", "relations", "note", "externalIds"}
)
_NO_READER = "A withdrawal needs no second reader."


class NotStanding(Refused):
    """Only what stands can be withdrawn, and only what is withdrawn can be restored."""


def withdraw(
    engine: Engine,
    actor: Actor,
    record: str,
    reason: str,
    *,
    base: str | None = None,
    clock: Clock | None = None,
    nonces: Nonces = fresh_nonce,
) -> Receipt:
    """An edition of kind withdrawal, in the words of the one before: no draft slips in. Raises NotStanding."""
    require(actor, "withdraw")
    entry = PublishEntry(kind=WITHDRAWAL, note=reason)
    with working(engine, clock) as session:
        ground, head = read_ground(session, base), lock_head(session)
        row, before = hold(session, record), _standing(session, record, ground)
        changed(session, Deed(actor, "withdraw", record), [(row, {"withdrawn": True})])
        draft = withdrawn(before)
        change = Change(WITHDRAWAL, {row.language: entry.note or ""}, False, {"en": _NO_READER})
        job = Job(actor, "withdraw", ground, entry, frozenset({record}), nonces)
        cited = cited_records(session, ground, [draft], {record: before.version + 1})
        made = log_editions(session, job, [Next(draft, before, change)], cited, moment(session, head))
    return Receipt(made)


def restore(
    engine: Engine,
    actor: Actor,
    record: str,
    reason: str,
    *,
    base: str | None = None,
    unreviewed: str | None = None,
    clock: Clock | None = None,
    nonces: Nonces = fresh_nonce,
) -> Receipt:
    """An edition of kind restoration, from the desk. It needs a second reader where it says something else than before.

    Raises NotStanding. Where the gate is shut the record stays withdrawn, and the receipt has the findings.
    """
    require(actor, "restore")
    entry = PublishEntry(kind=RESTORATION, note=reason, unreviewed=unreviewed)
    try:
        with working(engine, clock) as session:
            job = Job(actor, "restore", read_ground(session, base), entry, frozenset({record}), nonces)
            made = _restore(session, job, record)
    except GateShut as shut:
        return Receipt(refused=shut.refused)
    return Receipt(made)


def withdrawn(edition: Edition) -> Draft:
    """What is left of a record: of a claim the short form; any other keeps its words, and the change says the rest."""
    entity: Mapping[str, Any] = edition.document["mainEntity"]
    if edition.record_kind == "claim":
        entity = {key: value for key, value in entity.items() if key in KEPT_OF_A_CLAIM}
        if "replies" in entity:
            replies = [{key: reply[key] for key in reply if key != "saidIn"} for reply in entity["replies"]]
            entity = {**entity, "replies": replies}
    return Draft(edition.record, edition.record_kind, edition.address, entity, references(entity))


def _restore(session: Session, job: Job, record: str) -> list[Made]:
    head, row = lock_head(session), hold(session, record)
    editions = list(editions_of(session, record))
    if not row.withdrawn or not editions:
        raise NotStanding("it is not withdrawn.", where=record, remedy="Publish it.")
    latest = editions[-1]
    stood = next(one for one in reversed(editions) if one.change != WITHDRAWAL)
    changed(session, Deed(job.actor, "restore", record), [(row, {"withdrawn": False})])
    drafts = compile_group(session, job, [record], {record: latest})
    facts = gather(session, drafts, {record: stood}, frozenset(), job.entry.unreviewed)
    findings = gate(drafts[record], facts[record]) + _lacking(session, drafts[record])
    if not is_open(findings):
        raise GateShut({record: findings})
    change = change_of(drafts[record], stood, facts[record], job.entry, row.language, named=True)
    cited = cited_records(session, job.ground, drafts.values(), {record: latest.version + 1})
    return log_editions(session, job, [Next(drafts[record], latest, change)], cited, moment(session, head))


def _lacking(session: Session, draft: Draft) -> list[Finding]:
    """Restoring publishes nothing else along with it."""
    wanted = needs(session, [draft])[draft.record]
    return [
        Finding(f"It needs {one}, which is not published.", "record", f"Publish it first: claimbase publish {one}.")
        for one in sorted(wanted - set(latest_of(session, sorted(wanted))))
    ]


def _standing(session: Session, record: str, ground: Ground) -> Edition:
    """The edition that can be withdrawn."""
    edition = latest_of(session, [record]).get(record)
    if edition is None:
        raise NotStanding("nothing is published of it.", where=record, remedy="Take the draft off the desk instead.")
    if edition.change == WITHDRAWAL:
        raise NotStanding("it is withdrawn already.", where=record)
    if edition.address in {addresses.record_of(ground.publisher), METHOD, addresses.FOUNDATION}:
        what = f"every edition rests on {edition.address}."
        raise NotStanding(what, where=record, remedy="Change and publish it instead.")
    return edition
