"""Signing in and out, and the links that set a password."""

from starlette.responses import Response

from app.desk import guard
from app.desk.forms.form import Form
from app.desk.forms.reading import entry_of
from app.desk.kept import NEXT, SENT, as_form, is_own, kept
from app.desk.rooms import ANYBODY, SIGNED_IN, Rooms
from app.desk.visit import Visit
from kb.desk.accounts import get_account
from kb.desk.invitations import accept, find_link
from kb.desk.passwords import NewPassword
from kb.desk.signing_in import SignInEntry, session_of, sign_in, sign_out

rooms = Rooms()
FACTOR = "desk/account/factor"


@rooms.page("/desk/sign-in", ANYBODY)
def sign_in_form(visit: Visit) -> Response:
    form = visit.form or Form({NEXT: [visit.asked(NEXT)]})
    return visit.page("desk/sign_in.html", form=form, is_kept=bool(form.value(SENT)), had_files=False)


@rooms.deed("/desk/sign-in", ANYBODY, again=sign_in_form, transacted=False)
def come_in(visit: Visit) -> Response:
    """A new session, whatever was there before; what was being sent when the last one ended is shown to go on."""
    form = visit.typed
    entry = entry_of(SignInEntry, form, password=form.value("password"))
    signed = sign_in(visit.desk.engine, visit.desk.hasher, entry, guard.caller(visit.request))
    waiting = kept(form)
    if waiting is None:
        response = visit.to(_way_on(visit, signed.token))
    else:
        token = guard.form_token(signed.token)
        shown = {"path": waiting.path, "typed": as_form(waiting), "fresh_token": token}
        response = visit.page("desk/go_on.html", is_older=False, had_files=False, **shown)
    guard.set_cookie(visit.request, response, guard.SESSION, signed.token)
    guard.drop_cookie(visit.request, response, guard.STRANGER)
    return response


@rooms.deed("/desk/sign-out", SIGNED_IN)
def go_out(visit: Visit) -> Response:
    sign_out(visit.session, guard.cookie(visit.request, guard.SESSION) or "")
    response = visit.to("desk/sign-in", done="signed-out")
    guard.drop_cookie(visit.request, response, guard.SESSION)
    return response


@rooms.page("/desk/welcome/{token}", ANYBODY)
def welcome_form(visit: Visit) -> Response:
    """Raises LinkSpent."""
    link = find_link(visit.session, visit.path("token"))
    name = "" if link.account_id is None else get_account(visit.session, link.account_id).name
    return visit.page("desk/welcome.html", name=name)


@rooms.deed("/desk/welcome/{token}", ANYBODY, again=welcome_form, transacted=False)
def set_password(visit: Visit) -> Response:
    form = visit.typed
    entry = entry_of(NewPassword, form, password=form.value("password"))
    accept(visit.desk.engine, visit.desk.hasher, visit.path("token"), entry)
    return visit.to("desk/sign-in", done="password")


def _way_on(visit: Visit, token: str) -> str:
    """Whoever needs a second factor is led there first; else to the page that was wanted."""
    with visit.desk.reading() as session:
        visitor = session_of(session, token, local=visit.desk.is_local)
    if visitor is not None and visitor.lacks_factor:
        return FACTOR
    wanted = visit.typed.value(NEXT)
    return wanted.removeprefix("/") if is_own(wanted.partition("?")[0]) else "desk"
