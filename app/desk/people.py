"""Who has an account here: let in by a link, given roles, disabled and enabled."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from starlette.responses import Response

from app.desk.forms.form import Form, form_of
from app.desk.forms.reading import entry_of
from app.desk.role_words import ROLE_WORDS
from app.desk.rooms import Rooms
from app.desk.visit import Visit
from kb.desk.accounts import (
    AccountEntry,
    RolesEntry,
    add_account,
    change_roles,
    disable_account,
    enable_account,
    get_account,
)
from kb.desk.factors import remove_factor
from kb.desk.invitations import LINK_DAYS, make_link
from kb.desk.people import list_accounts
from kb.desk.signing_in import end_session, sessions_of
from kb.desk.tables import Account

rooms = Rooms()
PERSON = "/desk/people/{number}"
ROLES = "/roles"


@rooms.page("/desk/people", "people")
def show_people(visit: Visit) -> Response:
    return visit.page("desk/people.html", people=list_accounts(visit.session), roles=ROLE_WORDS)


@rooms.deed("/desk/people", "people", again=show_people)
def invite(visit: Visit) -> Response:
    """An account and its link, which the answer alone shows. Raises BadEntry."""
    entry = entry_of(AccountEntry, visit.typed, roles=_ticked(visit.typed))
    account = add_account(visit.session, visit.actor, entry)
    return _with_link(visit, account)


@rooms.page(PERSON, "people")
def show_person(visit: Visit) -> Response:
    """Raises NoSuchAccount."""
    account = _account(visit)
    person = next(one for one in list_accounts(visit.session) if one.account.id == account.id)
    form = visit.typed
    if not visit.request.url.path.endswith(ROLES):
        # Whatever else was refused, the boxes show the roles that the account has.
        form = replace(form_of({"roles": person.roles}), faults=form.faults)
    sessions = sessions_of(visit.session, account)
    return visit.page("desk/person.html", person=person, form=form, sessions=sessions, roles=ROLE_WORDS)


@rooms.deed(f"{PERSON}{ROLES}", "people", again=show_person)
def give_roles(visit: Visit) -> Response:
    """Raises BadEntry, LastAdmin."""
    entry = entry_of(RolesEntry, visit.typed, roles=_ticked(visit.typed))
    is_new = change_roles(visit.session, visit.actor, _account(visit), entry.roles)
    return _back(visit, "roles" if is_new else "unchanged")


@rooms.deed(f"{PERSON}/link", "people", again=show_person)
def new_link(visit: Visit) -> Response:
    """A first link again, or one that sets a new password; the one of now ends. Raises Refused where it is disabled."""
    return _with_link(visit, _account(visit))


@rooms.deed(f"{PERSON}/disable", "people", again=show_person)
def disable(visit: Visit) -> Response:
    """Raises LastAdmin."""
    disable_account(visit.session, visit.actor, _account(visit))
    return _back(visit, "disabled")


@rooms.deed(f"{PERSON}/enable", "people", again=show_person)
def enable(visit: Visit) -> Response:
    enable_account(visit.session, visit.actor, _account(visit))
    return _back(visit, "enabled")


@rooms.deed(f"{PERSON}/factor", "people", again=show_person)
def take_factor(visit: Visit) -> Response:
    remove_factor(visit.session, visit.actor, _account(visit))
    return _back(visit, "no-factor")


@rooms.deed(f"{PERSON}/sessions/{{session}}/end", "people", again=show_person)
def sign_out_there(visit: Visit) -> Response:
    """Raises NoSuchSession."""
    end_session(visit.session, visit.actor, _account(visit), visit.number("session"))
    return _back(visit, "ended")


def _account(visit: Visit) -> Account:
    return get_account(visit.session, visit.number("number"))


def _ticked(form: Form) -> list[str]:
    return list(form.values("roles"))


def _with_link(visit: Visit, account: Account) -> Response:
    is_reset = account.password_hash is not None
    token = make_link(visit.session, visit.actor, account, "reset" if is_reset else "invitation")
    shown: Mapping[str, Any] = {"is_reset": is_reset, "days": LINK_DAYS, "account": account}
    return visit.page("desk/link.html", link=f"{visit.desk.site.base}desk/welcome/{token}", **shown)


def _back(visit: Visit, done: str) -> Response:
    return visit.to(f"desk/people/{visit.number('number')}", done=done)
