"""All that readers get, in one router: served beside the desk, or alone."""

from fastapi import APIRouter

from app.public import agents, assets, check, claims, feeds, health, home, log, ns, origins, pages, sources, topics

router = APIRouter()
for _room in (home, check, health, log, feeds, ns, assets, claims, sources, agents, origins, topics, pages):
    router.include_router(_room.router)
