"""Showing that one is who one says: name and password, with one answer for every failure and a limit on tries.

Three steps, of which only the first and the last are transactions: the try is noted and committed, so that it counts
whatever happens next; the password is hashed, which may have to wait for its turn; then the account is read again.
"""

from dataclasses import dataclass, field

from pydantic import Field
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kb.desk.account_names import folded
from kb.desk.accounts import find_account
from kb.desk.attempts import SIGN_INS, begin_attempt, take_back
from kb.desk.chance import Clock, working
from kb.desk.passwords import Hasher, SecretEntry
from kb.desk.tables import Account
from kb.errors import Refused
from kb.values.networks import network


class NotSignedIn(Refused):
    """One wording for an unknown name, a wrong password or code, a disabled account, and one without a password."""

    def __init__(self) -> None:
        super().__init__(
            "Name, password or code is not right.",
            remedy="Try again. An admin can give you a link that sets a new password.",
        )


class ProofEntry(SecretEntry):
    """What somebody says they are called, and what only they know."""

    name: str
    password: str = Field(repr=False)


@dataclass(frozen=True)
class Caller:
    """Where a request comes from. `client` names the browser; `token` is of the session it had, which then ends."""

    client: str
    address: str
    token: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Proof:
    """A password that was right a moment ago; `notes` are the tries that are to be taken back."""

    account_id: int
    password_hash: str = field(repr=False)
    notes: tuple[int, ...]


def prove(engine: Engine, hasher: Hasher, entry: ProofEntry, caller: Caller, clock: Clock | None = None) -> Proof:
    """Raises NotSignedIn, and TooMany without looking at the password. Call it outside any transaction."""
    whos = (f"name {folded(entry.name[:1000])}", f"address {network(caller.address)}")
    with working(engine, clock) as session:
        notes = begin_attempt(session, "sign_in", whos, SIGN_INS)
        account = find_account(session, entry.name)
    stored = account.password_hash if account is not None and account.disabled_at is None else None
    if not hasher.verify(stored, entry.password) or account is None or stored is None:
        raise NotSignedIn
    return Proof(account.id, stored, tuple(notes))


def proved(session: Session, proof: Proof) -> Account:
    """The account as it is now, locked, and its tries forgiven. Raises NotSignedIn where it has changed meanwhile.

    Where the transaction comes to nothing, the tries count after all.
    """
    account = session.get(Account, proof.account_id, with_for_update=True, populate_existing=True)
    if account is None or account.disabled_at is not None or account.password_hash != proof.password_hash:
        raise NotSignedIn
    take_back(session, proof.notes)
    return account
