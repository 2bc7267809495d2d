"""Links that commands print: where they lead, and the first of all, which makes the first admin."""

from app.cli.knowledge import KnowledgeBase
from kb.db import writing
from kb.desk.invitations import WELCOME_HOURS, make_welcome


def welcome_address(base: str, token: str) -> str:
    """Where a link of any purpose leads; `base` ends with a slash."""
    return f"{base}desk/welcome/{token}"


def first_admin(knowledge: KnowledgeBase, base: str) -> str | None:
    """A line for whoever starts the server, where nobody can sign in yet; links of earlier starts end."""
    with writing(knowledge.engine) as session:
        token = make_welcome(session)
    if token is None:
        return None
    return f"The first admin begins here, once, within {WELCOME_HOURS} hours: {welcome_address(base, token)}"
