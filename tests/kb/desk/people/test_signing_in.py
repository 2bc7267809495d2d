"""Signing in: one answer for every failure, limits, and sessions that end when they should (RELIABILITY T12, T13)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.db import open_engine
from kb.desk.accounts import change_roles, disable_account, enable_account
from kb.desk.actors import LOCAL_OPERATOR, NotAllowed
from kb.desk.chance import working
from kb.desk.changes import state_of
from kb.desk.entry import BadEntry
from kb.desk.factors import remove_factor
from kb.desk.history import State
from kb.desk.invitations import make_link
from kb.desk.proving import Caller, NotSignedIn, prove, proved
from kb.desk.signing_in import (
    NeedsCode,
    NoSuchSession,
    SignInEntry,
    TooMany,
    end_session,
    sessions_of,
    sign_out,
    touch,
)
from kb.desk.tables import Account, Attempt, History, SignIn
from kb.settings import Settings
from tests.factories.people import HASHER, HERE, PASSWORD, Desk, account_of, me
from tests.support.statements import Statements

WRONG = "another password"
ZOE = me("Zoe", "admin")


def as_admin(deed: Callable[[Session, Account], object]) -> Callable[[Desk], None]:
    """Something that is done to Ann's account."""

    def do(desk: Desk) -> None:
        with working(desk.engine, desk.clock) as session:
            deed(session, account_of(session, "Ann"))

    return do


def accept_reset(desk: Desk) -> None:
    with working(desk.engine, desk.clock) as session:
        token = make_link(session, LOCAL_OPERATOR, account_of(session, "Ann"), "reset")
    desk.accept(token, WRONG)


def set_factor(desk: Desk) -> None:
    desk.set_factor("Ann")


def take_factor(desk: Desk) -> None:
    with working(desk.engine, desk.clock) as session:
        account_of(session, "Ann").totp_secret = "A" * 32
        remove_factor(session, ZOE, account_of(session, "Ann"))


def fail(desk: Desk, name: str, *, times: int = 1, caller: Caller = HERE) -> None:
    for _ in range(times):
        with pytest.raises(NotSignedIn):
            desk.sign_in(name, WRONG, caller=caller)


class TestSession:
    """Each is felt at the next request, which asks `session_of`."""

    @pytest.mark.parametrize(
        "deed",
        [
            as_admin(lambda session, ann: change_roles(session, ZOE, ann, ["contributor"])),
            as_admin(lambda session, ann: disable_account(session, ZOE, ann)),
            as_admin(lambda session, ann: make_link(session, ZOE, ann, "reset")),
            accept_reset,
            set_factor,
            take_factor,
        ],
        ids=["roles", "disabled", "reset", "new password", "factor set", "factor gone"],
    )
    def test_ends_all(self, desk: Desk, deed: Callable[[Desk], None]) -> None:
        desk.join("Ann")
        desk.join("Ben")
        tokens, other = [desk.enter("Ann"), desk.enter("Ann")], desk.enter("Ben")
        deed(desk)
        assert [desk.is_in(token) for token in tokens] == [False, False]
        assert desk.is_in(other)

    @pytest.mark.parametrize(("role", "idle", "absolute"), [("publisher", 8 * 60, 7 * 24 * 60), ("admin", 30, 12 * 60)])
    def test_ends_when_idle_and_in_the_end(self, desk: Desk, role: str, idle: int, absolute: int) -> None:
        desk.join("Ann", "editor", role)
        token = desk.enter("Ann")
        desk.clock.move(minutes=idle, seconds=-1)
        assert desk.is_in(token)
        desk.clock.move(seconds=1)
        assert not desk.is_in(token)
        token = desk.enter("Ann")
        for _ in range(absolute // (idle - 1)):
            desk.clock.move(minutes=idle - 1)
            visitor = desk.visitor(token)
            assert visitor is not None
            with working(desk.engine, desk.clock) as session:
                touch(session, visitor.sign_in.id)
        desk.clock.move(minutes=absolute % (idle - 1), seconds=-1)
        assert desk.is_in(token)
        desk.clock.move(seconds=1)
        assert not desk.is_in(token)

    def test_is_new_at_each_sign_in(self, desk: Desk) -> None:
        desk.join("Ann")
        first = desk.enter("Ann")
        second = desk.sign_in("Ann", caller=replace(HERE, token=first)).token
        assert first != second
        assert not desk.is_in(first)
        assert desk.is_in(second)
        elsewhere = desk.enter("Ann")
        assert desk.is_in(second)
        assert desk.is_in(elsewhere)

    @pytest.mark.parametrize("planted", ["", "x" * 43, "\x00", "\ud800", "ü", "x" * 100_000], ids=ascii)
    def test_cannot_be_planted(self, desk: Desk, planted: str) -> None:
        desk.join("Ann")
        token = desk.sign_in("Ann", caller=replace(HERE, token=planted)).token
        assert token != planted
        assert not desk.is_in(planted)

    def test_is_stored_hashed_and_told_nowhere(self, desk: Desk) -> None:
        desk.join("Ann")
        signed_in = desk.sign_in("Ann", caller=Caller("canary\x1b[31m browser" + "x" * 1000, "::1", "canary-token"))
        assert len(signed_in.token) >= 43
        assert signed_in.token not in repr(signed_in)
        assert "canary-token" not in repr(Caller("", "", "canary-token"))
        with working(desk.engine, desk.clock) as session:
            row = session.scalars(select(SignIn)).one()
            rows: list[State] = [state_of(one) for one in session.scalars(select(History))]
            assert signed_in.token not in repr([state_of(row), *rows])
            assert row.client.startswith("canary\ufffd[31m browser")
            assert len(row.client) < 250

    def test_disabled_and_enabled_again_stays_ended(self, desk: Desk) -> None:
        desk.join("Ann")
        token = desk.enter("Ann")
        as_admin(lambda session, ann: disable_account(session, ZOE, ann))(desk)
        as_admin(lambda session, ann: enable_account(session, ZOE, ann))(desk)
        assert not desk.is_in(token)
        desk.enter("Ann")

    def test_keeping_the_one_that_set_the_factor(self, desk: Desk) -> None:
        desk.join("Ann")
        elsewhere, here = desk.enter("Ann"), desk.enter("Ann")
        desk.set_factor("Ann", here)
        assert desk.is_in(here)
        assert not desk.is_in(elsewhere)

    def test_sign_out(self, desk: Desk) -> None:
        desk.join("Ann")
        here, elsewhere = desk.enter("Ann"), desk.enter("Ann")
        with working(desk.engine, desk.clock) as session:
            sign_out(session, here)
            sign_out(session, "x" * 43)
        assert not desk.is_in(here)
        assert desk.is_in(elsewhere)

    def test_sign_out_there(self, desk: Desk) -> None:
        desk.join("Ann")
        desk.join("Ben")
        here, there = desk.enter("Ann"), desk.sign_in("Ann", caller=replace(HERE, client="a phone")).token
        with working(desk.engine, desk.clock) as session:
            ann = account_of(session, "Ann")
            assert [one.client for one in sessions_of(session, ann)] == ["a phone", "a browser"]
            phone, browser = (one.id for one in sessions_of(session, ann))
            end_session(session, me("Ann", "editor"), ann, phone)
            with pytest.raises(NotAllowed):
                end_session(session, me("Ben", "editor"), ann, browser)
            for other in (phone, 10**6):
                with pytest.raises(NoSuchSession):
                    end_session(session, me("Ann"), ann, other)
            with pytest.raises(NoSuchSession):
                end_session(session, me("Ben"), account_of(session, "Ben"), browser)
        assert desk.is_in(here)
        assert not desk.is_in(there)
        with working(desk.engine, desk.clock) as session:
            end_session(session, ZOE, account_of(session, "Ann"), browser)
            assert sessions_of(session, account_of(session, "Ann")) == []
        assert not desk.is_in(here)

    def test_old_ones_are_not_shown_and_go_in_time(self, desk: Desk) -> None:
        desk.join("Ann")
        desk.enter("Ann")
        desk.clock.move(hours=8)
        with working(desk.engine, desk.clock) as session:
            assert sessions_of(session, account_of(session, "Ann")) == []
        desk.clock.move(days=7)
        desk.enter("Ann")
        with working(desk.engine, desk.clock) as session:
            assert session.scalar(select(func.count()).select_from(SignIn)) == 1

    def test_is_read_in_two_statements_and_touched_once_a_minute(
        self, desk: Desk, statements: Callable[..., Statements]
    ) -> None:
        desk.join("Ann")
        token = desk.enter("Ann")
        with statements(desk.engine) as seen:
            first = desk.visitor(token)
        assert len(seen) == 2
        desk.clock.move(minutes=1)
        second = desk.visitor(token)
        assert first is not None
        assert second is not None
        assert (first.is_due, second.is_due) == (False, True)

    def test_ended_meanwhile_is_not_revived_by_a_touch(self, desk: Desk) -> None:
        desk.join("Ann")
        token = desk.enter("Ann")
        visitor = desk.visitor(token)
        assert visitor is not None
        with working(desk.engine, desk.clock) as session:
            sign_out(session, token)
            touch(session, visitor.sign_in.id)
        assert not desk.is_in(token)


class TestSecondFactor:
    def test_lacking_it_leaves_the_roles_that_need_none(self, desk: Desk) -> None:
        desk.join("Ann", "editor", "reviewer", "admin")
        token = desk.enter("Ann")
        far, near = desk.visitor(token, local=False), desk.visitor(token, local=True)
        assert far is not None
        assert near is not None
        assert (far.lacks_factor, far.actor.roles) == (True, {"editor"})
        assert (near.lacks_factor, near.actor.roles) == (False, {"editor", "reviewer", "admin"})
        desk.set_factor("Ann", token)
        far = desk.visitor(token, local=False)
        assert far is not None
        assert (far.lacks_factor, far.actor.roles) == (False, {"editor", "reviewer", "admin"})

    def test_is_asked_for_only_after_the_right_password(self, desk: Desk) -> None:
        desk.join("Ann")
        app, _ = desk.set_factor("Ann")
        for code in (None, "", "  "):
            with pytest.raises(NeedsCode):
                desk.sign_in("Ann", code=code)
            with pytest.raises(NotSignedIn):
                desk.sign_in("Ann", WRONG, code=code)
        with pytest.raises(NotSignedIn):
            desk.sign_in("Ann", WRONG, code=desk.code(app))
        desk.enter("Ann", desk.code(app))

    def test_being_asked_is_no_failure_and_a_wrong_code_is_one(self, desk: Desk) -> None:
        desk.join("Ann")
        app, _ = desk.set_factor("Ann")
        for _ in range(12):
            with pytest.raises(NeedsCode):
                desk.sign_in("Ann")
        for _ in range(10):
            with pytest.raises(NotSignedIn):
                desk.sign_in("Ann", code="123 canary")
        with pytest.raises(TooMany):
            desk.sign_in("Ann", code=desk.code(app))

    def test_a_code_is_not_wanted_where_there_is_no_factor(self, desk: Desk) -> None:
        desk.join("Ann")
        desk.enter("Ann", "123456")


class TestFailure:
    def test_has_one_answer(self, desk: Desk) -> None:
        for name in ("Ann", "Dot", "Eve"):
            desk.join(name)
        desk.invite("Ben")
        app, _ = desk.set_factor("Eve")
        with working(desk.engine, desk.clock) as session:
            disable_account(session, LOCAL_OPERATOR, account_of(session, "Dot"))
        said = set()
        for name, password, code in (
            ("Ann", WRONG, None),
            ("Nobody at all", PASSWORD, None),
            ("Ben", PASSWORD, None),
            ("Dot", PASSWORD, None),
            ("Eve", PASSWORD, "000 canary"),
            ("", "", None),
            ("local operator", "", None),
            ("x\x00", "x\x00" * 10_000, "y"),
        ):
            with pytest.raises(NotSignedIn) as caught:
                desk.sign_in(name, password, code, caller=Caller("", f"192.0.2.{len(name)}"))
            said.add(str(caught.value))
        assert len(said) == 1
        assert app.secret not in repr(said)

    def test_is_committed_and_ten_are_too_many(self, desk: Desk) -> None:
        desk.join("Ann")
        fail(desk, "Ann", times=10)
        with pytest.raises(TooMany) as caught:
            desk.sign_in("Ann")
        assert caught.value.seconds == 15 * 60
        desk.clock.move(minutes=15, seconds=-1)
        with pytest.raises(TooMany):
            desk.sign_in("ANN")
        desk.clock.move(seconds=1)
        desk.enter("Ann")

    def test_counts_by_name_wherever_it_comes_from_and_known_or_not(self, desk: Desk) -> None:
        desk.join("Ann")
        for name in ("Ann", "Nobody at all"):
            for number in range(10):
                fail(desk, name.upper() if number % 2 else name, caller=Caller("", f"198.51.100.{number}"))
            with pytest.raises(TooMany):
                desk.sign_in(name, caller=Caller("", "203.0.113.1"))

    def test_counts_by_address_and_a_success_does_not_clear_it(self, desk: Desk) -> None:
        desk.join("Ann")
        desk.join("Ben")
        for number in range(9):
            fail(desk, f"somebody {number}")
        desk.enter("Ann")
        fail(desk, "Ben")
        with pytest.raises(TooMany):
            desk.sign_in("Ann")
        desk.sign_in("Ann", caller=Caller("", "203.0.113.1"))

    def test_successes_are_not_counted(self, desk: Desk) -> None:
        desk.join("Ann")
        for _ in range(12):
            desk.enter("Ann")
        with working(desk.engine, desk.clock) as session:
            assert session.scalars(select(Attempt)).all() == []

    def test_too_many_are_not_counted_so_that_it_is_no_lock_out(self, desk: Desk) -> None:
        desk.join("Ann")
        fail(desk, "Ann", times=10)
        for _ in range(14):
            desk.clock.move(minutes=1)
            with pytest.raises(TooMany):
                desk.sign_in("Ann", WRONG)
        desk.clock.move(minutes=1)
        desk.enter("Ann")

    def test_two_engines_share_the_limit(self, desk: Desk, settings: Settings) -> None:
        desk.join("Ann")
        other = Desk(open_engine(settings), desk.clock)
        fail(desk, "Ann", times=5)
        fail(other, "Ann", times=5)
        for each in (desk, other):
            with pytest.raises(TooMany):
                each.sign_in("Ann")
        other.engine.dispose()

    def test_guesses_at_one_moment_are_counted(self, desk: Desk) -> None:
        desk.join("Ann")

        def guess(number: int) -> type[Exception]:
            try:
                desk.sign_in("Ann", f"a guess {number}", caller=Caller("", f"198.51.100.{number}"))
            except (NotSignedIn, TooMany) as refusal:
                return type(refusal)
            raise AssertionError

        with ThreadPoolExecutor(8) as pool:
            told = list(pool.map(guess, range(30)))
        assert told.count(NotSignedIn) == 10

    def test_nothing_secret_is_shown(self) -> None:
        entry = SignInEntry(name="Ann", password="canary", code="canary")
        assert "canary" not in repr(entry)
        with pytest.raises(BadEntry) as caught:
            SignInEntry(name="Ann", password=["canary"], code="canary", odd="canary")  # type: ignore[call-arg,arg-type]
        assert "canary" not in f"{caught.value} {caught.value.__cause__}"


@pytest.mark.parametrize("deed", [accept_reset, as_admin(lambda session, ann: disable_account(session, ZOE, ann))])
def test_changed_while_the_password_was_looked_at(desk: Desk, deed: Callable[[Desk], None]) -> None:
    """The hash takes its time; what happens meanwhile is not outrun, and the try counts."""
    desk.join("Ann")
    proof = prove(desk.engine, HASHER, SignInEntry(name="Ann", password=PASSWORD), HERE, desk.clock)
    deed(desk)
    with pytest.raises(NotSignedIn), working(desk.engine, desk.clock) as session:
        proved(session, proof)
    with working(desk.engine, desk.clock) as session:
        assert len(session.scalars(select(Attempt)).all()) == 2
    assert proof.password_hash not in repr(proof)
