"""IRIs of a record, its parts, and the records that it names."""

from dataclasses import dataclass

from sqlalchemy import and_

from kb.desk.tables import Agent
from kb.documents import addresses


@dataclass(frozen=True)
class Names:
    """A record under a base; `address` is its path, as `claims/37d2qfnqr`."""

    base: str
    address: str

    @property
    def page(self) -> str:
        return addresses.page(self.base, self.address)

    @property
    def it(self) -> str:
        return addresses.iri(self.base, self.address)

    def part(self, name: str) -> str:
        return addresses.part_iri(self.base, self.address, name)

    def of(self, kind: str, name: str | None) -> str | None:
        """The IRI of another record, by its id or slug; None for none."""
        return None if name is None else addresses.iri(self.base, addresses.address_of(kind, name))

    def agent(self, agent: Agent | None) -> str | None:
        """The IRI of an agent that has a record; None where it is private, unnamed or none."""
        return self.of("agent", agent.id) if agent is not None and has_record(agent) else None


# The same rule for the database.
WITH_RECORD = and_(Agent.visibility != "private", Agent.kind != "unnamed")


def has_record(agent: Agent) -> bool:
    """Private persons stand inside claims only, and of whom nobody names there is nothing to say."""
    return agent.visibility != "private" and agent.kind != "unnamed"
