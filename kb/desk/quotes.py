"""Checking quotes against a text: what stands in it exactly becomes verified; of the rest it says where they part."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk import records
from kb.desk.actors import Actor, require
from kb.desk.changes import Deed, changed
from kb.desk.parts import fragment
from kb.desk.snapshots import SnapshotEntry, bring_in
from kb.desk.tables import (
    Appearance,
    Claim,
    Evidence,
    LeftOutSentence,
    OtherPlace,
    Passage,
    Record,
    Reply,
    Search,
    Snapshot,
    Source,
)
from kb.desk.texts import HeldText, Keeping, Texts
from kb.errors import Refused
from kb.values.quote import Quote, locate

Place = tuple[str, str]


class WhoseText(Refused):
    """It cannot be told which source a text is of."""


@dataclass(frozen=True)
class Miss:
    """A quote that the text does not bear out."""

    record: str
    part: str
    problem: str
    remedy: str


@dataclass(frozen=True)
class Checked:
    """`verified` were recorded before; `before` were verified already and still stand; `unread` have no held text."""

    sources: tuple[str, ...]
    verified: int
    before: int
    unread: int
    misses: tuple[Miss, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "sources": list(self.sources),
            "verified": self.verified,
            "verified_before": self.before,
            "without_text": self.unread,
            "misses": [vars(miss) for miss in self.misses],
        }

    def in_words(self) -> str:
        lines = [f"{self.verified} quotes newly verified, {self.before} verified before, {self.unread} without a text."]
        lines += [f"{one.record}#{one.part}: {one.problem} {one.remedy}".rstrip() for one in self.misses]
        return "\n".join(lines)


def check_quotes(session: Session, actor: Actor, subject: str | None, handed: bytes | None, blobs: Keeping) -> Checked:
    """Of a source, of a claim, or of all. `handed` is the text of one source: kept, not open, and checked against.

    Raises WhoseText where it cannot be told whose text it is, NotText where it is none.
    """
    require(actor, "edit")
    claim = subject if subject is not None and _kind(session, subject) == "claim" else None
    if handed is not None:
        source = _whose(session, subject, handed)
        bring_in(session, actor, source, SnapshotEntry(retrieved_with="file as received"), handed, blobs)
        sources = [source.id]
    else:
        sources = _sources(session, subject)
    return _check(session, actor, sources, claim, Texts(session, blobs))


def _check(session: Session, actor: Actor, sources: list[str], claim: str | None, texts: Texts) -> Checked:
    owners, verified, before, unread = owners_of(session, sources), 0, 0, 0
    misses: list[Miss] = []
    wanted = select(Passage).where(Passage.source_id.in_(sources), Passage.exact.is_not(None)).order_by(Passage.id)
    for passage in session.scalars(wanted).all():
        record, part = owners[passage.id]
        if claim is not None and record != claim:
            continue
        held = texts.of(passage.source_id)
        if held is None:
            unread += 1
            continue
        try:
            place = _located(held, passage)
        except Refused as refusal:
            misses.append(Miss(record, part, refusal.what, refusal.remedy))
            continue
        if changed(session, Deed(actor, "check_quotes", record, part), [(passage, place)]):
            verified += 1
        else:
            before += 1
    return Checked(tuple(sources), verified, before, unread, tuple(misses))


def _located(held: HeldText, passage: Passage) -> dict[str, Any]:
    """Raises what locating raises."""
    quote = Quote(
        exact=passage.exact or "",
        prefix=passage.prefix or "",
        suffix=passage.suffix or "",
        start=passage.start_at,
        end=passage.end_at,
        occurrence=passage.occurrence,
        occurrences=passage.occurrences,
    )
    span = locate(held.text, quote)
    return {
        "state": "verified",
        "snapshot_id": held.snapshot_id,
        "text_sha256": held.sha256,
        "start_at": span.start,
        "end_at": span.end,
        "occurrence": span.occurrence,
        "occurrences": span.occurrences,
    }


def owners_of(session: Session, sources: Iterable[str]) -> dict[int, Place]:
    """Passage → the record and the part that it belongs to."""
    own = Passage.source_id.in_(list(sources))
    found: dict[Any, Place] = {}
    for table, kind in ((Appearance, "appearance"), (Evidence, "evidence"), (Search, "search"), (Reply, "reply")):
        rows = select(table.passage_id, table.claim_id, table.number).join(Passage, Passage.id == table.passage_id)
        for key, claim, number in session.execute(rows.where(own)):
            found[key] = (claim, fragment(kind, number))
    places = (
        select(OtherPlace.passage_id, Appearance.claim_id, Appearance.number, OtherPlace.number)
        .join(Appearance, Appearance.id == OtherPlace.appearance_id)
        .join(Passage, Passage.id == OtherPlace.passage_id)
        .where(own)
    )
    for key, claim, appearance, number in session.execute(places):
        found[key] = (claim, fragment(f"appearance-{appearance}-place", number))
    left = select(LeftOutSentence.passage_id, LeftOutSentence.source_id, LeftOutSentence.number)
    for key, source, number in session.execute(left.join(Passage, Passage.id == LeftOutSentence.passage_id).where(own)):
        found[key] = (source, fragment("left-out", number))
    return found


def _kind(session: Session, record_id: str) -> str:
    return records.find(session, Record, record_id).kind


def _sources(session: Session, subject: str | None) -> list[str]:
    """Whose quotes are looked at where no text is handed over."""
    if subject is None:
        held = select(Snapshot.source_id).where(Snapshot.holding == "held").distinct()
        return sorted(session.scalars(held))
    if _kind(session, subject) == "claim":
        return sorted(_sources_of_claim(session, records.find(session, Claim, subject)))
    return [records.find(session, Source, subject).id]


def _whose(session: Session, subject: str | None, handed: bytes) -> Source:
    """The source named, or the only one of the claim named, or the one whose text is known to have this hash."""
    digest = hashlib.sha256(handed).hexdigest()
    known = _with_hash(session, digest)
    if subject is None:
        candidates = known
    elif _kind(session, subject) == "claim":
        own = _where_it_stands(session, subject)
        candidates = own & known if len(own) > 1 else own
    else:
        candidates = {records.find(session, Source, subject).id}
    if len(candidates) != 1:
        many = (
            f"it could be of {', '.join(sorted(candidates))}" if candidates else "no source is known to have this text"
        )
        raise WhoseText(f"{many}.", where=f"sha256 {digest}", remedy="Name the source.")
    return records.find(session, Source, candidates.pop())


def _with_hash(session: Session, digest: str) -> set[str]:
    bytes_or_text = (Snapshot.sha256 == digest) | (Snapshot.text_sha256 == digest)
    snapshots = set(session.scalars(select(Snapshot.source_id).where(bytes_or_text)))
    return snapshots or set(session.scalars(select(Passage.source_id).where(Passage.text_sha256 == digest).distinct()))


def _where_it_stands(session: Session, claim_id: str) -> set[str]:
    own = select(Passage.source_id).join(Appearance, Appearance.passage_id == Passage.id)
    return set(session.scalars(own.where(Appearance.claim_id == claim_id)))


def _sources_of_claim(session: Session, claim: Claim) -> set[str]:
    found = _where_it_stands(session, claim.id)
    for table in (Evidence, Search, Reply):
        own = select(Passage.source_id).join(table, table.passage_id == Passage.id).where(table.claim_id == claim.id)
        found |= set(session.scalars(own))
    return found
