"""Links that are good once: an admin passes one on, and whoever opens it sets a password."""

from datetime import timedelta
from typing import Literal

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from kb.desk.accounts import (
    AccountEntry,
    account_state,
    actor_of,
    end_links,
    end_sessions,
    get_account,
    hold_people,
    note_account,
    put_in,
    there_is_an_account,
)
from kb.desk.actors import Actor, require
from kb.desk.chance import Clock, from_now, now, working
from kb.desk.entry import BadEntry, Fault
from kb.desk.passwords import Hasher, NewPassword
from kb.desk.tables import Account, OneTimeLink
from kb.desk.tokens import fingerprint, new_token
from kb.errors import Missing, Refused

LINK_DAYS = 7
WELCOME_HOURS = 24
# A desk of one: whoever begins it can do everything, but for what takes two people.
FIRST_ROLES = ("editor", "reviewer", "publisher", "admin")

Purpose = Literal["invitation", "reset"]


class LinkSpent(Missing):
    """One answer for a link that is unknown, used, ended or too old: it tells nothing of accounts."""

    def __init__(self) -> None:
        super().__init__(
            "This link is not good, or no longer.",
            remedy="A link is good once and for some days only. Ask an admin for a new one.",
        )


def make_link(session: Session, actor: Actor, account: Account, purpose: Purpose) -> str:
    """The token of a link, to be shown once. Earlier links of the account end.

    A reset also ends its sessions and its password, since somebody else may have them. The second factor stays: else
    whoever sees a link on its way would need nothing more. `factors.remove_factor` is for a device that was lost.
    """
    require(actor, "people")
    hold_people(session, account)
    if account.disabled_at is not None:
        raise Refused(f"{account.name} is disabled.", remedy="Enable the account first.")
    if purpose == "invitation" and account.password_hash is not None:
        raise Refused(f"{account.name} has a password already.", remedy="Make a link that resets it.")
    before = account_state(session, account)
    if purpose == "reset":
        account.password_hash = None
        end_sessions(session, account)
    note_account(session, actor, "invite" if purpose == "invitation" else "reset_password", account, before)
    return _put_link(session, account, purpose, timedelta(days=LINK_DAYS))


def make_welcome(session: Session) -> str | None:
    """The token of the link that makes the first admin; None where there is an account. Earlier ones end."""
    hold_people(session)
    if there_is_an_account(session):
        return None
    return _put_link(session, None, "welcome", timedelta(hours=WELCOME_HOURS))


def find_link(session: Session, token: str) -> OneTimeLink:
    """A link that is still good. Raises LinkSpent."""
    link = session.scalar(select(OneTimeLink).where(OneTimeLink.token_sha256 == fingerprint(token)))
    if link is None or link.used_at is not None or link.expires_at <= now(session):
        raise LinkSpent
    if link.account_id is None and there_is_an_account(session):
        raise LinkSpent
    return link


def accept(engine: Engine, hasher: Hasher, token: str, entry: NewPassword, *, clock: Clock | None = None) -> Account:
    """Set the password; a welcome makes the first admin. All sessions of the account end. Raises LinkSpent, BadEntry.

    It opens its own transactions, so that none is open while it waits for its turn to hash: call it outside any.
    """
    with working(engine, clock) as session:
        _check_for_name(find_link(session, token), entry)
    hashed = hasher.hash(entry.password)
    with working(engine, clock) as session:
        hold_people(session)
        link = find_link(session, token)
        _use(session, link)
        account = _first_admin(session, entry) if link.account_id is None else get_account(session, link.account_id)
        before = account_state(session, account)
        account.password_hash = hashed
        end_sessions(session, account)
        note_account(session, actor_of(session, account), "set_password", account, before)
        return account


def _put_link(session: Session, account: Account | None, purpose: str, span: timedelta) -> str:
    end_links(session, account)
    token = new_token()
    session.add(
        OneTimeLink(
            account_id=account and account.id,
            purpose=purpose,
            token_sha256=fingerprint(token),
            made_at=now(session),
            expires_at=from_now(session, span),
        )
    )
    session.flush()
    return token


def _check_for_name(link: OneTimeLink, entry: NewPassword) -> None:
    if link.account_id is None and entry.name is None:
        raise BadEntry((Fault("name", "it is missing.", "Write the name that the history is to show."),))
    if link.account_id is not None and entry.name is not None:
        raise BadEntry((Fault("name", "the account has its name already.", "Leave the field out."),))


def _use(session: Session, link: OneTimeLink) -> None:
    """The database itself sees to it that one link is never used twice."""
    used = update(OneTimeLink).where(OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None))
    if session.execute(used.values(used_at=now(session)).returning(OneTimeLink.id)).first() is None:
        raise LinkSpent


def _first_admin(session: Session, entry: NewPassword) -> Account:
    name = entry.name or ""
    return put_in(session, Actor(name, frozenset(FIRST_ROLES)), AccountEntry(name=name, roles=list(FIRST_ROLES)))
