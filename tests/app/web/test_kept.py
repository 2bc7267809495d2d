"""Pages that are kept: the very same answer, with nothing asked, and none that the database does not give any more."""

import sqlite3
from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy import update

from app.main import create_app
from app.web.kept import EACH, MOST_BYTES, KeptPages
from kb.db import open_engine, writing
from kb.projections.catalogue.tables import CatalogueRecord
from kb.projections.follow import catch_up
from tests.app.conftest import Library
from tests.support.reader import Reader
from tests.support.removed import empty, remove
from tests.support.statements import Statements

HTML = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"


def told(reply: httpx.Response) -> tuple[int, list[tuple[str, str]], bytes]:
    return reply.status_code, sorted(reply.headers.items()), reply.content


def pages(library: Library) -> list[str]:
    world = library.known.world
    iris = (world.person, world.origin, world.topic, world.source)
    records = ["/" + iri.removeprefix(world.press.base).removesuffix("#it") for iri in iris]
    records += [f"/claims/{library.known.claim}", f"/claims/{library.known.denied}", "/about", "/foundation"]
    return [*records, *(f"{one}/v1" for one in records)]


def opened(library: Library, most: int) -> Reader:
    """Of an app whose kept pages have room for so many bytes."""
    app = create_app(library.settings, public_only=True)
    for middleware in app.user_middleware:
        if middleware.cls is KeptPages:
            middleware.kwargs["most"] = most
    return Reader(app)


@pytest.fixture
def forgetful(own_library: Library) -> Iterator[Reader]:
    """A reader in the same library, of an app that keeps nothing."""
    with opened(own_library, 0) as reader:
        yield reader


def test_what_is_kept_is_the_very_answer(own_library: Library, forgetful: Reader) -> None:
    reader = own_library.reader
    for page in pages(own_library):
        first = reader.ask(page, Accept=HTML)
        etag = first.headers["etag"]
        asked: list[tuple[str, dict[str, str]]] = [
            ("GET", {"Accept": HTML}),
            ("GET", {}),
            ("HEAD", {"Accept": "text/html"}),
            ("GET", {"If_None_Match": etag}),
            ("GET", {"If_None_Match": f'"other", W/{etag}'}),
            ("HEAD", {"If_None_Match": "*"}),
            ("GET", {"If_None_Match": '"other"'}),
            ("GET", {"Range": "bytes=0-9"}),
            ("GET", {"Cookie": "claimbase=x", "Authorization": "Bearer x"}),
        ]
        for method, headers in asked:
            fresh = forgetful.ask(page, method, **headers)
            assert told(reader.ask(page, method, **headers)) == told(fresh), (page, method, headers)


def test_what_is_kept_asks_nothing(own_library: Library) -> None:
    reader = own_library.reader
    for page in pages(own_library):
        etag = reader.ask(page).headers["etag"]
        with Statements(own_library.engine) as sent:
            assert reader.ask(page).status_code == 200
            assert reader.ask(page, If_None_Match=etag).status_code == 304
        # A source's page shows bytes that lie beside the database.
        is_told = own_library.engine.dialect.name == "sqlite" and not page.startswith("/sources/")
        assert bool(sent) is not is_told, page


def test_a_304_is_kept_before_any_page_was_made(own_library: Library, forgetful: Reader) -> None:
    page = f"/claims/{own_library.known.claim}"
    etag = forgetful.ask(page).headers["etag"]
    reader = own_library.reader
    assert reader.ask(page, If_None_Match=etag).status_code == 304
    again = reader.ask(page, If_None_Match=etag)
    assert told(again) == told(forgetful.ask(page, If_None_Match=etag))
    whole = reader.ask(page)
    assert told(whole) == told(forgetful.ask(page))
    # After a commit the first to ask may again be one who has it; the next gets the bytes, under all of their headers.
    touch(own_library)
    assert reader.ask(page, If_None_Match=etag).status_code == 304
    assert told(reader.ask(page)) == told(whole)


def touch(library: Library) -> None:
    """A commit that no reader sees."""
    writer = open_engine(library.settings)
    with writing(writer) as session:
        session.execute(update(CatalogueRecord).values(seq=CatalogueRecord.seq))
    writer.dispose()


def test_forms_and_addresses_do_not_get_each_others_page(own_library: Library) -> None:
    reader, page = own_library.reader, f"/claims/{own_library.known.claim}"
    for _ in range(2):
        assert reader.ask(page, Accept="text/turtle").headers["content-type"].startswith("text/turtle")
        assert reader.ask(page, Accept="application/json").headers["content-type"] == "application/json"
        assert reader.ask(page, Accept=HTML).headers["content-type"] == "text/html; charset=utf-8"
        assert reader.ask(page, Accept="image/png").status_code == 406
        assert reader.ask(page, "POST").status_code == 405
        newest = reader.ask(f"{page}/v2", Accept=HTML)
        assert "content-location" not in newest.headers
        assert newest.content != reader.ask(page, Accept=HTML).content
        assert "claimbase-head" not in newest.headers


def test_every_commit_reaches_the_next_reader(own_library: Library, forgetful: Reader) -> None:
    reader, known = own_library.reader, own_library.known
    page = f"/claims/{known.claim}"
    addresses = (page, f"{page}/v1", f"{page}/v2", f"/claims/{known.denied}")
    writer = open_engine(own_library.settings)

    def same() -> None:
        for one in addresses:
            for _ in range(2):
                assert told(reader.ask(one)) == told(forgetful.ask(one)), one

    same()
    # The catalogue alone, without a step of the log.
    with writing(writer) as session:
        session.execute(update(CatalogueRecord).values(line="Altered by hand", statement="Altered by hand"))
    same()
    remove(writer, known)
    same()
    assert reader.ask(f"{page}/v1").status_code == 410
    # One whose content goes away in a transaction of its own.
    size = kept_of(reader).size
    gone = reader.ask(f"{page}/v2")
    assert gone.status_code == 200
    empty(writer, known.claim, 2)
    assert reader.ask(f"{page}/v2").status_code == 410
    assert kept_of(reader).size == size - len(gone.content) - EACH
    catch_up(writer)
    same()
    writer.dispose()


def test_a_database_that_is_replaced_or_gone_answers_for_itself(own_library: Library, forgetful: Reader) -> None:
    if own_library.engine.dialect.name != "sqlite":
        pytest.skip("a database of PostgreSQL is no file")
    with Reader(create_app(own_library.settings, public_only=True)) as reader:
        page, path = f"/claims/{own_library.known.denied}", own_library.settings.data / "claimbase.db"
        first = reader.ask(page)
        assert told(reader.ask(page)) == told(first)
        beside = path.with_name("copy.db")
        with sqlite3.connect(path) as old, sqlite3.connect(beside) as new:
            old.backup(new)
            new.execute("UPDATE catalogue_record SET line = 'Altered by hand', statement = 'Altered by hand'")
        old.close()
        new.close()
        beside.replace(path)
        for _ in range(3):
            assert told(reader.ask(page)) == told(forgetful.ask(page))
        path.rename(beside)
        assert reader.ask(page).status_code == 500
        beside.rename(path)
        assert reader.ask(page).status_code == 200


def test_room_is_bounded_and_what_was_asked_for_last_stays(library: Library) -> None:
    with opened(library, MOST_BYTES) as reader:
        sizes = [len(reader.ask(page).content) + EACH for page in pages(library)]
        assert sum(sizes) == kept_of(reader).size
    with opened(library, max(sizes) + 1) as reader:
        for page in pages(library):
            assert reader.ask(page).status_code == 200
            assert EACH < kept_of(reader).size <= max(sizes) + 1
    with opened(library, 0) as reader:
        assert reader.ask(pages(library)[0]).status_code == 200
        assert kept_of(reader).size == 0


def kept_of(reader: Reader) -> KeptPages:
    layer = reader.app.middleware_stack
    while not isinstance(layer, KeptPages):
        layer = getattr(layer, "app", None)
        assert layer is not None
    return layer
