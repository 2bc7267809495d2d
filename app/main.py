"""Settings in, one app out: readers' pages, the desk, and what keeps the pages up to date."""

from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from fastapi import FastAPI
from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool

from app.desk.answers import ANSWERS
from app.desk.desk import Desk, Fetching, is_local
from app.desk.rooms import check_rooms
from app.desk.routes import router as at_the_desk
from app.following import EVERY_SECONDS, Follower, look_at_log
from app.public.agents import AGENT
from app.public.claims import CLAIM
from app.public.origins import ORIGIN
from app.public.pages import PAGE
from app.public.routes import named, others
from app.public.sources import SOURCE
from app.public.sparql.ends import LogEnd
from app.public.sparql.running import Runner
from app.public.topics import TOPIC
from app.web import errors
from app.web.door import Door, open_door
from app.web.headers import SecurityHeaders
from app.web.kept import KeptPages
from app.web.routing import in_a_row
from kb.capture.fetch import Fetcher
from kb.db import open_engine, open_reading_engine
from kb.db.marks import Marks
from kb.db.migrate import check_schema
from kb.desk.passwords import Hasher
from kb.errors import CannotStart
from kb.projections.dumps.keeping import FOLDER, Dumps
from kb.projections.follow import catch_up, is_prepared
from kb.projections.triples.disk.pointer import FOLDER as TRIPLES
from kb.projections.triples.index import Index
from kb.settings import Settings

# How readers see each kind of record; a preview at the desk is the same page.
PAGES = {word.kind: word for word in (CLAIM, SOURCE, AGENT, ORIGIN, TOPIC, PAGE)}


@dataclass(frozen=True)
class _Behind:
    """What follows the log while the app runs, each in a thread of its own."""

    index: Index
    dumps: Dumps
    followers: list[Follower]

    def keep_up(self, writer: Engine, readers: Engine) -> None:
        """Where it may be written to, lists and files follow as well."""
        looks = (("lists", partial(look_at_log, writer, readers)), ("dumps", self._look_at_dumps))
        self.followers.extend(Follower(name, look) for name, look in looks)

    def _look_at_dumps(self) -> int:
        """After the index: both go through the whole log, and questions are waited for where files are not."""
        return self.dumps.look() if self.index.is_loaded(EVERY_SECONDS) else 0

    def start(self) -> None:
        for follower in self.followers:
            follower.start()

    def stop(self) -> None:
        # First of all, since a look that moves the index to disk would take its time.
        self.index.stop()
        self.dumps.stop()
        for follower in self.followers:
            follower.stop()


def create_app(
    settings: Settings,
    *,
    public_only: bool = False,
    needs_lists: bool = False,
    host: str = "",
    fetcher: Fetching | None = None,
) -> FastAPI:
    """The app over one knowledge base; `public_only`: readers' pages alone, and nothing is ever written.

    `host` is where it will listen, which decides how much the desk asks of whoever signs in; `fetcher` is the door to
    the network.

    Raises CannotStart where there is none, where its schema does not fit, or where CLAIMBASE_BASE differs from its
    foundation; with `needs_lists` also where the lists are none that this code reads.
    """
    with ExitStack() as opened:
        readers = _opened(opened, open_reading_engine(settings))
        writer = None if public_only else _opened(opened, open_engine(settings))
        check_schema(writer or readers)
        door = open_door(readers, settings)
        marks = Marks(readers)
        opened.callback(marks.close)
        behind = _behind(opened, settings, readers, door.site.base)
        desk: Desk | None = None
        if writer:
            looker = _opened(opened, open_engine(settings, read_only=True))
            network = fetcher or Fetcher(own_hosts=frozenset({urlsplit(door.site.base).hostname or ""}))
            local = is_local(host, door.site.base)
            desk = Desk(settings, writer, looker, door.blobs, door.site, network, Hasher(), local, PAGES)
            catch_up(writer)
            behind.keep_up(writer, readers)
        if needs_lists:
            _check_lists(door)
        # From here on the engines are the app's, which closes them at its end.
        closing = opened.pop_all()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        behind.start()
        yield
        app.state.draining = True
        await run_in_threadpool(behind.stop)
        closing.close()

    app = FastAPI(
        title=door.site.name,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
    )
    app.state.door = door
    app.state.index, app.state.dumps, app.state.runner = behind.index, behind.dumps, Runner(behind.index)
    app.state.log_end = LogEnd(door, marks.now)
    app.state.folder = settings.data if settings.data.is_dir() else "."
    app.state.draining = False
    _furnish(app, desk, marks)
    return app


def _furnish(app: FastAPI, desk: Desk | None, marks: Marks) -> None:
    app.add_middleware(SecurityHeaders)
    # Around the other one: what is kept has all of its headers.
    app.add_middleware(KeptPages, now=marks.now)
    errors.install(app, () if desk is None else ANSWERS)
    if desk is None:
        app.router.routes.extend(in_a_row(named, others).routes)
        return
    app.state.desk = desk
    # Before the others, which take every address at the top that is left.
    app.router.routes.extend(in_a_row(named, at_the_desk, others).routes)
    check_rooms(app)


def _check_lists(door: Door) -> None:
    with door.open() as session:
        if not is_prepared(session):
            raise CannotStart(
                "the lists of this knowledge base were made by another version of Claimbase, or not yet",
                where="catalogue",
                remedy="Run `claimbase rebuild` where it may be written to; it makes them again from the log.",
            )


def _behind(closing: ExitStack, settings: Settings, readers: Engine, base: str) -> _Behind:
    index = Index(readers, settings.data / TRIPLES, base, memory=settings.sparql_memory)
    closing.callback(index.stop)
    follower = Follower("SPARQL index", index.look)
    index.wake = follower.wake
    return _Behind(index, Dumps(readers, settings.data / FOLDER), [follower])


def _opened(closing: ExitStack, engine: Engine) -> Engine:
    closing.callback(engine.dispose)
    return engine
