"""One's own second factor: a secret for the app, the first code, and recovery codes that are shown once."""

from collections.abc import Sequence

from starlette.responses import Response

from app.desk import guard
from app.desk.account import own, visitor_of
from app.desk.rooms import SIGNED_IN, Rooms
from app.desk.visit import Visit
from kb.desk.factors import begin_totp, confirm_totp, has_factor, make_recovery_codes, provisioning_uri
from kb.desk.own_password import prove_own
from kb.desk.proving import ProofEntry, proved

rooms = Rooms()
PAGE = "desk/account/factor"
# Letters of a secret are read off in groups.
GROUP = 4


@rooms.page(f"/{PAGE}", SIGNED_IN)
def show_factor(visit: Visit) -> Response:
    """A secret is shown until it is confirmed, and never after."""
    return _page(visit)


@rooms.deed(f"/{PAGE}/new", SIGNED_IN, again=show_factor)
def begin(visit: Visit) -> Response:
    """Raises Refused where there is a factor already."""
    begin_totp(visit.session, visit.actor, own(visit))
    return visit.to(PAGE)


@rooms.deed(f"/{PAGE}", SIGNED_IN, again=show_factor)
def confirm(visit: Visit) -> Response:
    """The answer to this deed is the only page that ever has the codes. Raises BadEntry."""
    keeping = visitor_of(visit).sign_in.id
    codes = confirm_totp(visit.session, visit.actor, own(visit), visit.typed.value("code"), keeping=keeping)
    return _page(visit, codes)


@rooms.deed(f"/{PAGE}/codes", SIGNED_IN, again=show_factor, transacted=False)
def fresh_codes(visit: Visit) -> Response:
    """A recovery code lasts longer than a browser that was left open, so it takes the password. Raises BadEntry."""
    desk = visit.desk
    entry = ProofEntry(name=visit.actor.name, password=visit.typed.value("password"))
    proof = prove_own(desk.engine, desk.hasher, entry, guard.caller(visit.request), field="password")
    with desk.writing() as session:
        codes = make_recovery_codes(session, visit.actor, proved(session, proof))
        return _page(visit.with_session(session), codes)


def _page(visit: Visit, codes: Sequence[str] = ()) -> Response:
    account = own(visit)
    waits = account.totp_secret is not None and not has_factor(account)
    secret = account.totp_secret or ""
    return visit.page(
        "desk/factor.html",
        has_factor=has_factor(account),
        secret=" ".join(secret[at : at + GROUP] for at in range(0, len(secret), GROUP)) if waits else "",
        address=provisioning_uri(account, visit.desk.site.name) if waits else "",
        codes=codes,
    )
