"""All that readers get, in one router: served beside the desk, or alone."""

from fastapi import APIRouter

from app.public import (
    agents,
    assets,
    check,
    claims,
    corrections,
    data,
    dumps,
    feeds,
    figures,
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
from app.public.sparql import addresses, endpoint

router = APIRouter()
for _room in (
    home,
    search,
    opensearch,
    check,
    corrections,
    health,
    log,
    feeds,
    figures,
    data,
    dumps,
    finding,
    endpoint,
    addresses,
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
