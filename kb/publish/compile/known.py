"""What a compiler must know of other records: where they stand, and which agents are private."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk.tables import Agent, ExternalId, Identifier, Topic
from kb.documents import addresses
from kb.values.identifiers import identifier_iri


@dataclass(frozen=True)
class Known:
    """Addresses under one base. An agent who is private or unnamed has no IRI: None."""

    base: str
    slugs: dict[str, str]
    hidden: frozenset[str]

    def agent(self, record: str | None) -> str | None:
        return None if record is None or record in self.hidden else self._iri("agent", record)

    def source(self, record: str | None) -> str | None:
        return None if record is None else self._iri("source", record)

    def origin(self, record: str | None) -> str | None:
        return None if record is None else self._iri("origin", record)

    def topic(self, record: str | None) -> str | None:
        return None if record is None else self._iri("topic", self.slugs[record])

    def claim(self, record: str) -> str:
        return self._iri("claim", record)

    def page(self, kind: str, name: str) -> str:
        """Where a record is read; its parts are fragments of this."""
        return addresses.page(self.base, addresses.address_of(kind, name))

    def _iri(self, kind: str, name: str) -> str:
        return addresses.iri(self.base, addresses.address_of(kind, name))


def load_known(session: Session, base: str) -> Known:
    """Two statements, whatever the number of records; desks have thousands of agents and topics, not millions."""
    slugs = dict(session.execute(select(Topic.id, Topic.slug)).tuples())
    hidden = session.scalars(select(Agent.id).where((Agent.visibility == "private") | (Agent.kind == "unnamed")))
    return Known(base, slugs, frozenset(hidden))


@dataclass(frozen=True)
class Names:
    """External ids of records and their parts, and addresses of the same thing elsewhere."""

    external: dict[tuple[str, str], list[str]]
    same_as: dict[str, list[str]]

    def of(self, record: str, part: str = "") -> list[str]:
        return self.external.get((record, part), [])


def load_names(session: Session, records: Collection[str]) -> Names:
    """Of a record the whole external id, `seed:air-2019-12-19/C04`; of a part, which stands in it, `seed:E016`."""
    external: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in session.scalars(select(ExternalId).where(ExternalId.record_id.in_(records))):
        inside = f"{row.scope}/{row.value}" if row.scope and not row.part else row.value
        external[row.record_id, row.part].append(f"{row.scheme}:{inside}")
    same_as: dict[str, list[str]] = defaultdict(list)
    for one in session.scalars(select(Identifier).where(Identifier.record_id.in_(records))):
        same_as[one.record_id].append(identifier_iri(one.scheme, one.value))
    return Names({key: sorted(ids) for key, ids in external.items()}, {key: sorted(i) for key, i in same_as.items()})
