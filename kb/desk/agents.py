"""Agents: add, change, find, remove. A private one stays on the desk and never gets an edition."""

from typing import Annotated, Any, Self

from pydantic import AfterValidator, model_validator
from sqlalchemy.orm import Session

from kb.desk import records
from kb.desk.actors import Actor, require
from kb.desk.changes import Deed, Items, added, changed, keep
from kb.desk.entry import Entry
from kb.desk.forms import Edtf, Language, Printed, Prose, RecordId, one_of, refused
from kb.desk.privacy import PRIVATE, check_origins
from kb.desk.removal import remove_record
from kb.desk.tables import Agent, AgentName, Source
from kb.values import vocabulary


class NameEntry(Entry):
    """A name and the language it is in."""

    text: Printed
    language: Language = "en"


def _each_once(names: tuple[NameEntry, ...]) -> tuple[NameEntry, ...]:
    if len({name.text for name in names}) < len(names):
        raise refused("the same name stands there twice.", "Leave one of them out.")
    return names


class LivingEntry(Entry):
    """Living or dead is a dated statement, with the source that makes it where one does."""

    living: Annotated[str, one_of(vocabulary.LIVING)] | None = None
    living_as_of: Edtf | None = None
    living_source: RecordId | None = None

    @model_validator(mode="after")
    def _is_dated(self) -> Self:
        if (self.living is None) != (self.living_as_of is None):
            raise refused("living and living_as_of go together.", "Say as of when, or say neither.")
        return self

    def columns(self) -> dict[str, Any]:
        """The three columns that every table with a person in it has."""
        return {"living": self.living, "living_as_of": self.living_as_of, "living_source_id": self.living_source}


class AgentEntry(LivingEntry):
    """Who it is. `genre` keeps the kind in words; `name` is not normalised."""

    kind: Annotated[str, one_of(vocabulary.AGENT_KIND)]
    name: Printed
    genre: Prose | None = None
    visibility: Annotated[str, one_of(vocabulary.VISIBILITY)] = "public"
    other_names: Annotated[tuple[NameEntry, ...], AfterValidator(_each_once)] = ()
    note: Prose | None = None
    language: Language = "en"


def add_agent(session: Session, actor: Actor, entry: AgentEntry) -> Agent:
    require(actor, "edit")
    _check(session, entry)
    record = records.begin(session, "agent", entry.language)
    agent = Agent(id=record.id, **_columns(entry))
    keep(session, agent)
    added(session, Deed(actor, "add_agent", agent.id), [record, agent], [_names(agent, entry)])
    return agent


def change_agent(session: Session, actor: Actor, agent: Agent, entry: AgentEntry) -> Agent:
    require(actor, "edit")
    _check(session, entry, agent)
    record = records.hold(session, agent.id)
    rows = [(record, {"language": entry.language}), (agent, _columns(entry))]
    changed(session, Deed(actor, "change_agent", agent.id), rows, [_names(agent, entry)])
    return agent


def remove_agent(session: Session, actor: Actor, agent: Agent) -> None:
    remove_record(session, actor, "remove_agent", agent)


def find_agent(session: Session, agent_id: str) -> Agent:
    return records.find(session, Agent, agent_id)


def _check(session: Session, entry: AgentEntry, agent: Agent | None = None) -> None:
    if entry.living_source is not None:
        records.need(session, Source, entry.living_source, "living_source")
    if entry.visibility == PRIVATE and (agent is None or agent.visibility != PRIVATE):
        check_origins(session, {entry.name, *(name.text for name in entry.other_names)})


def _columns(entry: AgentEntry) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "name": entry.name,
        "genre": entry.genre,
        "visibility": entry.visibility,
        "note": entry.note,
        **entry.columns(),
    }


def _names(agent: Agent, entry: AgentEntry) -> Items:
    return Items(AgentName, {"agent_id": agent.id}, [name.model_dump() for name in entry.other_names])
