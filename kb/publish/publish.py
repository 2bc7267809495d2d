"""Publishing: from drafts on the desk to editions in the log, with whatever they need."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kb.desk.actors import Actor, require
from kb.desk.chance import Clock
from kb.documents.envelope import Draft
from kb.publish.changes import PublishEntry, check_kind
from kb.publish.compile.record import compile_record
from kb.publish.finding import Finding
from kb.publish.ground import read_ground
from kb.publish.group import GateShut, Job, Made, publish_group
from kb.publish.plan import Plan, make_plan
from kb.publish.receipt import Receipt
from kb.publish.relations import stated
from kb.publish.session import Nonces, fresh_nonce, working
from kb.publish.survey import Look, published_by_all

__all__ = ["PublishEntry", "gate_record", "preview", "publish"]

# Told how many editions are made, and of how many.
Progress = Callable[[int, int | None], None]


def publish(
    engine: Engine,
    actor: Actor,
    records: Sequence[str] | None,
    entry: PublishEntry,
    *,
    base: str | None = None,
    clock: Clock | None = None,
    nonces: Nonces = fresh_nonce,
    progress: Progress | None = None,
    expected: Mapping[str, str] | None = None,
) -> Receipt:
    """Publish these records, or with None every one that passes the gate.

    `expected` are content digests by record: a draft that is not any more what was looked at is refused.

    Groups are sealed one after another in a transaction each: whatever ends the process leaves whole groups, and the
    next call goes on from there. The caller brings the projections up to date.
    """
    check_kind(entry)
    verb = "correct" if entry.kind == "correction" else "publish"
    require(actor, verb)
    with working(engine, clock) as session:
        ground = read_ground(session, base)
        wanted = published_by_all(session) if records is None else records
    plan = make_plan(lambda: working(engine, clock), ground, wanted, entry)
    named = frozenset(records or ())
    job = Job(actor, verb, ground, entry, named, nonces, expected or {})
    made, refused = _seal_all(engine, clock, job, plan, progress)
    done = {one.id for one in made} | refused.keys()
    meanwhile = [record for group in plan.groups for record in group if record not in done]
    return Receipt(made, [*plan.unchanged, *meanwhile], plan.refused | refused, plan.along)


def _seal_all(
    engine: Engine, clock: Clock | None, job: Job, plan: Plan, progress: Progress | None
) -> tuple[list[Made], dict[str, Sequence[Finding]]]:
    made: list[Made] = []
    refused: dict[str, Sequence[Finding]] = {}
    for group in plan.groups:
        try:
            with working(engine, clock) as session:
                found = publish_group(session, job, group)
        except GateShut as shut:
            together = Finding("What it goes with was changed meanwhile.", "record", "Publish again.")
            refused |= {record: shut.refused.get(record, (together,)) for record in group}
        else:
            made += found
        if progress is not None:
            progress(len(made), plan.total)
    return made, refused


def preview(session: Session, base: str, record: str) -> Draft:
    """A draft as it would be published now. Raises NoSuchDraft."""
    return compile_record(session, read_ground(session, base), record, stated(session, [record], [record])[record])


def gate_record(
    session: Session, base: str, record: str, *, unreviewed: str | None = None
) -> tuple[str, list[Finding]]:
    """Content digest of a draft, and all that the gate says of it and of what it would drag along."""
    draft, entry = preview(session, base, record), PublishEntry(unreviewed=unreviewed)
    plan = make_plan(lambda: nullcontext(session), read_ground(session, base), [record], entry)
    return draft.content_digest, findings_of(plan.looks, record)


def findings_of(looks: Mapping[str, Look], record: str) -> list[Finding]:
    """What the gate says of a record, and behind it what it says of each that it would drag along, with its address."""
    found = list(looks[record].findings)
    for one in looks.values():
        if one.record != record:
            found += [
                Finding(each.what, f"{one.address}: {each.where}", each.mend, each.shuts) for each in one.findings
            ]
    return found
