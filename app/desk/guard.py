"""What keeps other sites out: cookies, the token in each form, and where a request comes from."""

import hashlib
import hmac
import secrets

from starlette.requests import Request
from starlette.responses import Response

from kb.desk.proving import Caller
from kb.errors import Problem

SESSION = "claimbase"
# Before anybody is signed in, the token of a form hangs on a cookie of its own.
STRANGER = "claimbase-form"
# A page of ours, or an address typed by hand.
OWN_SITES = frozenset({"same-origin", "none"})


class NotFromHere(Problem):
    """An unsafe request that no form of ours has sent."""


def cookie(request: Request, name: str) -> str | None:
    return request.cookies.get(_named(request, name))


def set_cookie(request: Request, response: Response, name: str, value: str) -> None:
    """For this session of the browser, for this host alone, out of reach of scripts."""
    secure = _is_secure(request)
    response.set_cookie(_named(request, name), value, httponly=True, samesite="lax", secure=secure, path="/")


def drop_cookie(request: Request, response: Response, name: str) -> None:
    secure = _is_secure(request)
    response.delete_cookie(_named(request, name), httponly=True, samesite="lax", secure=secure, path="/")


def new_secret() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def form_token(secret: str) -> str:
    """What each form of whoever holds this secret carries; it tells nothing of the secret."""
    return hmac.new(secret.encode(), b"a form of the desk", hashlib.sha256).hexdigest()


def check_origin(request: Request) -> None:
    """Raises NotFromHere where the browser says that another site sends this, or none that it would name (`null`)."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None and site not in OWN_SITES:
        raise NotFromHere("Another site has sent this.", remedy="Open the page here and send the form again.")
    if origin is not None and origin.partition("://")[2] != request.headers.get("host"):
        raise NotFromHere("Another site has sent this.", remedy="Open the page here and send the form again.")


def is_of_ours(request: Request) -> bool:
    """True where the browser itself says that a page of this desk sends this; no other site can make it say so."""
    return request.headers.get("sec-fetch-site") == "same-origin"


def caller(request: Request) -> Caller:
    """Who asks, as far as a request tells: the browser, the address, and the session that it has."""
    address = request.client.host if request.client else ""
    return Caller(request.headers.get("user-agent", ""), address, cookie(request, SESSION))


def check_token(secret: str | None, given: str) -> None:
    """Raises NotFromHere where the form does not carry the token of this browser."""
    if secret is None or not hmac.compare_digest(form_token(secret).encode(), given.encode("utf-8", "replace")):
        raise NotFromHere(
            "The form does not belong to this session.",
            remedy="Go back, load the page again, and send the form once more. Cookies must be allowed for this site.",
        )


def _named(request: Request, name: str) -> str:
    """Under TLS a name that no other host can set a cookie for."""
    return f"__Host-{name}" if _is_secure(request) else name


def _is_secure(request: Request) -> bool:
    return request.url.scheme == "https"
