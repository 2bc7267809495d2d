"""One's own account: roles in words, the password, and where one is signed in."""

from starlette.responses import Response

from app.desk import guard
from app.desk.forms.reading import entry_of
from app.desk.role_words import ROLE_WORDS
from app.desk.rooms import SIGNED_IN, Rooms
from app.desk.visit import Visit
from kb.desk.accounts import get_account, roles_of
from kb.desk.factors import has_factor, needs_second_factor
from kb.desk.own_password import PasswordChange, change_password
from kb.desk.signing_in import Visitor, end_session, sessions_of
from kb.desk.tables import Account

rooms = Rooms()


@rooms.page("/desk/account", SIGNED_IN)
def show_account(visit: Visit) -> Response:
    account = own(visit)
    roles = roles_of(visit.session, account)
    return visit.page(
        "desk/account.html",
        account=account,
        roles=[(role, words) for role, words in ROLE_WORDS.items() if role in roles],
        has_factor=has_factor(account),
        needs_factor=needs_second_factor(roles, visit.desk.is_local),
        sessions=sessions_of(visit.session, account),
        this=visitor_of(visit).sign_in.id,
    )


@rooms.deed("/desk/account/password", SIGNED_IN, again=show_account, transacted=False)
def new_password(visit: Visit) -> Response:
    """This browser goes on with a session of its own; all others sign in anew. Raises BadEntry, TooMany."""
    form, desk = visit.typed, visit.desk
    entry = entry_of(PasswordChange, form, old=form.value("old"), new=form.value("new"))
    signed = change_password(desk.engine, desk.hasher, visit.actor, entry, guard.caller(visit.request))
    response = visit.to("desk/account", done="changed-password")
    guard.set_cookie(visit.request, response, guard.SESSION, signed.token)
    return response


@rooms.deed("/desk/account/sessions/{number}/end", SIGNED_IN)
def sign_out_there(visit: Visit) -> Response:
    """Raises NoSuchSession."""
    end_session(visit.session, visit.actor, own(visit), visit.number("number"))
    return visit.to("desk/account", done="ended")


def visitor_of(visit: Visit) -> Visitor:
    """Whoever is signed in, on a page that is for them alone."""
    if visit.visitor is None:
        raise RuntimeError("nobody is signed in on a page of one's own")
    return visit.visitor


def own(visit: Visit) -> Account:
    """The visitor's account."""
    return get_account(visit.session, visitor_of(visit).account_id)
