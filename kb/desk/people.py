"""The accounts as an admin sees them: roles, state in words, and when each was last there."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.desk.chance import now
from kb.desk.tables import Account, AccountRole, OneTimeLink, SignIn
from kb.values.vocabulary import ROLE


@dataclass(frozen=True)
class Person:
    """`roles` in the order of their list; `last_seen` is of the sessions that are open, None where there is none."""

    account: Account
    roles: tuple[str, ...]
    last_seen: str | None
    state: str


def list_accounts(session: Session) -> list[Person]:
    """All of them, by name."""
    roles = defaultdict(set)
    for role in session.scalars(select(AccountRole)):
        roles[role.account_id].add(role.role)
    seen_at = select(SignIn.account_id, func.max(SignIn.seen_at).label("at")).group_by(SignIn.account_id)
    seen: dict[int, str] = {row.account_id: row.at for row in session.execute(seen_at)}
    waiting = frozenset(
        session.scalars(
            select(OneTimeLink.account_id).where(
                OneTimeLink.used_at.is_(None),
                OneTimeLink.expires_at > now(session),
                OneTimeLink.account_id.is_not(None),
            )
        )
    )
    return [
        Person(
            account,
            tuple(role for role in ROLE if role in roles[account.id]),
            seen.get(account.id),
            _state(account, account.id in waiting),
        )
        for account in session.scalars(select(Account).order_by(Account.folded))
    ]


def _state(account: Account, has_link: bool) -> str:
    if account.disabled_at is not None:
        return f"disabled since {account.disabled_at[:10]}"
    if account.password_hash is None:
        return "has a link to set a password" if has_link else "has no password, and no link that is still good"
    return "can sign in, with a second factor" if account.totp_step is not None else "can sign in"
