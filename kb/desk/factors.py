"""The second factor: codes of an app (RFC 6238), each good once, and recovery codes for when it is lost."""

import hmac
import re
import secrets
from datetime import datetime

import pyotp
from sqlalchemy import delete, insert, or_, update
from sqlalchemy.orm import Session

from kb.desk.accounts import account_state, end_sessions, hold_people, note_account
from kb.desk.actors import Actor, NotAllowed, require
from kb.desk.chance import now
from kb.desk.entry import BadEntry, Fault
from kb.desk.tables import Account, RecoveryCode
from kb.desk.tokens import fingerprint
from kb.errors import Refused

# What these may do reaches the public, or everybody's account.
ROLES = frozenset({"reviewer", "publisher", "admin"})
RECOVERY_CODES = 10
SECONDS = 30
# A clock may be wrong by a step, and fingers take time.
STEPS_AROUND = (-1, 0, 1)
_CODE = re.compile(r"[0-9]{6}", re.ASCII)


def needs_second_factor(roles: frozenset[str], local: bool) -> bool:
    """`local`: the server can be reached from its own machine alone, so that a password never travels."""
    return not local and not ROLES.isdisjoint(roles)


def has_factor(account: Account) -> bool:
    """A secret counts from its first code on; until then it may never have reached the device."""
    return account.totp_step is not None


def begin_totp(session: Session, actor: Actor, account: Account) -> str:
    """A new secret, which counts once it is confirmed. Raises Refused where there is a factor already."""
    _own(actor, account)
    if has_factor(account):
        remedy = "Where the device is lost, an admin can take it away."
        raise Refused("There is a second factor already.", remedy=remedy)
    account.totp_secret = pyotp.random_base32()
    session.flush()
    return account.totp_secret


def provisioning_uri(account: Account, issuer: str) -> str:
    """What an app reads, as an address or from a picture of it."""
    return _totp(account).provisioning_uri(name=account.name, issuer_name=issuer)


def confirm_totp(session: Session, actor: Actor, account: Account, code: str, *, keeping: int | None) -> list[str]:
    """From now on the factor is asked for. Gives the recovery codes, to be shown once. Raises BadEntry.

    All sessions end but `keeping`, the one that has just shown the code: the others began with a password alone.
    """
    _own(actor, account)
    before = account_state(session, account)
    if has_factor(account) or account.totp_secret is None:
        raise Refused("There is nothing to confirm.", remedy="Begin with the second factor again.")
    if not check_totp(session, account, code):
        raise BadEntry((Fault("code", "this is not the code of this moment.", "Type the one that the app shows now."),))
    end_sessions(session, account, but=keeping)
    note_account(session, actor, "set_second_factor", account, before)
    return _fresh_codes(session, account)


def check_code(session: Session, account: Account, code: str) -> bool:
    """A code of the app or a recovery code; either is then used up."""
    return check_totp(session, account, code) or use_recovery_code(session, account, code)


def check_totp(session: Session, account: Account, code: str) -> bool:
    """True once for each step. The database compares, so that two requests at one moment do not both pass."""
    step = _step_of(session, account, "".join(code.split()))
    if step is None:
        return False
    free = or_(Account.totp_step.is_(None), Account.totp_step < step)
    taken = update(Account).where(Account.id == account.id, free).values(totp_step=step).returning(Account.id)
    return session.execute(taken).first() is not None


def use_recovery_code(session: Session, account: Account, code: str) -> bool:
    """True once for each code; it may be typed with hyphens, spaces and capitals or without."""
    spent = delete(RecoveryCode).where(
        RecoveryCode.account_id == account.id, RecoveryCode.code_sha256 == fingerprint(_plain(code))
    )
    return session.execute(spent.returning(RecoveryCode.id)).first() is not None


def make_recovery_codes(session: Session, actor: Actor, account: Account) -> list[str]:
    """New ones in place of those that are left; they are shown once."""
    _own(actor, account)
    if not has_factor(account):
        raise Refused("There is no second factor to stand in for.", remedy="Set it up first.")
    note_account(session, actor, "make_recovery_codes", account, account_state(session, account))
    return _fresh_codes(session, account)


def remove_factor(session: Session, actor: Actor, account: Account) -> None:
    """For a device that was lost. It takes an admin, since whoever finds a browser open could do it as well."""
    require(actor, "people")
    hold_people(session, account)
    if account.totp_secret is None:
        return
    before = account_state(session, account)
    account.totp_secret = account.totp_step = None
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    end_sessions(session, account)
    note_account(session, actor, "remove_second_factor", account, before)


def _own(actor: Actor, account: Account) -> None:
    if actor.name != account.name:
        raise NotAllowed("A second factor is set up by whose account it is.")


def _totp(account: Account) -> pyotp.TOTP:
    return pyotp.TOTP(account.totp_secret or "", interval=SECONDS)


def _step_of(session: Session, account: Account, code: str) -> int | None:
    """The newest step around now that has this code."""
    if account.totp_secret is None or not _CODE.fullmatch(code):
        return None
    here = int(datetime.fromisoformat(now(session)).timestamp()) // SECONDS
    totp = _totp(account)
    steps = [here + more for more in STEPS_AROUND if hmac.compare_digest(totp.generate_otp(here + more), code)]
    return max(steps, default=None)


def _fresh_codes(session: Session, account: Account) -> list[str]:
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    # 80 random bits each, so that their plain hash can be kept.
    codes = [secrets.token_hex(10) for _ in range(RECOVERY_CODES)]
    session.execute(
        insert(RecoveryCode), [{"account_id": account.id, "code_sha256": fingerprint(code)} for code in codes]
    )
    return ["-".join(code[at : at + 5] for at in range(0, len(code), 5)) for code in codes]


def _plain(code: str) -> str:
    return "".join(code.replace("-", "").split()).lower()
