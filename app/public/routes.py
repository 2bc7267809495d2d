"""All that readers get: served beside the desk, or alone."""

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
from app.web.routing import in_a_row

# Each address begins with a word of its own; what any other word at the top leads to is a page that the desk has made.
_ROOMS = (
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
)
named = in_a_row(*(room.router for room in _ROOMS))
others = pages.router
router = in_a_row(named, others)
