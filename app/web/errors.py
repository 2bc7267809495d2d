"""Errors as answers: one table from error to status, and each as a page or as problem+json."""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.web import links
from app.web.bodies import TooLarge, WrongType
from app.web.door import door_of
from app.web.headers import NEVER, OPEN, PREFLIGHT, SECURITY
from app.web.negotiate import Form, NotAcceptable, accepted, prefers
from app.web.templates import render
from kb.errors import Broken, Conflict, Missing, Problem, Refused
from kb.log.redacted import Redacted
from kb.projections.triples.problems import BadQuery, Busy, Later, Misread, NotReady, Off, Stopped, TooLong, TooMuch

PROBLEM = "application/problem+json"
TYPES = "https://w3id.org/claimbase/problems#"
# What a reader typed is shown again, but never more of it than this.
MOST_SHOWN = 120
# Errors that have a page of their own.
TEMPLATES = {"redacted": "public/redacted.html"}
# Whoever works at the desk is led back to it, not to the readers' search.
DESK, AT_DESK = "/desk", "desk/error.html"
# A query that was stopped may be tried anew, and narrower, when a minute of its client is over.
STOPPED_AGAIN = 60
# One whose process was lost may be, as it is, as soon as that is there again.
SOON = 1
# What of a mistyped address may be looked for.
_WORD = re.compile(r"[^\W_]+")

_log = logging.getLogger("claimbase.web")


@dataclass(frozen=True)
class Answer:
    """How a kind of error is answered; `name` ends the problem's type."""

    status: int
    name: str
    title: str


class NotHere(Missing):
    """There is no such page; `near` is the published address that was probably meant."""

    def __init__(self, what: str, *, where: str = "", near: str | None = None, remedy: str = "") -> None:
        super().__init__(what, where=where, remedy=remedy)
        self.near = near


class TooOften(Later):
    """One client has asked for more than its share; `retry_after` says in how many seconds there is more."""


# The first that fits.
ANSWERS: tuple[tuple[type[Problem], Answer], ...] = (
    (BadQuery, Answer(400, "bad-query", "This is no SPARQL query")),
    (Misread, Answer(400, "not-answered", "This is not answered here")),
    (TooLong, Answer(413, "too-long", "The query is too long")),
    (TooMuch, Answer(413, "too-much", "The answer would be too large")),
    (Stopped, Answer(503, "stopped", "The query was stopped")),
    (TooOften, Answer(429, "too-often", "Too often in a short time")),
    (Busy, Answer(503, "busy", "Too many are asking at once")),
    (NotReady, Answer(503, "not-ready", "Not ready yet")),
    (Off, Answer(503, "off", "This is switched off here")),
    (TooLarge, Answer(413, "too-large", "This is too large")),
    (WrongType, Answer(415, "wrong-type", "This is of a type that is not read here")),
    (NotAcceptable, Answer(406, "not-acceptable", "Not in that form")),
    (Redacted, Answer(410, "redacted", "This version was removed")),
    (Missing, Answer(404, "not-found", "There is no such page")),
    (Refused, Answer(400, "bad-request", "This cannot be answered as asked")),
    (Conflict, Answer(409, "conflict", "Somebody else was first")),
    (Broken, Answer(500, "broken", "What is stored here is not as it should be")),
    (Problem, Answer(500, "error", "Something went wrong here")),
)
NO_PAGE = next(answer for kind, answer in ANSWERS if kind is Missing)
WRONG_METHOD = Answer(405, "method-not-allowed", "Not to be done with this page")
NOT_VALID = Answer(422, "not-valid", "This cannot be taken as it is")
UNEXPECTED = Answer(500, "error", "Something went wrong here")
OTHER = Answer(400, "bad-request", "This cannot be answered as asked")


def install(app: FastAPI, more: tuple[tuple[type[Problem], Answer], ...] = ()) -> None:
    """Let every error of the app be answered by this table; `more` are rows of the desk's, looked at first."""
    app.state.answers = (*more, *ANSWERS)
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _not_valid)
    app.add_exception_handler(Exception, _unexpected)


def answer_to(problem: Problem, answers: tuple[tuple[type[Problem], Answer], ...] = ANSWERS) -> Answer:
    """The first row of the table that fits."""
    return next(answer for kind, answer in answers if isinstance(problem, kind))


def as_problem(request: Request, problem: Problem) -> Response:
    """Told as data, also to a client that would rather have a page."""
    return _data(request, _answer(request, problem), _detail(problem), _more(problem), retry(problem))


def retry(problem: Problem) -> dict[str, str]:
    """The header that says when to come again, where that is known."""
    if isinstance(problem, Stopped):
        return {"Retry-After": str(SOON if problem.cause == "lost" else STOPPED_AGAIN)}
    return {"Retry-After": str(problem.retry_after)} if isinstance(problem, Later) else {}


def _problem(request: Request, error: Exception) -> Response:
    if not isinstance(error, Problem):
        raise error
    return _answered(request, _answer(request, error), _detail(error), _more(error), retry(error))


def _answer(request: Request, problem: Problem) -> Answer:
    """What is at fault here, and not with whoever asked or for want of room, is logged."""
    answer = answer_to(problem, request.app.state.answers)
    if answer.status == UNEXPECTED.status:
        _log.error("%s: %s", request.url.path[:MOST_SHOWN], problem)
    return answer


def _detail(problem: Problem) -> str:
    return _sentence(f"{problem.what} {problem.remedy}")


def _more(problem: Problem) -> dict[str, Any]:
    """What machines are told of a problem beside the words."""
    match problem:
        case NotAcceptable():
            return {"available": list(problem.available)}
        case NotHere() if problem.near:
            return {"did_you_mean": problem.near}
        case Redacted():
            return {"removed": problem.removal.as_json()}
        case Misread():
            place = {"line": problem.line, "column": problem.column} if problem.line else {}
            expected = {"expected": problem.expected} if isinstance(problem, BadQuery) and problem.expected else {}
            return {"errors": [{"pointer": "/query", "detail": _sentence(problem.what), **place, **expected}]}
        case TooMuch():
            return {"limit": problem.limit}
        case Stopped():
            return {"cause": problem.cause}
        case _:
            return {}


def _http(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    if error.status_code == 404:
        path = _raw_path(request)
        if path.endswith("/") and path.strip("/"):
            # A slash too many; the way there is relative, so that no host is named.
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(f"../{path.rstrip('/').rpartition('/')[2]}{query}", 308, OPEN)
        return _answered(request, NO_PAGE, "Nothing is published at this address.", {})
    if error.status_code == 405:
        # Whatever can be read may be asked for by every site's scripts; a page says by its own answer that it may not.
        if request.method == "OPTIONS" and "access-control-request-method" in request.headers:
            return Response(None, 204, PREFLIGHT)
        allowed = dict(error.headers or {})
        return _answered(request, WRONG_METHOD, "This page can only be read.", {}, allowed)
    answer = Answer(error.status_code, OTHER.name, OTHER.title)
    return _answered(request, answer, _sentence(str(error.detail)), {}, dict(error.headers or {}))


def _not_valid(request: Request, error: Exception) -> Response:
    """Never with the values given: they may be huge, or nothing that JSON can hold."""
    if not isinstance(error, RequestValidationError):
        raise error
    errors = [{"pointer": _pointer(one["loc"]), "detail": str(one["msg"])[:MOST_SHOWN]} for one in error.errors()[:20]]
    return _answered(request, NOT_VALID, "Some of what was sent cannot be taken.", {"errors": errors})


def _unexpected(request: Request, _error: Exception) -> Response:
    # The server logs the error itself, with its traceback, after this answer.
    return _answered(request, UNEXPECTED, "It is noted in the log of the server. Please try again later.", {})


def _answered(
    request: Request, answer: Answer, detail: str, more: Mapping[str, Any], headers: Mapping[str, str] | None = None
) -> Response:
    if not _wants_page(request):
        return _data(request, answer, detail, more, headers)
    template = TEMPLATES.get(answer.name, AT_DESK if _is_at_desk(request) else "public/error.html")
    body = render(request, template, answer=answer, detail=detail, more=more, **_helps(request, more))
    return Response(body, answer.status, _secured(headers) | (OPEN if _asks_query(request) else {}), "text/html")


def _data(
    request: Request, answer: Answer, detail: str, more: Mapping[str, Any], headers: Mapping[str, str] | None = None
) -> Response:
    if near := more.get("did_you_mean"):
        more = {**more, "did_you_mean": door_of(request).site.base + near}
    if removed := more.get("removed"):
        more = {**more, "removed": removed | {"address": door_of(request).site.base + removed["address"]}}
    problem = {
        "type": TYPES + answer.name,
        "title": answer.title,
        "status": answer.status,
        "detail": detail,
        "instance": request.url.path[:MOST_SHOWN],
        **more,
    }
    return JSONResponse(problem, answer.status, _secured(headers) | OPEN, PROBLEM)


def _secured(headers: Mapping[str, str] | None) -> dict[str, str]:
    """An error outside all of our own layers passes none of them on its way out."""
    return {**SECURITY, "Cache-Control": NEVER, "Vary": "Accept", **(headers or {})}


def _is_at_desk(request: Request) -> bool:
    path = request.url.path
    return hasattr(request.app.state, "desk") and (path == DESK or path.startswith(f"{DESK}/"))


def _helps(request: Request, more: Mapping[str, Any]) -> dict[str, Any]:
    """What a page offers beside the words: the forms there are as links, and what might be looked for."""
    last = _raw_path(request).rpartition("/")[2]
    forms = {form.media_type: form for form in Form}
    ways = [
        (kind, last if forms[kind] is Form.HTML else f"{last}.{forms[kind].value}")
        for kind in more.get("available", ())
        if last and kind in forms
    ]
    words = " ".join(_WORD.findall(request.url.path.rpartition("/")[2][:MOST_SHOWN]))
    return {"ways": ways, "words": words}


def _raw_path(request: Request) -> str:
    """As it was asked for: still percent-encoded, so that it can stand in a link."""
    return bytes(request.scope.get("raw_path") or b"").decode("latin-1")


def _wants_page(request: Request) -> bool:
    """Browsers get pages; whoever asks for data by suffix, by `Accept` or by a query gets data."""
    if "." in request.url.path.rpartition("/")[2] or _asks_query(request):
        first = PROBLEM
    else:
        first = "text/html"
    offered = [first, *(one for one in ("text/html", PROBLEM, "application/json") if one != first)]
    return prefers(accepted(request), offered) == "text/html"


def _asks_query(request: Request) -> bool:
    """At the endpoint, or at an address that holds a query: both are asked by programs, and by every site's scripts."""
    path = request.url.path
    return path == links.SPARQL or path.startswith(f"{links.SPARQL}/")


def _pointer(loc: tuple[int | str, ...]) -> str:
    return "/" + "/".join(str(part)[:MOST_SHOWN] for part in loc)


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    ended = text if text.endswith((".", "!", "?", "”")) else f"{text}."
    return ended[:1].upper() + ended[1:]
