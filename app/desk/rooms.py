"""How a page of the desk is registered: with the verb it takes, the session it gets, and the way its errors go."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from fastapi import APIRouter, FastAPI
from fastapi.routing import iter_route_contexts
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from app.desk import guard
from app.desk.desk import desk_of
from app.desk.forms.form import REVISION, TOKEN, Form, edited
from app.desk.forms.fresh import Stale, await_turn
from app.desk.kept import is_own, once_more_page, sign_in_page
from app.desk.posted import posted
from app.desk.visit import NOBODY, Visit
from kb.desk.actors import ALL_VERBS, VERBS, NotAllowed
from kb.desk.attempts import TooMany
from kb.desk.signing_in import Visitor, session_of, touch
from kb.errors import Conflict, Refused

# Beside the verbs of the roles: a page for whoever is signed in, and one for everybody.
SIGNED_IN = "signed in"
ANYBODY = "anybody"
FOLDER = "/desk"
SIGN_IN = "/desk/sign-in"
Handler = Callable[[Visit], Response]


@dataclass(frozen=True)
class Room:
    """What the registrar knows of a route. Any of `verbs` opens it; a deed asks again, in the verbs of the desk."""

    verbs: tuple[str, ...]
    handler: Handler
    again: Handler | None = None
    transacted: bool = True


class Rooms:
    """Collects pages and deeds of one file of the desk."""

    def __init__(self) -> None:
        self.router = APIRouter()

    def page(self, path: str, *verbs: str) -> Callable[[Handler], Handler]:
        """Something to look at: `GET`, over a session that cannot write."""

        def register(handler: Handler) -> Handler:
            self._add(path, Room(_known(verbs), handler), "GET")
            return handler

        return register

    def deed(
        self, path: str, *verbs: str, again: Handler | None = None, transacted: bool = True
    ) -> Callable[[Handler], Handler]:
        """Something to do: `POST` of a form. Where it is refused, `again` shows the form with all that was typed.

        `transacted=False`: the handler opens its own transactions, since it publishes, or waits for the network.
        """

        def register(handler: Handler) -> Handler:
            self._add(path, Room(_known(verbs), handler, again, transacted), "POST")
            return handler

        return register

    def _add(self, path: str, room: Room, method: str) -> None:
        async def endpoint(request: Request) -> Response:
            return await (_looked_at(request, room) if method == "GET" else _done(request, room))

        endpoint.__name__ = room.handler.__name__
        endpoint.verbs = room.verbs  # type: ignore[attr-defined]
        methods = ["GET", "HEAD"] if method == "GET" else [method]
        self.router.add_api_route(path, endpoint, methods=methods, response_model=None, include_in_schema=False)


def check_rooms(app: FastAPI) -> None:
    """Raises ValueError where a route of the desk names no verb: such an app must not start."""
    # Also of a router that somebody includes inside of another: the app itself lists only the outermost.
    found = [route for route in iter_route_contexts(app.routes) if (route.path or "").startswith(FOLDER)]
    if not found:
        raise ValueError("the app has no desk")
    for route in found:
        if not getattr(route.endpoint, "verbs", ()):
            raise ValueError(f"the route {route.path} of the desk names no verb")


def _known(verbs: tuple[str, ...]) -> tuple[str, ...]:
    unknown = set(verbs) - ALL_VERBS - {SIGNED_IN, ANYBODY}
    if unknown or not verbs:
        raise ValueError(f"a page of the desk names verbs that there are, not {sorted(unknown)}")
    return verbs


async def _looked_at(request: Request, room: Room) -> Response:
    visit = await run_in_threadpool(_visit, request, room)
    if visit is None:
        return _to_sign_in(request)
    return await run_in_threadpool(_reading, visit, room.handler)


async def _done(request: Request, room: Room) -> Response:
    guard.check_origin(request)
    form = await posted(request)
    visit = await run_in_threadpool(_visit, request, room)
    if visit is None:
        # Whoever's session ended while writing signs in and goes on: what was typed goes through the sign-in form.
        return await run_in_threadpool(_keeping, request, form)
    try:
        guard.check_token(_secret(request), form.value(TOKEN))
    except guard.NotFromHere:
        older = await run_in_threadpool(_of_older, visit, form)
        if older is None:
            raise
        return older
    return await run_in_threadpool(_deed, replace(visit, form=form), room)


def _visit(request: Request, room: Room) -> Visit | None:
    """None where somebody has to sign in first. Raises NotAllowed where the roles do not suffice."""
    visitor = _visitor(request)
    if ANYBODY not in room.verbs:
        if visitor is None:
            return None
        if SIGNED_IN not in room.verbs and not any(map(visitor.actor.may, room.verbs)):
            raise _not_open(visitor, room.verbs)
    return _begun(request, visitor)


def _not_open(visitor: Visitor, verbs: tuple[str, ...]) -> NotAllowed:
    having = [role for role, may in VERBS.items() if not may.isdisjoint(verbs)]
    what = f"{visitor.actor.name} may not do this: it takes the role of {' or '.join(having)}."
    if visitor.lacks_factor:
        return NotAllowed(what, remedy="Some roles wait for your second factor: set it up on the page of your account.")
    return NotAllowed(what, remedy="An admin can give it.")


def _begun(request: Request, visitor: Visitor | None) -> Visit:
    secret = _secret(request)
    fresh = None if secret else guard.new_secret()
    token = guard.form_token(secret or fresh or "")
    return Visit(request, desk_of(request), visitor.actor if visitor else NOBODY, visitor, token, fresh)


def _secret(request: Request) -> str | None:
    """What the token of this browser's forms hangs on: the session, or before there is one a cookie of its own."""
    return guard.cookie(request, guard.SESSION) or guard.cookie(request, guard.STRANGER)


def _visitor(request: Request) -> Visitor | None:
    given = guard.cookie(request, guard.SESSION)
    if given is None:
        return None
    desk = desk_of(request)
    with desk.reading() as session:
        visitor = session_of(session, given, local=desk.is_local)
    if visitor is not None and visitor.is_due:
        # Once in a while it is noted that the session is in use; pages themselves write nothing.
        with desk.writing() as session:
            touch(session, visitor.sign_in.id)
    return visitor


def _reading(visit: Visit, handler: Handler) -> Response:
    with visit.desk.reading() as session:
        response = handler(replace(visit, opened=session))
    return _with_cookie(visit, response)


def _deed(visit: Visit, room: Room) -> Response:
    """Saved whole, or shown again with what is wrong; an error inside leaves nothing half-saved."""
    form = visit.typed
    if room.again is not None and (changed := edited(form)) is not None:
        return _reading(replace(visit, form=changed), room.again)
    try:
        if not room.transacted:
            return _with_cookie(visit, room.handler(visit))
        with visit.desk.writing() as session:
            await_turn(session, visit.request.path_params.get("id", ""), form)
            return _with_cookie(visit, _in_time(session, replace(visit, opened=session), room.handler))
    except Stale as stale:
        return _again(visit, room, stale, 409, stale)
    except NotAllowed:
        raise
    except TooMany as many:
        response = _again(visit, room, many, 429)
        response.headers["Retry-After"] = str(max(1, many.seconds))
        return response
    except (Refused, Conflict) as problem:
        return _again(visit, room, problem, 409 if isinstance(problem, Conflict) else 422)


def _in_time(session: Session, visit: Visit, handler: Handler) -> Response:
    """What the database itself refuses must be known before the answer is made."""
    response = handler(visit)
    session.flush()
    return response


def _again(visit: Visit, room: Room, problem: Refused | Conflict, status: int, stale: Stale | None = None) -> Response:
    if room.again is None:
        raise problem
    form = visit.typed.with_problem(problem)
    if stale is not None:
        # Whoever has seen both may save; whatever is saved in between is a clash again.
        form = form.with_values({REVISION: stale.theirs.value(REVISION)})
    return _reading(replace(visit, form=form, status=status, clash=stale), room.again)


def _with_cookie(visit: Visit, response: Response) -> Response:
    if visit.fresh:
        guard.set_cookie(visit.request, response, guard.STRANGER, visit.fresh)
    return response


def _to_sign_in(request: Request) -> Response:
    from_here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    visit = _begun(request, None)
    return visit.to(SIGN_IN.removeprefix("/"), next=from_here) if is_own(from_here) else visit.to(SIGN_IN[1:])


def _of_older(visit: Visit, form: Form) -> Response | None:
    """What was typed before its writer signed in anew is shown to go on with; whatever else has no token is refused."""
    if visit.visitor is None or not guard.is_of_ours(visit.request):
        return None
    return once_more_page(replace(visit, status=403), form)


def _keeping(request: Request, form: Form) -> Response:
    visit = replace(_begun(request, None), status=401)
    return _with_cookie(visit, sign_in_page(visit, form))
