"""Names typed into a form become records: known ones are found, new ones are made in place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from app.desk.forms.form import Form
from app.desk.forms.picking import Picked, picked
from app.desk.visit import Visit
from kb.desk.actors import Actor
from kb.desk.agents import AgentEntry, add_agent
from kb.desk.entry import BadEntry, Fault
from kb.desk.labels import labels_of
from kb.desk.topics import TopicEntry, add_topic, slug_of
from kb.errors import Conflict, Refused
from kb.values.prose import check_text


@dataclass(frozen=True)
class Voice:
    """An agent and the name by which a form calls it."""

    id: str
    name: str
    is_new: bool = False


@dataclass
class Naming:
    """Whoever types in this form makes records under their own name. `language` is that of the desk's words."""

    session: Session
    actor: Actor
    form: Form
    language: str = "en"
    # What was made while this form was read.
    made: dict[str, str] = field(default_factory=dict)

    def agent(self, name: str, kind: str, visibility: str = "public") -> Voice | None:
        """The agent of this field, made as one of this kind where there is none; None where the field is empty."""
        found = self._picked(name, "agent", {"kind": kind, "visibility": visibility})
        if not found.id:
            return None
        label = self.made.get(found.id) or labels_of(self.session, [found.id])[found.id]
        return Voice(found.id, label, found.is_new)

    def topic(self, name: str) -> str | None:
        return self._picked(name, "topic", {}).id or None

    def known(self, name: str, kind: str) -> str | None:
        """A record that must be there."""
        _check(self.form, name)
        return picked(self.session, self.form, name, kind).id or None

    def _picked(self, name: str, kind: str, more: Mapping[str, Any]) -> Picked:
        _check(self.form, name)
        return picked(self.session, self.form, name, kind, lambda text: self._make(name, kind, text, more))

    def _make(self, name: str, kind: str, text: str, more: Mapping[str, Any]) -> str:
        try:
            if kind == "topic":
                entry = TopicEntry(slug=slug_of(text), label=text, language=self.language)
                made = add_topic(self.session, self.actor, entry).id
            else:
                named = AgentEntry(name=text, language=self.language, **more)
                made = add_agent(self.session, self.actor, named).id
        except BadEntry as bad:
            raise BadEntry(tuple(Fault(name, one.what, one.remedy) for one in bad.faults)) from bad
        except (Conflict, Refused) as problem:
            raise BadEntry((Fault(name, problem.what, problem.remedy),)) from problem
        self.made[made] = text
        return made


def naming_of(visit: Visit, language: str = "en") -> Naming:
    return Naming(visit.session, visit.actor, visit.typed, language)


def _check(form: Form, name: str) -> None:
    """No database is asked for what none of them can hold. Raises BadEntry."""
    try:
        check_text(form.value(name), where=name)
    except Refused as refusal:
        raise BadEntry((Fault(name, refusal.what, refusal.remedy),)) from refusal
