"""One's own password: it is shown once more before it is changed, or before what it guards is."""

from pydantic import Field
from sqlalchemy import Engine

from kb.desk.accounts import account_state, end_links, end_sessions, note_account
from kb.desk.actors import Actor
from kb.desk.chance import Clock, working
from kb.desk.entry import BadEntry, Fault
from kb.desk.passwords import Hasher, Password, SecretEntry
from kb.desk.proving import Caller, NotSignedIn, Proof, ProofEntry, prove, proved
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
    proof = prove_own(engine, hasher, ProofEntry(name=actor.name, password=entry.old), caller, field="old", clock=clock)
    hashed = hasher.hash(entry.new)
    with working(engine, clock) as session:
        account = proved(session, proof)
        before = account_state(session, account)
        account.password_hash = hashed
        end_sessions(session, account)
        end_links(session, account)
        note_account(session, actor, "change_password", account, before)
        return open_session(session, account, caller)


def prove_own(
    engine: Engine, hasher: Hasher, entry: ProofEntry, caller: Caller, *, field: str, clock: Clock | None = None
) -> Proof:
    """Whoever finds a browser open does not know the password. Raises BadEntry at this field, TooMany."""
    try:
        return prove(engine, hasher, entry, caller, clock)
    except NotSignedIn as refusal:
        raise BadEntry((Fault(field, "this is not the password.", "Type the one that you sign in with."),)) from refusal
