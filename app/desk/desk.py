"""The desk of one knowledge base: where its sessions come from, and what its pages share."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

from sqlalchemy import Engine
from sqlalchemy.orm import Session
from starlette.requests import Request

from app.web.door import Site
from kb.blobs import Blobs
from kb.capture.fetch import Fetched
from kb.db import reading, writing
from kb.desk.passwords import Hasher
from kb.desk.texts import Texts
from kb.log import read as log
from kb.log.read import Edition
from kb.projections.follow import catch_up
from kb.settings import Settings
from kb.verify.known import remember_head

LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})


class Fetching(Protocol):
    """The door to the network; `kb.capture.fetch` is the only one."""

    def fetch(self, address: str) -> Fetched: ...


class ReadersPage(Protocol):
    """How a kind of record is shown to readers, so that a preview is the same page."""

    @property
    def template(self) -> str: ...
    @property
    def beside(self) -> Callable[[Session, Edition], Any]: ...
    @property
    def view(self) -> Callable[[Session, Edition, Any], Mapping[str, Any]]: ...


@dataclass(frozen=True)
class Desk:
    """One for each app. `readers` sees desk and log and can write neither; `is_local`: nobody else can reach us.

    `pages` are those of the readers, by kind of record.
    """

    settings: Settings
    engine: Engine
    readers: Engine
    blobs: Blobs
    site: Site
    fetcher: Fetching
    hasher: Hasher
    is_local: bool
    pages: Mapping[str, ReadersPage]

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with reading(self.readers) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction, committed at its end."""
        with writing(self.engine) as session:
            yield session

    def texts(self, session: Session) -> Texts:
        return Texts(session, self.blobs)

    def follow(self) -> None:
        """After something was published: bring the readers' lists up to the log, and note its head beside it."""
        catch_up(self.engine)
        with self.reading() as session:
            remember_head(self.settings, log.head(session))


def desk_of(request: Request) -> Desk:
    """The desk of the app that serves this request."""
    desk: Desk = request.app.state.desk
    return desk


def is_local(host: str, base: str) -> bool:
    """True where the server listens on this machine alone and its addresses name no other: then it is one person's."""
    return host in LOCAL_HOSTS and urlsplit(base).hostname in LOCAL_HOSTS
