"""A look at drafts before anything is sealed: what differs from the edition before, what is needed, what is wrong."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.desk.tables import Agent, History, Record
from kb.log.read import Edition
from kb.log.series import latest_of
from kb.publish.along import needs
from kb.publish.changes import PublishEntry
from kb.publish.compile.claim import Relations
from kb.publish.compile.names import WITH_RECORD
from kb.publish.compile.record import compile_many
from kb.publish.compile.rows import CHUNK
from kb.publish.facts import gather
from kb.publish.finding import Finding
from kb.publish.gate import gate
from kb.publish.ground import Ground

# What is published first where nothing else decides.
KINDS = ("agent", "topic", "page", "origin", "source", "claim")


@dataclass(frozen=True)
class Look:
    """What one look at a draft told; the text itself is not kept, so that memory stays flat."""

    record: str
    kind: str
    address: str
    needs: frozenset[str]
    is_new: bool
    content_differs: bool
    withdrawn: bool
    # That of the content, which an approval is of.
    digest: str
    relations: Relations = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def shut(self) -> bool:
        """True where what would have to be published must not be."""
        return any(finding.shuts for finding in self.findings)


def look(
    session: Session, ground: Ground, records: Iterable[str], entry: PublishEntry, named: Container[str]
) -> list[Look]:
    """One batch. `named` are the records that the call names: of a source among them readers will find the draft."""
    drafts = compile_many(session, ground, records)
    before = latest_of(session, sorted(drafts))
    facts = gather(session, drafts, before, named, entry.unreviewed)
    wanted = needs(session, drafts.values())
    looks = []
    for record, draft in drafts.items():
        edition = before.get(record)
        found = gate(draft, facts[record]) + _kind_findings(entry, edition)
        looks.append(
            Look(
                record,
                draft.kind,
                draft.address,
                wanted[record],
                is_new=edition is None,
                content_differs=not facts[record].content_stands,
                withdrawn=facts[record].withdrawn,
                digest=facts[record].content,
                relations=stated_by(edition),
                findings=tuple(found),
            )
        )
    return looks


def stated_by(edition: Edition | None) -> Relations:
    """The relations that an edition states, by ids."""
    if edition is None or edition.record_kind != "claim":
        return {}
    stated: Mapping[str, list[str]] = edition.document["mainEntity"].get("relations", {})
    return {kind: sorted(map(_id_of, iris)) for kind, iris in stated.items()}


def published_by_all(session: Session) -> list[str]:
    """Every record but private and unnamed agents and what is withdrawn; kind by kind, in the order of their making."""
    rows = session.execute(select(Record.id, Record.kind).where(~Record.withdrawn, Record.kind.in_(KINDS))).all()
    hidden = set(session.scalars(select(Agent.id).where(~WITH_RECORD)))
    born = births(session, [row.id for row in rows])
    kept = [row for row in rows if row.id not in hidden]
    return [row.id for row in sorted(kept, key=lambda row: (KINDS.index(row.kind), born[row.id]))]


def births(session: Session, records: Iterable[str]) -> dict[str, tuple[str, int, str]]:
    """What to sort records by for the order in which they were made, which one second of an import does not tell."""
    wanted = sorted(set(records))
    made: dict[str, str] = {}
    first: dict[str, int] = {}
    for at in range(0, len(wanted), CHUNK):
        some = wanted[at : at + CHUNK]
        made |= {
            row.id: row.created_at
            for row in session.execute(select(Record.id, Record.created_at).where(Record.id.in_(some)))
        }
        noted = select(History.record_id, func.min(History.id)).where(History.record_id.in_(some))
        first |= {row[0]: row[1] for row in session.execute(noted.group_by(History.record_id))}
    return {record: (made.get(record, ""), first.get(record, 0), record) for record in wanted}


def _kind_findings(entry: PublishEntry, edition: Edition | None) -> list[Finding]:
    if entry.kind == "new" and edition is not None:
        what = f"Version {edition.version} is published already, so the next one is not new."
        return [Finding(what, "kind", "Leave --kind out, or choose update, clarification or correction.")]
    return []


def _id_of(iri: str) -> str:
    return iri.partition("#")[0].rpartition("/")[2]
