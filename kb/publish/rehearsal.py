"""An edition as it would be if it were published now: sealed as ever, and logged nowhere."""

from collections.abc import Collection
from contextlib import nullcontext
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from kb.desk.records import find
from kb.desk.tables import Record
from kb.documents.canonical import canonical, digest
from kb.documents.envelope import Sealing, seal
from kb.log.read import Edition, head
from kb.log.series import latest_of
from kb.publish.changes import PublishEntry
from kb.publish.citing import cited_records
from kb.publish.compile.record import NoSuchDraft, compile_many
from kb.publish.decide import change_of
from kb.publish.facts import gather
from kb.publish.ground import read_ground
from kb.publish.group import moment
from kb.publish.plan import look_at_all
from kb.publish.relations import stated

# It is never in a log, so that nothing has to be kept secret by it.
NONCE = "0" * 32


@dataclass(frozen=True)
class Rehearsal:
    """`before` is the edition that readers have now."""

    edition: Edition
    before: Edition | None

    @property
    def says_the_same(self) -> bool:
        """True where publishing would make no edition: it says what readers have."""
        if self.before is None or self.before.content_digest != self.edition.content_digest:
            return False
        old, new = (one.document["mainEntity"].get("relations", {}) for one in (self.before, self.edition))
        return bool(old == new)


def rehearse(
    session: Session, base: str, record: str, entry: PublishEntry, along: Collection[str] | None = None
) -> Rehearsal:
    """What publishing would make. Without a reason in the entry it is shown as approved.

    `along` are the records that would be published with it, where the caller has looked already. Raises NoSuchDraft,
    and Refused or Missing where the draft is not whole enough to be an edition.
    """
    ground = read_ground(session, base)
    if along is None:
        looks = look_at_all(lambda: nullcontext(session), ground, [record], entry)
        along = looks.keys() - {record}
    before = latest_of(session, [record])
    relations = stated(session, [record], [] if record in before else [record])
    found = compile_many(session, ground, [record], relations)
    if record not in found:
        raise NoSuchDraft("there is no such record on the desk.", where=record[:40])
    draft, others = found[record], compile_many(session, ground, sorted(along))
    drafts = [draft, *others.values()]
    facts = gather(session, {record: draft}, before, frozenset({record, *along}), entry.unreviewed)[record]
    if entry.unreviewed is None:
        facts = replace(facts, approved=True)
    language = find(session, Record, record).language
    change = change_of(draft, before.get(record), facts, entry, language, named=True)
    last = before.get(record)
    version = last.version + 1 if last else 1
    cited = cited_records(session, ground, drafts, {one.record: version if one is draft else 1 for one in drafts})
    end = head(session)
    document = seal(
        draft,
        Sealing(
            base=base,
            version=version,
            issued=moment(session, end),
            change=change.kind,
            change_note=change.note,
            nonce=NONCE,
            previous_digest=last.digest if last else None,
            license=ground.license,
            publisher=ground.publisher,
            byline=cited[ground.publisher].entity["name"],
            reviewed=change.reviewed,
            unreviewed_reason=change.reason,
            cited=cited,
        ),
    )
    data = canonical(document)
    edition = Edition(
        seq=end.seq + 1,
        record=record,
        record_kind=draft.kind,
        address=draft.address,
        version=version,
        change=change.kind,
        issued=document["issued"],
        digest=digest(data),
        content_digest=draft.content_digest,
        prev=last.digest if last else None,
        leaf_hash="",
        data=data,
    )
    return Rehearsal(edition, last)
