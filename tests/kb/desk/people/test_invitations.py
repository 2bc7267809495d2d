"""Links: good once and for some days, ended by newer ones, and one wording for every one that is not good."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk.accounts import disable_account, enable_account, roles_of
from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.chance import working
from kb.desk.changes import state_of
from kb.desk.entry import BadEntry
from kb.desk.invitations import LinkSpent, Purpose, find_link, make_link, make_welcome
from kb.desk.proving import NotSignedIn
from kb.desk.signing_in import NeedsCode
from kb.desk.tables import Account, History, OneTimeLink
from kb.errors import Refused
from tests.factories.people import Desk, account_of


def link(desk: Desk, name: str, purpose: Purpose = "reset") -> str:
    with working(desk.engine, desk.clock) as session:
        return make_link(session, LOCAL_OPERATOR, account_of(session, name), purpose)


def welcome(desk: Desk) -> str | None:
    with working(desk.engine, desk.clock) as session:
        return make_welcome(session)


def is_good(desk: Desk, token: str) -> bool:
    with working(desk.engine, desk.clock) as session:
        try:
            find_link(session, token)
        except LinkSpent:
            return False
        return True


def test_invited_accepted_signed_in(desk: Desk) -> None:
    token = desk.invite("Ann", "editor", "reviewer")
    with pytest.raises(NotSignedIn):
        desk.sign_in("Ann")
    assert desk.accept(token).name == "Ann"
    visitor = desk.visitor(desk.enter("ann"))
    assert visitor is not None
    assert (visitor.actor.name, visitor.actor.roles) == ("Ann", {"editor", "reviewer"})


def test_good_once(desk: Desk) -> None:
    token = desk.invite("Ann")
    desk.accept(token)
    with pytest.raises(LinkSpent):
        desk.accept(token, "another password")
    desk.enter("Ann")


def test_good_once_at_one_moment(desk: Desk) -> None:
    token = desk.invite("Ann")

    def accept(number: int) -> bool:
        try:
            desk.accept(token, f"password {number}")
        except LinkSpent:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(accept, range(4))) == 1


def test_a_bad_password_leaves_the_link_good(desk: Desk) -> None:
    token = desk.invite("Ann")
    with pytest.raises(BadEntry):
        desk.accept(token, "short")
    with pytest.raises(BadEntry, match="its name already"):
        desk.accept(token, name="Ann")
    assert is_good(desk, token)


def test_good_for_seven_days(desk: Desk) -> None:
    token = desk.invite("Ann")
    desk.clock.move(days=7, seconds=-1)
    assert is_good(desk, token)
    desk.clock.move(seconds=1)
    assert not is_good(desk, token)
    with pytest.raises(LinkSpent):
        desk.accept(token)


def test_a_newer_one_ends_it(desk: Desk) -> None:
    first = desk.invite("Ann")
    second = link(desk, "Ann", "invitation")
    third = link(desk, "Ann", "reset")
    assert [is_good(desk, token) for token in (first, second, third)] == [False, False, True]


def test_one_wording(desk: Desk) -> None:
    used, ended = desk.invite("Ann"), desk.invite("Ben")
    desk.accept(used)
    link(desk, "Ben", "reset")
    said = set()
    for token in (used, ended, "", "x" * 43, "x" * 100_000, "\x00", "\ud800", "ü"):
        with pytest.raises(LinkSpent) as caught:
            desk.accept(token)
        said.add(str(caught.value))
    assert len(said) == 1


def test_reset_ends_password_and_sessions_and_keeps_the_second_factor(desk: Desk) -> None:
    desk.join("Ann")
    app, _ = desk.set_factor("Ann")
    token = desk.enter("Ann", desk.code(app))
    again = link(desk, "Ann")
    assert not desk.is_in(token)
    with pytest.raises(NotSignedIn):
        desk.sign_in("Ann", code=desk.code(app, 1))
    desk.accept(again, "a new password")
    with pytest.raises(NeedsCode):
        desk.sign_in("Ann", "a new password")


def test_invitation_is_for_who_has_no_password(desk: Desk) -> None:
    desk.join("Ann")
    with pytest.raises(Refused, match="has a password already"):
        link(desk, "Ann", "invitation")


def test_disabled_has_no_link(desk: Desk) -> None:
    desk.join("Ann")
    token = link(desk, "Ann")
    with working(desk.engine, desk.clock) as session:
        disable_account(session, LOCAL_OPERATOR, account_of(session, "Ann"))
    assert not is_good(desk, token)
    with pytest.raises(Refused, match="disabled"):
        link(desk, "Ann")
    with working(desk.engine, desk.clock) as session:
        enable_account(session, LOCAL_OPERATOR, account_of(session, "Ann"))
    assert not is_good(desk, token)
    desk.accept(link(desk, "Ann"))


def test_tokens_are_stored_hashed(desk: Desk) -> None:
    token = desk.invite("Ann")
    assert len(token) >= 43
    with working(desk.engine, desk.clock) as session:
        stored = session.scalars(select(OneTimeLink)).one()
        assert token not in repr(state_of(stored))


class TestWelcome:
    def test_makes_the_first_admin(self, desk: Desk) -> None:
        token = welcome(desk)
        assert token is not None
        with pytest.raises(BadEntry, match="name"):
            desk.accept(token)
        ann = desk.accept(token, name="Ann")
        with working(desk.engine, desk.clock) as session:
            assert roles_of(session, ann) == {"editor", "reviewer", "publisher", "admin"}
            rows = session.scalars(select(History).order_by(History.id))
            assert [(row.actor, row.verb) for row in rows] == [("Ann", "add_account"), ("Ann", "set_password")]
        desk.enter("Ann")
        assert welcome(desk) is None
        with pytest.raises(LinkSpent):
            desk.accept(token, name="Ben")

    def test_good_for_a_day_and_ended_by_a_newer_one(self, desk: Desk) -> None:
        first, second = welcome(desk), welcome(desk)
        assert first is not None
        assert second is not None
        assert not is_good(desk, first)
        desk.clock.move(hours=24, seconds=-1)
        assert is_good(desk, second)
        desk.clock.move(seconds=1)
        assert not is_good(desk, second)

    def test_spent_as_soon_as_there_is_an_account(self, desk: Desk) -> None:
        token = welcome(desk)
        assert token is not None
        desk.invite("Ann")
        assert not is_good(desk, token)
        with pytest.raises(LinkSpent):
            desk.accept(token, name="Ben")

    def test_makes_one_admin_at_one_moment(self, desk: Desk) -> None:
        token = welcome(desk)
        assert token is not None

        def accept(number: int) -> bool:
            try:
                desk.accept(token, name=f"Ann {number}")
            except LinkSpent:
                return False
            return True

        with ThreadPoolExecutor(4) as pool:
            assert sum(pool.map(accept, range(4))) == 1
        with Session(desk.engine) as session:
            assert len(session.scalars(select(Account)).all()) == 1
