"""`/sparql`: the SPARQL 1.1 Protocol for reading, the description of the service, and the query page."""

from collections.abc import Awaitable

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from app.public.sparql.description import describe
from app.public.sparql.ends import LogEnd
from app.public.sparql.forms import GRAPHS, Form, Offer, choose_offer, likes_page, offers
from app.public.sparql.kept import is_certain
from app.public.sparql.page import Sheet, show
from app.public.sparql.reading import Asked, read
from app.public.sparql.running import Runner, client, is_own_making
from app.public.sparql.ways import asked_as, link
from app.web import errors, headers, links
from app.web.door import door_of
from app.web.negotiate import accepted
from app.web.templates import fingerprint
from kb.errors import Problem
from kb.log.read import Head
from kb.projections.triples.disk.pointer import shape
from kb.projections.triples.limits import Limits
from kb.projections.triples.precheck import check
from kb.projections.triples.problems import Misread
from kb.projections.triples.question import Kind, Question

METHODS = ["GET", "HEAD", "POST", "OPTIONS"]
ALLOW = {"Allow": ", ".join(METHODS)}
# In characters; the look at as many takes half a millisecond.
SHORT = 1_000
router = APIRouter()


async def sparql(request: Request) -> Response:
    """Whatever comes of it may be read by every site's scripts."""
    if request.method == "OPTIONS":
        return Response(None, 204, headers.PREFLIGHT_OF_POST | ALLOW)
    return await reply(request, read(request))


async def reply(request: Request, reading: Awaitable[Asked | None]) -> Response:
    """To a query however it was named; what is wrong with it, too, is told in the form that its client likes best."""
    asked: Asked | None = None
    try:
        asked = await reading
        return await (_described(request) if asked is None else _answered(request, asked))
    except ClientDisconnect:
        # Nobody reads this.
        return Response(None, 400)
    except Problem as problem:
        return await _refused(request, asked, problem)


async def _described(request: Request) -> Response:
    """The page, or the service description; both are there also where queries are not answered."""
    offer = choose_offer(accepted(request), _wanted(request), GRAPHS)
    if offer.form is Form.HTML:
        return _opened(await run_in_threadpool(show, request, Sheet()))
    site = door_of(request).site
    body = describe(site, _runner(request).limits, offer.form)
    heads = headers.revalidated(headers.tag(body), is_data=True, negotiated=True)
    if headers.has_it(request, heads["ETag"]):
        return Response(None, 304, heads)
    return Response(body, 200, heads, offer.content_type)


async def _answered(request: Request, asked: Asked) -> Response:
    runner = _runner(request)
    runner.allowance.check(client(request))
    kind = await _kind(asked.text, runner.limits)
    offer = choose_offer(accepted(request), asked.form, offers(gives_graph=kind.gives_graph))
    if request.method == "POST" and offer.form is Form.HTML and (way := link(asked_as(asked), asked.form)):
        # The answer of a short query that was typed into the page has an address, to be kept and loaded again.
        return RedirectResponse(f"./{way}", 303, headers.OPEN)
    question = Question(asked.text, _form(offer, kind), asked.default_graphs, asked.named_graphs)
    head = await _log_end(request).head()
    newest = _heads(request, question, offer, head)
    if request.method != "POST" and "ETag" in newest and headers.names_it(request, newest["ETag"]):
        # Whoever has the answer of the newest entry of the log has the newest answer.
        return Response(None, 304, newest)
    answer = await runner.answer(request, question, head.seq)
    heads = newest if answer.seq == head.seq else _heads(request, question, offer, Head(answer.seq, None, None))
    if offer.form is not Form.HTML:
        return Response(answer.body, 200, heads, offer.content_type)
    page = await run_in_threadpool(show, request, Sheet(asked, answer, kind=kind))
    page.headers.update(heads)
    return page


async def _refused(request: Request, asked: Asked | None, problem: Problem) -> Response:
    if is_own_making(problem):
        _runner(request).allowance.failed(client(request))
    if isinstance(problem, Misread) and asked is not None:
        asked.mark(problem)
    wanted = asked.form if asked is not None else _wanted(request)
    if not likes_page(accepted(request), wanted):
        return errors.as_problem(request, problem)
    status = errors.answer_to(problem, request.app.state.answers).status
    page = _opened(await run_in_threadpool(show, request, Sheet(asked, problem=problem), status))
    page.headers.update(errors.retry(problem))
    return page


def _wanted(request: Request) -> Form | None:
    """What the address wants where no query was read."""
    wanted = request.query_params.get("as")
    return Form(wanted) if wanted in list(Form) else None


def _form(offer: Offer, kind: Kind) -> str:
    """As the index is asked; a page is made from JSON or N-Triples."""
    if offer.form is Form.HTML:
        return (Form.NT if kind.gives_graph else Form.JSON).value
    return offer.form.value


def _log_end(request: Request) -> LogEnd:
    end: LogEnd = request.app.state.log_end
    return end


async def _kind(text: str, limits: Limits) -> Kind:
    """A short query is looked at sooner than a thread is told to."""
    return (check(text, limits) if len(text) <= SHORT else await run_in_threadpool(check, text, limits)).kind


def _heads(request: Request, question: Question, offer: Offer, at: Head) -> dict[str, str]:
    """Of an answer at a position of the log; one that may be another the next time has no ETag.

    Nor has one at a position whose hash is not known: the same number may have been another entry's, in a log that was
    brought back from a copy.
    """
    made_with = (fingerprint(), door_of(request).site) if offer.form is Form.HTML else ()
    # A newer vocabulary is another answer, though the log has not gone on.
    etag = headers.tag(question, offer, at.leaf_hash, shape(), *made_with)
    heads = headers.revalidated(etag, is_data=True, negotiated=True) | {"Claimbase-Seq": str(at.seq)}
    if at.leaf_hash is None or not is_certain(question.query):
        del heads["ETag"]
    return heads


def _opened(page: Response) -> Response:
    """A page of this address is as open as its data, since errors are told on it."""
    page.headers.update(headers.OPEN)
    return page


def _runner(request: Request) -> Runner:
    runner: Runner = request.app.state.runner
    return runner


router.add_api_route(links.SPARQL, sparql, methods=METHODS, response_model=None, include_in_schema=False)
