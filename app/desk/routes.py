"""All pages of the desk, in one router."""

from fastapi import APIRouter

from app.desk import signing, topics

router = APIRouter()
for _room in (signing, topics):
    router.include_router(_room.rooms.router)
