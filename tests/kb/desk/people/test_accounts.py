"""Accounts: who may change them, names that are unique, roles, the last admin, and what history tells."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kb.desk.accounts import (
    AccountEntry,
    LastAdmin,
    NoSuchAccount,
    actor_of,
    add_account,
    change_roles,
    disable_account,
    enable_account,
    find_account,
    get_account,
    named,
    roles_of,
    there_is_an_account,
)
from kb.desk.actors import LOCAL_OPERATOR, Actor, NotAllowed
from kb.desk.entry import BadEntry
from kb.desk.factors import remove_factor
from kb.desk.invitations import make_link
from kb.desk.people import list_accounts
from kb.desk.signing_in import end_session
from kb.desk.tables import Account, History, OneTimeLink
from kb.values.vocabulary import ROLE
from tests.factories.people import Desk, me
from tests.support.statements import Statements


def add(session: Session, name: str, *roles: str, password: str | None = "a hash") -> Account:
    account = add_account(session, LOCAL_OPERATOR, AccountEntry(name=name, roles=list(roles)))
    account.password_hash = password
    return account


def told(session: Session) -> list[tuple[str, str, str]]:
    rows = session.scalars(select(History).order_by(History.id))
    return [(row.actor, row.verb, row.part) for row in rows]


def test_added_and_found(session: Session) -> None:
    assert not there_is_an_account(session)
    ann = add(session, "Ann Lee", "editor", "reviewer", "editor")
    assert there_is_an_account(session)
    assert find_account(session, "ann  LEE") is named(session, "ANN LEE") is get_account(session, ann.id) is ann
    assert actor_of(session, ann) == Actor("Ann Lee", frozenset({"editor", "reviewer"}))


@pytest.mark.parametrize("name", ["Ben", "", "x" * 10_000, "\x00", "\ud800", "' OR 1=1 --"], ids=ascii)
def test_not_found(session: Session, name: str) -> None:
    add(session, "Ann", "editor")
    assert find_account(session, name) is None
    with pytest.raises(NoSuchAccount) as caught:
        named(session, name)
    assert len(str(caught.value)) < 200
    with pytest.raises(NoSuchAccount):
        get_account(session, 10**6)


@pytest.mark.parametrize("name", ["Ann", "ANN", "ann"])
def test_a_name_is_given_once(session: Session, name: str) -> None:
    ann = add(session, "Ann", "editor")
    disable_account(session, LOCAL_OPERATOR, ann)
    with pytest.raises(BadEntry, match="“Ann” already"):
        add(session, name, "editor")


def test_the_database_itself_holds_it(session: Session) -> None:
    add(session, "Ann", "editor")
    session.add(Account(name="ANN", folded="ann", created_at="2026-11-25T09:00:00Z"))
    with pytest.raises(IntegrityError) as caught:
        session.flush()
    assert "parameters" not in str(caught.value).replace("hide_parameters", "").replace("SQL parameters hidden", "")


@pytest.mark.parametrize("roles", [[], ["king"], ["editor", "Editor"], [""]])
def test_roles_are_of_the_list(session: Session, roles: list[str]) -> None:
    with pytest.raises(BadEntry) as caught:
        AccountEntry(name="Ann", roles=roles)
    assert caught.value.faults[0].field.startswith("roles")
    ann = add(session, "Ann", "editor")
    with pytest.raises(BadEntry):
        change_roles(session, LOCAL_OPERATOR, ann, roles)
    assert roles_of(session, ann) == {"editor"}


DEEDS: dict[str, Callable[[Session, Actor, Account], Any]] = {
    "add": lambda session, actor, _ann: add_account(session, actor, AccountEntry(name="Ben", roles=["editor"])),
    "roles": lambda session, actor, ann: change_roles(session, actor, ann, ["contributor"]),
    "disable": disable_account,
    "enable": enable_account,
    "invite": lambda session, actor, ann: make_link(session, actor, ann, "invitation"),
    "reset": lambda session, actor, ann: make_link(session, actor, ann, "reset"),
    "factor": remove_factor,
}


@pytest.mark.parametrize("role", ROLE.words)
@pytest.mark.parametrize("deed", DEEDS)
def test_only_an_admin_changes_people(session: Session, deed: str, role: str) -> None:
    ann = add(session, "Ann", "editor", password=None)
    before = told(session)
    if role == "admin":
        DEEDS[deed](session, me("Zoe", role), ann)
        return
    with pytest.raises(NotAllowed, match="may not people"):
        DEEDS[deed](session, me("Zoe", role), ann)
    assert told(session) == before
    with pytest.raises(NotAllowed):
        end_session(session, me("Zoe", role), ann, 1)


def test_nobody_gives_roles_to_themselves(session: Session) -> None:
    ann = add(session, "Ann", "editor", "publisher")
    with pytest.raises(NotAllowed):
        change_roles(session, actor_of(session, ann), ann, ["admin"])


def test_history_tells_who_did_it_and_no_secret(session: Session) -> None:
    ann, zoe = add(session, "Ann", "editor", password="canary"), me("Zoe", "admin")
    ann.totp_secret, ann.totp_step = "CANARY", 1
    token = make_link(session, zoe, ann, "reset")
    change_roles(session, zoe, ann, ["reviewer", "editor"])
    assert not change_roles(session, zoe, ann, ["editor", "reviewer"])
    remove_factor(session, zoe, ann)
    disable_account(session, zoe, ann)
    disable_account(session, zoe, ann)
    enable_account(session, zoe, ann)
    enable_account(session, zoe, ann)
    verbs = ["reset_password", "change_roles", "remove_second_factor", "disable_account", "enable_account"]
    assert told(session) == [
        ("local operator", "add_account", "account-Ann"),
        *[("Zoe", verb, "account-Ann") for verb in verbs],
    ]
    rows = session.scalars(select(History).order_by(History.id)).all()
    roles = rows[2]
    assert roles.before is not None
    assert roles.after is not None
    assert (roles.before["account"]["roles"], roles.after["account"]["roles"]) == (["editor"], ["editor", "reviewer"])
    everything = repr([(row.record_id, row.before, row.after) for row in rows]).lower()
    assert "canary" not in everything
    assert token.lower() not in everything


class TestLastAdmin:
    def test_stays(self, session: Session) -> None:
        ann = add(session, "Ann", "admin", "editor")
        add(session, "Ben", "editor")
        with pytest.raises(LastAdmin, match="Ann is the last admin"):
            disable_account(session, LOCAL_OPERATOR, ann)
        with pytest.raises(LastAdmin):
            change_roles(session, LOCAL_OPERATOR, ann, ["editor"])
        assert ann.disabled_at is None
        assert roles_of(session, ann) == {"admin", "editor"}
        change_roles(session, LOCAL_OPERATOR, ann, ["admin"])

    def test_goes_where_there_is_another(self, session: Session) -> None:
        ann = add(session, "Ann", "admin")
        ben = add(session, "Ben", "admin")
        disable_account(session, LOCAL_OPERATOR, ann)
        with pytest.raises(LastAdmin):
            disable_account(session, LOCAL_OPERATOR, ben)

    def test_is_not_made_up_for_by_one_who_was_only_invited(self, session: Session) -> None:
        ann = add(session, "Ann", "admin")
        ben = add(session, "Ben", "admin", password=None)
        with pytest.raises(LastAdmin):
            disable_account(session, LOCAL_OPERATOR, ann)
        disable_account(session, LOCAL_OPERATOR, ben)

    def test_stays_even_before_they_came(self, session: Session) -> None:
        ann = add(session, "Ann", "admin", password=None)
        with pytest.raises(LastAdmin):
            disable_account(session, LOCAL_OPERATOR, ann)
        add(session, "Ben", "admin", password=None)
        disable_account(session, LOCAL_OPERATOR, ann)


def test_disabling_ends_links(session: Session) -> None:
    ann = add(session, "Ann", "editor", password=None)
    make_link(session, LOCAL_OPERATOR, ann, "invitation")
    disable_account(session, LOCAL_OPERATOR, ann)
    assert session.scalars(select(OneTimeLink)).all() == []


def test_people_are_listed_in_words(desk: Desk, statements: Callable[..., Statements]) -> None:
    desk.join("ben", "reviewer", "contributor")
    desk.enter("Ben")
    desk.invite("Ann", "admin")
    desk.join("Cem")
    desk.set_factor("Cem")
    with Session(desk.engine) as session, session.begin():
        disable_account(session, LOCAL_OPERATOR, add(session, "Dot", "editor"))
        session.info["clock"] = desk.clock
        session.flush()
        with statements(desk.engine) as seen:
            people = list_accounts(session)
        assert len(seen) == 4
        assert [(one.account.name, one.roles, one.last_seen) for one in people] == [
            ("Ann", ("admin",), None),
            ("ben", ("contributor", "reviewer"), "2026-11-25T09:00:00Z"),
            ("Cem", ("editor",), None),
            ("Dot", ("editor",), None),
        ]
        states = [one.state for one in people]
        assert states[:3] == ["has a link to set a password", "can sign in", "can sign in, with a second factor"]
        assert states[3].startswith("disabled since 20")
        desk.clock.move(days=8)
        assert list_accounts(session)[0].state == "has no password, and no link that is still good"
