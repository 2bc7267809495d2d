"""Queries that have an address of their own: `/sparql/{name}` of the fifteen, `/sparql/q/{packed}` of any other."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from app.public.record import READ
from app.public.sparql.endpoint import reply
from app.public.sparql.questions import NAMES, fill, subjects
from app.public.sparql.reading import DATASET, Asked, read_asked, read_fields
from app.public.sparql.short import unpack
from app.web import links
from app.web.door import door_of
from app.web.errors import NotHere

router = APIRouter()


async def question(request: Request, name: str) -> Response:
    """One of the fifteen, and the answer of today in the form asked for, as if its query had been sent."""
    if name not in NAMES:
        what = "There is no question of this name."
        raise NotHere(what, where=links.SPARQL, remedy="Those that there are stand at /sparql.")
    return await reply(request, _named(request, name))


async def kept(request: Request, packed: str) -> Response:
    """The query of a short link, answered as if it had been sent. Raises NoSuchLink, LinkTooLong."""
    return await reply(request, _again(request, unpack(packed)))


async def _named(request: Request, name: str) -> Asked:
    return await _again(request, Asked(await run_in_threadpool(_filled, request, name)))


async def _again(request: Request, asked: Asked) -> Asked:
    """Read as any other is, with the form that stands in the address. Raises Refused."""
    fields = read_fields(request.scope.get("query_string", b""), "address")
    default, named = DATASET
    told = {default: asked.default_graphs, named: asked.named_graphs, "prefixes": ("on",) if asked.prefixes else ()}
    return read_asked(asked.query, {**told, "as": fields.get("as", ())})


def _filled(request: Request, name: str) -> str:
    door = door_of(request)
    with door.open() as session:
        return fill(name, subjects(session, door.site.base))


for _path, _endpoint in (
    (f"{links.SPARQL}/{{name}}", question),
    (f"{links.SPARQL}/{links.SHORT}/{{packed}}", kept),
):
    router.add_api_route(_path, _endpoint, methods=READ, response_model=None, include_in_schema=False)
