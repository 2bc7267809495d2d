"""Commands for people: add, reset and disable accounts. The links they print are passed on by hand."""

from typing import Annotated

import typer

from app.cli.bring import Json
from app.cli.say import put_json, words

Name = Annotated[str, typer.Argument(help="The account's name, as the history shows it; in capitals or not.")]


def add(
    name: Name,
    role: Annotated[
        list[str], typer.Option(help="contributor, editor, reviewer, publisher or admin; may be repeated.")
    ],
    json: Json = False,
) -> None:
    """Add an account, and print the link that sets its password."""
    from app.cli.knowledge import knowledge_base
    from app.cli.welcome import welcome_address
    from kb.db import writing
    from kb.desk.accounts import AccountEntry, add_account
    from kb.desk.actors import LOCAL_OPERATOR
    from kb.desk.invitations import make_link
    from kb.values.vocabulary import ROLE

    entry = AccountEntry(name=name, roles=role)
    with knowledge_base() as knowledge, writing(knowledge.engine) as session:
        account = add_account(session, LOCAL_OPERATOR, entry)
        token = make_link(session, LOCAL_OPERATOR, account, "invitation")
    link = welcome_address(knowledge.base, token)
    if json:
        roles = [one for one in ROLE if one in entry.roles]
        put_json({"name": account.name, "roles": roles, "link": link})
    else:
        _say(account.name, link)


def reset(
    name: Name,
    second_factor: Annotated[
        bool, typer.Option("--second-factor", help="Take the second factor away as well: the device is lost.")
    ] = False,
) -> None:
    """End an account's sessions, password and older links, and print a link that sets a new password."""
    from app.cli.knowledge import knowledge_base
    from app.cli.welcome import welcome_address
    from kb.db import writing
    from kb.desk.accounts import named
    from kb.desk.actors import LOCAL_OPERATOR
    from kb.desk.factors import remove_factor
    from kb.desk.invitations import make_link

    with knowledge_base() as knowledge, writing(knowledge.engine) as session:
        account = named(session, name)
        token = make_link(session, LOCAL_OPERATOR, account, "reset")
        if second_factor:
            remove_factor(session, LOCAL_OPERATOR, account)
    _say(account.name, welcome_address(knowledge.base, token))


def disable(name: Name) -> None:
    """Let an account sign in no longer; its sessions and links end, and the history keeps its name."""
    from app.cli.knowledge import knowledge_base
    from kb.db import writing
    from kb.desk.accounts import disable_account, named
    from kb.desk.actors import LOCAL_OPERATOR

    with knowledge_base() as knowledge, writing(knowledge.engine) as session:
        account = named(session, name)
        disable_account(session, LOCAL_OPERATOR, account)
    words(f"{account.name} is disabled, and signed out everywhere.")


def _say(name: str, link: str) -> None:
    """The link alone on standard output, so that it can be piped on."""
    from kb.desk.invitations import LINK_DAYS

    print(link)
    words(f"Pass this link on to {name}: it sets a password, once, within {LINK_DAYS} days.")
