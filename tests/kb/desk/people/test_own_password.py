"""Changing one's own password: the old one is shown, all sessions end, this browser gets a new one."""

import pytest
from sqlalchemy import select

from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.chance import working
from kb.desk.entry import BadEntry
from kb.desk.invitations import LinkSpent, find_link, make_link
from kb.desk.own_password import PasswordChange, change_password
from kb.desk.proving import NotSignedIn
from kb.desk.signing_in import SignedIn, TooMany
from kb.desk.tables import History
from tests.factories.people import HASHER, HERE, PASSWORD, Desk, account_of, me

NEW = "canary of a new password"


def change(desk: Desk, old: str, new: str = NEW, name: str = "Ann") -> SignedIn:
    entry = PasswordChange(old=old, new=new)
    return change_password(desk.engine, HASHER, me(name, "editor"), entry, HERE, clock=desk.clock)


def test_changed(desk: Desk) -> None:
    desk.join("Ann")
    tokens = [desk.enter("Ann"), desk.enter("Ann")]
    fresh = change(desk, PASSWORD).token
    assert [desk.is_in(token) for token in (*tokens, fresh)] == [False, False, True]
    with pytest.raises(NotSignedIn):
        desk.sign_in("Ann")
    desk.sign_in("Ann", NEW)
    with working(desk.engine, desk.clock) as session:
        rows = session.scalars(select(History).order_by(History.id)).all()
        assert (rows[-1].actor, rows[-1].verb) == ("Ann", "change_password")
        assert "canary" not in repr([(row.before, row.after) for row in rows])


def test_the_old_one_must_be_right_and_tries_are_counted(desk: Desk) -> None:
    desk.join("Ann")
    token = desk.enter("Ann")
    for _ in range(10):
        with pytest.raises(BadEntry) as caught:
            change(desk, "a guess")
        assert caught.value.faults[0].field == "old"
    with pytest.raises(TooMany):
        change(desk, PASSWORD)
    assert desk.is_in(token)


def test_the_new_one_must_be_fit(desk: Desk) -> None:
    with pytest.raises(BadEntry) as caught:
        change(desk, PASSWORD, "short")
    assert [fault.field for fault in caught.value.faults] == ["new"]
    assert "canary" not in repr(PasswordChange(old="canary", new=NEW))


def test_links_end(desk: Desk) -> None:
    token = desk.invite("Ann")
    desk.accept(token)
    with working(desk.engine, desk.clock) as session:
        ann = account_of(session, "Ann")
        kept = ann.password_hash
        link = make_link(session, LOCAL_OPERATOR, ann, "reset")
        ann.password_hash = kept
    change(desk, PASSWORD)
    with working(desk.engine, desk.clock) as session, pytest.raises(LinkSpent):
        find_link(session, link)
