"""Agents at the desk: who they are, what else they are called, and whether readers see them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.desk.beside import beside
from app.desk.forms.form import Form, form_of
from app.desk.forms.fresh import check_fresh, marked
from app.desk.forms.picking import chosen, newest, picked
from app.desk.forms.reading import entry_of
from app.desk.identifiers import elsewhere, identifiers_in, save_identifiers
from app.desk.rooms import Rooms
from app.desk.visit import Visit
from kb.desk.agents import AgentEntry, add_agent, change_agent, find_agent
from kb.desk.entry import BadEntry
from kb.desk.records import hold
from kb.desk.tables import Agent, AgentName, Record

rooms = Rooms()
NAMES = "other_names"


@rooms.page("/desk/agents/new", "edit")
def new_agent(visit: Visit) -> Response:
    begun = form_of({"name": visit.asked("name"), "visibility": "public", "language": "en"})
    return _sheet(visit, visit.form or begun)


@rooms.deed("/desk/agents/new", "edit", again=new_agent)
def make_agent(visit: Visit) -> Response:
    agent = add_agent(visit.session, visit.actor, _entry(visit))
    save_identifiers(visit.session, visit.actor, agent.id, visit.typed)
    return visit.to(f"desk/agents/{agent.id}", done="added")


@rooms.page("/desk/agents/{id}", "edit", "review", "publish")
def show_agent(visit: Visit) -> Response:
    agent = find_agent(visit.session, visit.path("id"))
    record = visit.session.get_one(Record, agent.id)
    form = visit.form or marked(_filled(visit.session, agent, record), record)
    given = elsewhere(visit.session, agent.id)
    return _sheet(visit, form, agent=agent, elsewhere=given, beside=beside(visit, agent.id))


@rooms.deed("/desk/agents/{id}", "edit", again=show_agent)
def save_agent(visit: Visit) -> Response:
    session = visit.session
    agent = find_agent(session, visit.path("id"))
    record = hold(session, agent.id)
    before = record.revision
    check_fresh(session, agent.id, visit.typed, lambda: _filled(session, agent, record))
    change_agent(session, visit.actor, agent, _entry(visit))
    save_identifiers(session, visit.actor, agent.id, visit.typed)
    return visit.to(f"desk/agents/{agent.id}", done="saved" if record.revision != before else "unchanged")


def _sheet(visit: Visit, form: Form, **context: Any) -> Response:
    shown: Mapping[str, Any] = {"agent": None, "elsewhere": [], "beside": None, **context}
    return visit.page("desk/agent.html", form=form, offered=newest(visit.session, "source"), **shown)


def _filled(session: Session, agent: Agent, record: Record) -> Form:
    """The form as the agent fills it in."""
    rows = select(AgentName).where(AgentName.agent_id == agent.id).order_by(AgentName.position)
    names = {
        f"{NAMES}.{place}.{column}": value
        for place, row in enumerate(session.scalars(rows))
        for column, value in (("text", row.text), ("language", row.language))
    }
    plain = {
        "kind": agent.kind,
        "name": agent.name,
        "genre": agent.genre or "",
        "visibility": agent.visibility,
        "living": agent.living or "",
        "living_as_of": agent.living_as_of or "",
        "living_source": chosen(session, [agent.living_source_id])[agent.living_source_id],
        "note": agent.note or "",
        "language": record.language,
    }
    return form_of({**plain, **names, **identifiers_in(session, agent.id)})


def _entry(visit: Visit) -> AgentEntry:
    form = _without_empty_names(visit.typed)
    source = picked(visit.session, form, "living_source", "source")
    try:
        return entry_of(AgentEntry, form, living_source=source.id or None)
    except BadEntry as bad:
        # What is wrong with two fields together names neither; it is mended at the date.
        faults = [fault if fault.field else replace(fault, field="living_as_of") for fault in bad.faults]
        raise BadEntry(tuple(faults)) from bad


def _without_empty_names(form: Form) -> Form:
    """A name that was blotted out is gone, though its language still stands beside it."""
    empty = [f"{NAMES}.{place}." for place in form.rows(NAMES) if not form.value(f"{NAMES}.{place}.text").strip()]
    return replace(form, typed={name: values for name, values in form.typed.items() if not _starts(name, empty)})


def _starts(name: str, prefixes: list[str]) -> bool:
    return name.startswith(tuple(prefixes))
