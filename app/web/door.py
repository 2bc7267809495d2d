"""The readers' door: sessions that the database itself keeps from writing, and what the foundation says."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.orm import Session
from starlette.requests import Request

from kb.blobs import Blobs
from kb.db import reading
from kb.documents.label import in_english
from kb.errors import CannotStart, Missing
from kb.log import read as log
from kb.settings import Settings

# The byline of the sample's foundation: by this mark, in the data itself, a sample is known as one.
SAMPLE_DESK = "Sample desk"
# Under this name a session knows the held bytes, so that a view can show a text without a road of its own.
BLOBS = "blobs"


@dataclass(frozen=True)
class Site:
    """What all pages of a knowledge base share; it stands in the foundation, which is never replaced.

    The name, and the address of whoever is to be written to, are the installation's own; "" where it gives none.
    """

    name: str
    base: str
    licence: str
    desk: str
    is_sample: bool
    contact: str = ""


@dataclass(frozen=True)
class Door:
    """Where readers' sessions come from."""

    engine: Engine
    site: Site
    blobs: Blobs

    @contextmanager
    def open(self) -> Iterator[Session]:
        """One reading transaction: it sees one state of the database throughout."""
        with reading(self.engine) as session:
            session.info[BLOBS] = self.blobs
            yield session


def blobs_of(session: Session) -> Blobs:
    """The held bytes beside the database of a readers' session."""
    found: Blobs = session.info[BLOBS]
    return found


def door_of(request: Request) -> Door:
    """The door of the app that serves this request."""
    door: Door = request.app.state.door
    return door


def open_door(engine: Engine, settings: Settings) -> Door:
    """Raises CannotStart where nothing is founded yet, or where it was founded under another base address."""
    with reading(engine) as session:
        try:
            foundation = log.latest_at(session, "foundation").document
        except Missing as missing:
            raise CannotStart(
                "there is no knowledge base here",
                where=engine.url.render_as_string(hide_password=True),
                remedy="Run `claimbase init --base https://your.address/ --empty`, or `claimbase init --sample`.",
            ) from missing
    base = str(foundation["mainEntity"]["baseAddress"])
    if settings.base is not None and settings.base != base:
        raise CannotStart(
            f"CLAIMBASE_BASE is {settings.base}, but this knowledge base was founded under {base}",
            where="settings",
            remedy="The base address is fixed for good: unset CLAIMBASE_BASE, or choose another CLAIMBASE_DATA.",
        )
    desk = in_english(foundation["byline"])
    licence, contact = foundation["mainEntity"]["license"], settings.contact or ""
    site = Site(settings.site_name, base, licence, desk, desk == SAMPLE_DESK, contact)
    return Door(engine, site, Blobs(settings.blobs))
