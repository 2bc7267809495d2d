"""Accounts: who may sign in, with which roles; one is disabled and never deleted, and the last admin stays."""

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from kb.db.locks import alone
from kb.desk.account_names import Name, folded, is_name
from kb.desk.actors import Actor, require
from kb.desk.chance import now
from kb.desk.entry import BadEntry, Entry, Fault
from kb.desk.forms import one_of
from kb.desk.history import note
from kb.desk.tables import Account, AccountRole, OneTimeLink, SignIn
from kb.errors import Missing, Refused
from kb.values.prose import shown
from kb.values.vocabulary import ROLE

# Whoever changes accounts does so alone: else two admins could disable each other at the same moment.
LOCK = 0x70656F706C65

Roles = Annotated[list[Annotated[str, one_of(ROLE)]], Field(min_length=1)]


class NoSuchAccount(Missing):
    """There is no account of this name or number."""


class LastAdmin(Refused):
    """Without this account nobody could let anybody in."""


class RolesEntry(Entry):
    """The roles that an account is to have."""

    roles: Roles


class AccountEntry(RolesEntry):
    """A new account; it has no password until its link is used."""

    name: Name


def find_account(session: Session, name: str) -> Account | None:
    """By its name, in capitals or not; any text may be asked for."""
    if not is_name(name):
        return None
    return session.scalar(select(Account).where(Account.folded == folded(name)))


def named(session: Session, name: str) -> Account:
    """Raises NoSuchAccount."""
    if (account := find_account(session, name)) is None:
        raise NoSuchAccount(f"there is no account “{shown(name)}”.", remedy="Look for its name at the desk.")
    return account


def get_account(session: Session, account_id: int) -> Account:
    """Raises NoSuchAccount."""
    if (account := session.get(Account, account_id)) is None:
        raise NoSuchAccount("there is no such account.")
    return account


def there_is_an_account(session: Session) -> bool:
    return session.scalar(select(func.count()).select_from(Account)) != 0


def roles_of(session: Session, account: Account) -> frozenset[str]:
    return frozenset(session.scalars(select(AccountRole.role).where(AccountRole.account_id == account.id)))


def actor_of(session: Session, account: Account) -> Actor:
    """With all roles of the account; what a session may do is less where its second factor is wanting."""
    return Actor(account.name, roles_of(session, account))


def add_account(session: Session, actor: Actor, entry: AccountEntry) -> Account:
    """Nobody can sign in with it before `invitations.make_link` was used. Raises BadEntry where the name is taken."""
    require(actor, "people")
    hold_people(session)
    if (known := find_account(session, entry.name)) is not None:
        remedy = "Choose another, or change that account. A name is never given twice, since the history has it."
        raise BadEntry((Fault("name", f"there is an account “{known.name}” already.", remedy),))
    return put_in(session, actor, entry)


def change_roles(session: Session, actor: Actor, account: Account, roles: Iterable[str]) -> bool:
    """False where it has these already; else its sessions end, and it signs in anew. Raises LastAdmin."""
    require(actor, "people")
    wanted = frozenset(RolesEntry(roles=list(roles)).roles)
    hold_people(session, account)
    before = account_state(session, account)
    if wanted == roles_of(session, account):
        return False
    if "admin" not in wanted:
        _keep_an_admin(session, account)
    session.execute(delete(AccountRole).where(AccountRole.account_id == account.id))
    _give(session, account, wanted)
    end_sessions(session, account)
    note_account(session, actor, "change_roles", account, before)
    return True


def disable_account(session: Session, actor: Actor, account: Account) -> None:
    """Its sessions end and its links are no longer good. Raises LastAdmin."""
    require(actor, "people")
    hold_people(session, account)
    if account.disabled_at is not None:
        return
    _keep_an_admin(session, account)
    before = account_state(session, account)
    account.disabled_at = now(session)
    end_sessions(session, account)
    end_links(session, account)
    note_account(session, actor, "disable_account", account, before)


def enable_account(session: Session, actor: Actor, account: Account) -> None:
    """With the password that it had."""
    require(actor, "people")
    hold_people(session, account)
    if account.disabled_at is None:
        return
    before = account_state(session, account)
    account.disabled_at = None
    note_account(session, actor, "enable_account", account, before)


def hold_people(session: Session, account: Account | None = None) -> None:
    """Until the transaction ends nobody else changes accounts. This one is read again, and nobody signs in with it."""
    alone(session.connection(), LOCK)
    if account is not None:
        session.flush()
        session.refresh(account, with_for_update=True)


def put_in(session: Session, actor: Actor, entry: AccountEntry) -> Account:
    """An account of a name that is free; whoever calls this has looked, and holds the people."""
    account = Account(name=entry.name, folded=folded(entry.name), created_at=now(session))
    session.add(account)
    session.flush()
    _give(session, account, frozenset(entry.roles))
    note_account(session, actor, "add_account", account, None)
    return account


def end_sessions(session: Session, account: Account, *, but: int | None = None) -> None:
    """All of them, or all but one."""
    mine = delete(SignIn).where(SignIn.account_id == account.id)
    session.execute(mine if but is None else mine.where(SignIn.id != but))


def end_links(session: Session, account: Account | None) -> None:
    """Links that nobody has used yet; None: those that would make the first admin."""
    session.execute(
        delete(OneTimeLink).where(OneTimeLink.account_id == (account and account.id), OneTimeLink.used_at.is_(None))
    )


def account_state(session: Session, account: Account) -> dict[str, Any]:
    """What history tells of an account; nothing that would let anybody in is ever part of it."""
    session.flush()
    roles = roles_of(session, account)
    return {
        "name": account.name,
        "roles": [role for role in ROLE if role in roles],
        "disabled_at": account.disabled_at,
        "has_password": account.password_hash is not None,
        "has_second_factor": account.totp_step is not None,
    }


def note_account(session: Session, actor: Actor, verb: str, account: Account, before: dict[str, Any] | None) -> None:
    """A row of history. An account is no record, so only the part says what was changed."""
    after = {"account": account_state(session, account)}
    told = None if before is None else {"account": before}
    note(session, actor, verb, "", f"account-{account.name}", told, after)


def _give(session: Session, account: Account, roles: frozenset[str]) -> None:
    session.execute(insert(AccountRole), [{"account_id": account.id, "role": role} for role in ROLE if role in roles])


def _keep_an_admin(session: Session, account: Account) -> None:
    """Raises LastAdmin. One who can sign in is not made up for by one who was only invited."""
    admins = select(Account).join(AccountRole).where(AccountRole.role == "admin", Account.disabled_at.is_(None))
    found = {admin.id: admin for admin in session.scalars(admins)}
    subject = found.pop(account.id, None)
    if subject is None or any(admin.password_hash or not subject.password_hash for admin in found.values()):
        return
    remedy = "Give another account the role first; it must have set its password."
    raise LastAdmin(f"{account.name} is the last admin.", remedy=remedy)
