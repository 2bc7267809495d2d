"""Accounts: who may sign in, with which roles, and what is kept of passwords, codes, links and attempts."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kb.db import DeskTable
from kb.desk.tables.columns import child_of, listed, part_key
from kb.values import vocabulary


class Account(DeskTable):
    """Somebody who can sign in. It is disabled and never deleted: history names it."""

    __tablename__ = "account"

    id: Mapped[int] = part_key()
    name: Mapped[str]
    # The name without regard to case, spelling and spaces: no two accounts may look like one in history.
    folded: Mapped[str] = mapped_column(unique=True)
    # argon2id with its parameters; empty until the link that was passed on is used.
    password_hash: Mapped[str | None]
    # Base32; it must be readable, since the codes are computed from it.
    totp_secret: Mapped[str | None]
    # The step of the last code that was taken, so that none is taken twice.
    totp_step: Mapped[int | None]
    created_at: Mapped[str]
    disabled_at: Mapped[str | None]


class AccountRole(DeskTable):
    """A role of an account."""

    __tablename__ = "account_role"
    __table_args__ = (listed("role", vocabulary.ROLE),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)


class RecoveryCode(DeskTable):
    """A code that stands in once for the second factor; it goes as it is used."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("account_id", "code_sha256"),)

    id: Mapped[int] = part_key()
    account_id: Mapped[int] = child_of("account")
    code_sha256: Mapped[str] = mapped_column(String(64))


class SignIn(DeskTable):
    """A session: the browser has the token, we have its hash. `client` says what it was, for whoever ends it."""

    __tablename__ = "sign_in"

    id: Mapped[int] = part_key()
    account_id: Mapped[int] = child_of("account")
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    started_at: Mapped[str]
    seen_at: Mapped[str]
    client: Mapped[str]


class OneTimeLink(DeskTable):
    """A link that an admin passes on; without an account it makes the first admin."""

    __tablename__ = "one_time_link"
    __table_args__ = (CheckConstraint("purpose IN ('welcome', 'invitation', 'reset')", name="purpose_listed"),)

    id: Mapped[int] = part_key()
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str]
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[str]
    expires_at: Mapped[str]
    used_at: Mapped[str | None]


class Attempt(DeskTable):
    """Something that is limited in number for a time, whichever process sees it; `who` is a hash."""

    __tablename__ = "attempt"
    __table_args__ = (
        CheckConstraint("what IN ('sign_in', 'fetch')", name="what_listed"),
        Index(None, "what", "who", "happened_at"),
    )

    id: Mapped[int] = part_key()
    what: Mapped[str]
    who: Mapped[str] = mapped_column(String(64))
    happened_at: Mapped[str]
