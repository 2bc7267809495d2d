"""Signing in and out, and who a session is: it is read anew at each request, so that a change is felt at once."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pydantic import Field
from sqlalchemy import Engine, delete, select, update
from sqlalchemy.orm import Session

from kb.desk.accounts import account_state, note_account, roles_of
from kb.desk.actors import Actor, require
from kb.desk.attempts import TooMany
from kb.desk.chance import Clock, from_now, now, working
from kb.desk.factors import ROLES, check_code, has_factor, needs_second_factor
from kb.desk.passwords import Hasher
from kb.desk.proving import Caller, NotSignedIn, Proof, ProofEntry, prove, proved
from kb.desk.tables import Account, SignIn
from kb.desk.tokens import fingerprint, new_token
from kb.errors import Missing, Refused
from kb.values.prose import shown

__all__ = [
    "Caller",
    "NeedsCode",
    "NotSignedIn",
    "SignInEntry",
    "SignedIn",
    "TooMany",
    "Visitor",
    "session_of",
    "sign_in",
]

IDLE, ABSOLUTE = timedelta(hours=8), timedelta(days=7)
ADMIN_IDLE, ADMIN_ABSOLUTE = timedelta(minutes=30), timedelta(hours=12)
# That somebody is there is written down no more often than this.
SEEN_EVERY = timedelta(minutes=1)
CLIENT_LENGTH = 200


class NeedsCode(Refused):
    """Name and password are right; the account has a second factor besides."""

    def __init__(self) -> None:
        super().__init__(
            "A code is wanted besides.", where="code", remedy="Type the code of your app, or a recovery code."
        )


class NoSuchSession(Missing):
    """It has ended, or is not of this account."""


class SignInEntry(ProofEntry):
    """`code` of the app, or a recovery code."""

    code: str | None = Field(default=None, repr=False)


@dataclass(frozen=True)
class SignedIn:
    """The token goes to the browser and is kept nowhere."""

    account: Account
    token: str = field(repr=False)


@dataclass(frozen=True)
class OpenSession:
    """A session as its account's owner sees it."""

    id: int
    started_at: str
    seen_at: str
    client: str


@dataclass(frozen=True)
class Visitor:
    """Whose session it is, in plain values that outlive the database's session.

    `lacks_factor`: the account must set up its second factor; until then `actor` has only roles that need none.
    `is_due`: it is time to `touch` the session.
    """

    account_id: int
    actor: Actor
    sign_in: OpenSession
    lacks_factor: bool
    is_due: bool


def sign_in(
    engine: Engine, hasher: Hasher, entry: SignInEntry, caller: Caller, *, clock: Clock | None = None
) -> SignedIn:
    """A new session, whatever the browser had before. Raises NotSignedIn, TooMany; NeedsCode after the right password.

    It opens its own transactions: call it outside any.
    """
    proof = prove(engine, hasher, entry, caller, clock)
    signed_in = _begin(engine, proof, entry, caller, clock)
    if signed_in is None:
        raise NeedsCode
    return signed_in


def _begin(engine: Engine, proof: Proof, entry: SignInEntry, caller: Caller, clock: Clock | None) -> SignedIn | None:
    """None, and committed so, where the code is wanting: to be asked for one is no failed try."""
    with working(engine, clock) as session:
        account = proved(session, proof)
        if has_factor(account):
            if not entry.code or entry.code.isspace():
                return None
            if not check_code(session, account, entry.code):
                raise NotSignedIn
        return open_session(session, account, caller)


def open_session(session: Session, account: Account, caller: Caller) -> SignedIn:
    """The one that the browser had ends, and those of the account that are too old go."""
    if caller.token is not None:
        sign_out(session, caller.token)
    old = SignIn.started_at <= from_now(session, -ABSOLUTE)
    session.execute(delete(SignIn).where(SignIn.account_id == account.id, old))
    token, moment = new_token(), now(session)
    session.add(
        SignIn(
            account_id=account.id,
            token_sha256=fingerprint(token),
            started_at=moment,
            seen_at=moment,
            client=shown(caller.client, CLIENT_LENGTH),
        )
    )
    session.flush()
    return SignedIn(account, token)


def session_of(session: Session, token: str, *, local: bool = False) -> Visitor | None:
    """None where there is no such session, it is too old, or its account is disabled."""
    wanted = (
        select(SignIn, Account)
        .join(Account, Account.id == SignIn.account_id)
        .where(SignIn.token_sha256 == fingerprint(token), Account.disabled_at.is_(None))
    )
    if (found := session.execute(wanted).first()) is None:
        return None
    row, account = found
    roles = roles_of(session, account)
    if _is_over(session, row, roles):
        return None
    lacks = needs_second_factor(roles, local) and not has_factor(account)
    actor = Actor(account.name, roles - ROLES if lacks else roles)
    return Visitor(account.id, actor, _told(row), lacks, row.seen_at <= from_now(session, -SEEN_EVERY))


def touch(session: Session, sign_in_id: int) -> None:
    """Somebody is there; what has ended meanwhile stays ended."""
    session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(seen_at=now(session)))


def sign_out(session: Session, token: str) -> None:
    session.execute(delete(SignIn).where(SignIn.token_sha256 == fingerprint(token)))


def end_session(session: Session, actor: Actor, account: Account, sign_in_id: int) -> None:
    """“Sign out there”: one's own sessions, or an admin everybody's. Raises NoSuchSession."""
    if actor.name != account.name:
        require(actor, "people")
    before = account_state(session, account)
    ended = delete(SignIn).where(SignIn.id == sign_in_id, SignIn.account_id == account.id).returning(SignIn.id)
    if session.execute(ended).first() is None:
        raise NoSuchSession("that session has ended already.", where=account.name)
    note_account(session, actor, "end_session", account, before)


def sessions_of(session: Session, account: Account) -> list[OpenSession]:
    """Those that are still good, the newest first."""
    roles = roles_of(session, account)
    rows = session.scalars(select(SignIn).where(SignIn.account_id == account.id).order_by(SignIn.id.desc()))
    return [_told(row) for row in rows if not _is_over(session, row, roles)]


def _told(row: SignIn) -> OpenSession:
    return OpenSession(row.id, row.started_at, row.seen_at, row.client)


def _is_over(session: Session, row: SignIn, roles: frozenset[str]) -> bool:
    idle, absolute = (ADMIN_IDLE, ADMIN_ABSOLUTE) if "admin" in roles else (IDLE, ABSOLUTE)
    moment = datetime.fromisoformat(now(session))
    return moment >= min(datetime.fromisoformat(row.seen_at) + idle, datetime.fromisoformat(row.started_at) + absolute)
