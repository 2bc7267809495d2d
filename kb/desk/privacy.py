"""Names of private persons, and where they must not stand: in what is listed or has an address."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk.tables import Agent, AgentName, Mention, MentionName, Origin
from kb.errors import Refused
from kb.values.prose import nfc

PRIVATE = "private"


class PrivateName(Refused):
    """A public text names a private person."""


def forms_of(name: str) -> set[str]:
    """The name, and its family part where that has several words and so is nobody else's by chance."""
    words = name.split()
    return {name, " ".join(words[1:])} if len(words) > 2 else {name}


def is_named_in(text: str, name: str) -> bool:
    """Whole words, whatever the case."""
    return any(re.search(rf"(?<!\w){re.escape(_plain(form))}(?!\w)", _plain(text)) for form in forms_of(name))


def check_unnamed(text: str | None, names: set[str], where: str) -> None:
    """Raises PrivateName where the text holds one of the names."""
    found = sorted(name for name in names if text and is_named_in(text, name))
    if found:
        raise PrivateName(
            f"it names {found[0]}, a private person.",
            where=where,
            remedy="Say it without the name, as “the person concerned”.",
        )


def private_names(session: Session) -> set[str]:
    """Every name of a private person that the desk knows."""
    own = (
        select(Agent.name).where(Agent.visibility == PRIVATE),
        select(AgentName.text).join(Agent, Agent.id == AgentName.agent_id).where(Agent.visibility == PRIVATE),
        select(Mention.name).where(Mention.visibility == PRIVATE).distinct(),
        select(MentionName.text).join(Mention).where(Mention.visibility == PRIVATE).distinct(),
    )
    return {name for wanted in own for name in session.scalars(wanted)}


def check_origins(session: Session, names: set[str]) -> None:
    """Before somebody becomes private: no origin may name the person. Raises PrivateName, which tells the origin."""
    for origin in session.scalars(select(Origin)):
        check_unnamed(f"{origin.label}\n{origin.note or ''}", names, f"origin {origin.id}")


def _plain(text: str) -> str:
    return " ".join(nfc(text).casefold().split())
