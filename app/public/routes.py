"""All that readers get, in one router: served beside the desk, or alone."""

from fastapi import APIRouter

from app.public import (
    agents,
    assets,
    check,
    claims,
    data,
    feeds,
    finding,
    health,
    home,
    log,
    ns,
    opensearch,
    origins,
    pages,
    search,
    sources,
    topics,
)

router = APIRouter()
for _room in (
    home,
    search,
    opensearch,
    check,
    health,
    log,
    feeds,
    data,
    finding,
    ns,
    assets,
    claims,
    sources,
    agents,
    origins,
    topics,
    pages,
):
    router.include_router(_room.router)
