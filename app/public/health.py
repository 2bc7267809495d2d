"""Whether the process lives, and whether it can serve."""

import ipaddress
import shutil
from dataclasses import asdict
from typing import Any

from fastapi import APIRouter
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.public.record import READ
from app.web import headers, links
from app.web.door import door_of
from kb.db.migrate import current, head
from kb.errors import Problem
from kb.log.read import read_head
from kb.projections.follow import lag
from kb.projections.triples.state import State

# Below this a write may fail at any moment.
LEAST_FREE = 100 * 2**20
router = APIRouter()


def health(_request: Request) -> Response:
    """The process alone: no database is asked."""
    return JSONResponse({"status": "ok"}, 200, {"Cache-Control": headers.NEVER})


def ready(request: Request) -> Response:
    """Database, schema, disk and lag; 503 where one of them is not well. Details for this machine alone."""
    found = {} if request.app.state.draining else _look(request)
    well = bool(found) and all(one["ok"] for one in found.values())
    body: dict[str, Any] = {"ready": well}
    if _is_local(request):
        body["details"] = found
    return JSONResponse(body, 200 if well else 503, {"Cache-Control": headers.NEVER})


def _look(request: Request) -> dict[str, dict[str, Any]]:
    door = door_of(request)
    free = shutil.disk_usage(request.app.state.folder).free
    found: dict[str, dict[str, Any]] = {"disk": {"ok": free >= LEAST_FREE, "free": free}}
    try:
        schema = current(door.engine)
        found["schema"] = {"ok": schema == head(), "found": schema, "wanted": head()}
        with door.open() as session:
            behind = lag(session)
            end = read_head(session).seq
        found["database"] = {"ok": True}
        # A projection that is behind catches up within seconds; it is told, and stops nobody from reading.
        found["lag"] = {"ok": True, **behind}
        found["index"] = {"ok": True, **_index(request.app.state.index.state, end)}
    except (SQLAlchemyError, Problem) as error:
        found["database"] = {"ok": False, "problem": type(error).__name__}
    return found


def _index(state: State, end: int) -> dict[str, Any]:
    """Pages need no index: one that is off, or late, is told and stops nobody from reading. Memory is in bytes."""
    return asdict(state) | {"lag": end - state.seq}


def _is_local(request: Request) -> bool:
    """Asked from this machine itself, and not for somebody else by a proxy on it."""
    if request.client is None or "x-forwarded-for" in request.headers or "forwarded" in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False


router.add_api_route(links.HEALTH, health, methods=READ, response_model=None, include_in_schema=False)
router.add_api_route(links.READY, ready, methods=READ, response_model=None, include_in_schema=False)
