"""People at a desk: a clock that can be moved, accounts with passwords, codes of the moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kb.desk.accounts import AccountEntry, add_account, find_account
from kb.desk.actors import LOCAL_OPERATOR, Actor
from kb.desk.chance import working
from kb.desk.factors import begin_totp, confirm_totp
from kb.desk.invitations import accept, make_link
from kb.desk.passwords import Hasher, NewPassword
from kb.desk.proving import Caller
from kb.desk.signing_in import SignedIn, SignInEntry, Visitor, session_of, sign_in
from kb.desk.tables import Account

PASSWORD = "a mountain is not a number"
HERE = Caller("a browser", "192.0.2.1")
# One for all: it holds nothing.
HASHER = Hasher()


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.moment = datetime.fromisoformat("2026-11-25T09:00:00Z")

    def __call__(self) -> str:
        return self.moment.strftime("%Y-%m-%dT%H:%M:%SZ")

    def move(self, **span: float) -> None:
        self.moment += timedelta(**span)

    @property
    def seconds(self) -> int:
        return int(self.moment.timestamp())


@dataclass(frozen=True)
class Desk:
    """What a test does with people, each thing in a transaction of its own."""

    engine: Engine
    clock: Clock

    def invite(self, name: str, *roles: str) -> str:
        with working(self.engine, self.clock) as session:
            account = add_account(session, LOCAL_OPERATOR, AccountEntry(name=name, roles=list(roles) or ["editor"]))
            return make_link(session, LOCAL_OPERATOR, account, "invitation")

    def accept(self, token: str, password: str = PASSWORD, name: str | None = None) -> Account:
        return accept(self.engine, HASHER, token, NewPassword(password=password, name=name), clock=self.clock)

    def join(self, name: str, *roles: str) -> Account:
        """An account that can sign in."""
        return self.accept(self.invite(name, *roles))

    def sign_in(
        self, name: str, password: str = PASSWORD, code: str | None = None, *, caller: Caller = HERE
    ) -> SignedIn:
        entry = SignInEntry(name=name, password=password, code=code)
        return sign_in(self.engine, HASHER, entry, caller, clock=self.clock)

    def enter(self, name: str, code: str | None = None) -> str:
        """The token of a new session."""
        return self.sign_in(name, code=code).token

    def visitor(self, token: str, *, local: bool = True) -> Visitor | None:
        with working(self.engine, self.clock) as session:
            return session_of(session, token, local=local)

    def is_in(self, token: str) -> bool:
        return self.visitor(token) is not None

    def set_factor(self, name: str, token: str | None = None) -> tuple[pyotp.TOTP, list[str]]:
        """An app with the account's secret, and the recovery codes. The clock goes on by a step."""
        visitor = self.visitor(token) if token else None
        with working(self.engine, self.clock) as session:
            account = account_of(session, name)
            app = pyotp.TOTP(begin_totp(session, me(name), account))
            keeping = visitor.sign_in.id if visitor else None
            codes = confirm_totp(session, me(name), account, self.code(app), keeping=keeping)
        self.clock.move(seconds=30)
        return app, codes

    def code(self, app: pyotp.TOTP, steps: int = 0) -> str:
        return app.at(self.clock.seconds, counter_offset=steps)


def account_of(session: Session, name: str) -> Account:
    account = find_account(session, name)
    assert account is not None, name
    return account


def me(name: str, *roles: str) -> Actor:
    return Actor(name, frozenset(roles))
