"""Changing one's own password: the old one is shown first, and every session begins anew."""

from pydantic import Field
from sqlalchemy import Engine

from kb.desk.accounts import account_state, end_links, end_sessions, note_account
from kb.desk.actors import Actor
from kb.desk.chance import Clock, working
from kb.desk.entry import BadEntry, Fault
from kb.desk.passwords import Hasher, Password, SecretEntry
from kb.desk.proving import Caller, NotSignedIn, ProofEntry, prove, proved
from kb.desk.signing_in import SignedIn, open_session


class PasswordChange(SecretEntry):
    """The password as it is, and as it is to be."""

    old: str = Field(repr=False)
    new: Password


def change_password(
    engine: Engine, hasher: Hasher, actor: Actor, entry: PasswordChange, caller: Caller, *, clock: Clock | None = None
) -> SignedIn:
    """All sessions of the account end; this browser gets a new one. Raises BadEntry, TooMany.

    It opens its own transactions: call it outside any.
    """
    try:
        proof = prove(engine, hasher, ProofEntry(name=actor.name, password=entry.old), caller, clock)
    except NotSignedIn as refusal:
        raise BadEntry((Fault("old", "this is not the password.", "Type the one that you sign in with."),)) from refusal
    hashed = hasher.hash(entry.new)
    with working(engine, clock) as session:
        account = proved(session, proof)
        before = account_state(session, account)
        account.password_hash = hashed
        end_sessions(session, account)
        end_links(session, account)
        note_account(session, actor, "change_password", account, before)
        return open_session(session, account, caller)
