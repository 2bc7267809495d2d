"""What may be kept, for how long, and how a page says that it has not changed."""

import base64
import hashlib

from kb.db import open_engine, writing
from kb.projections.follow import catch_up
from tests.app.conftest import Library
from tests.support.reader import Reader

DATA = ("jsonld", "ttl", "nt", "nq", "trig", "rdf")


def test_data_of_a_version_is_kept_for_a_day(library: Library) -> None:
    path = f"/claims/{library.known.claim}/v1"
    for suffix in DATA:
        assert library.reader.get(f"{path}.{suffix}").headers["cache-control"] == "public, max-age=86400"
    for address in (path, f"{path}.json", f"/claims/{library.known.claim}", f"/claims/{library.known.claim}.ttl"):
        assert library.reader.get(address).headers["cache-control"] == "no-cache"


def test_the_same_state_is_answered_with_304(library: Library) -> None:
    path = f"/claims/{library.known.claim}"
    for address in (
        "/",
        "/claims",
        "/claims.json",
        "/log",
        path,
        f"{path}/v1",
        f"{path}/history",
        "/about",
        "/ns/vocab",
    ):
        etag = library.reader.get(address).headers["etag"]
        again = library.reader.ask(address, If_None_Match=f'"other", W/{etag}')
        assert (again.status_code, again.content) == (304, b""), address
        assert again.headers["etag"] == etag
    for suffix in (*DATA, "json"):
        etag = library.reader.get(f"{path}/v1.{suffix}").headers["etag"]
        assert library.reader.ask(f"{path}/v1.{suffix}", If_None_Match=etag).status_code == 304
    assert library.reader.ask(path, If_None_Match='"other"').status_code == 200


def test_forms_have_tags_of_their_own(library: Library) -> None:
    path = f"/claims/{library.known.claim}/v1"
    tags = [library.reader.get(f"{path}.{suffix}").headers["etag"] for suffix in (*DATA, "json")]
    tags.append(library.reader.get(path).headers["etag"])
    assert len(set(tags)) == len(tags)


def test_bytes_say_their_own_digest(library: Library) -> None:
    reply = library.reader.get(f"/claims/{library.known.claim}/v1.jsonld")
    wanted = base64.b64encode(hashlib.sha256(reply.content).digest()).decode()
    assert reply.headers["repr-digest"] == f"sha-256=:{wanted}:"


def test_a_correction_reaches_the_old_page_and_leaves_its_data(own_library: Library) -> None:
    reader, known = own_library.reader, own_library.known
    press = known.world.press
    path = f"/claims/{known.denied}"
    pages = (f"{path}/v1", path, f"{path}/v1.json", f"/claims/{known.claim}")
    before = {page: reader.get(page).headers["etag"] for page in pages}
    data = reader.get(f"{path}/v1.jsonld")
    entity = dict(press.current[f"{press.base}claims/{known.denied}#it"].entity)
    writer = open_engine(own_library.settings)
    with writing(writer) as session:
        changed = entity | {"note": {"en": "Another note."}}
        press.publish(session, "claim", changed, "correction", "2026-11-29T09:00:00Z")
    catch_up(writer)
    writer.dispose()
    for page, etag in before.items():
        assert reader.ask(page, If_None_Match=etag).status_code == 200, page
    assert "superseded" in reader.page(f"{path}/v1").text
    again = reader.ask(f"{path}/v1.jsonld", If_None_Match=data.headers["etag"])
    assert again.status_code == 304
    assert reader.get(f"{path}/v1.jsonld").content == data.content
    assert reader.page(f"{path}/v1").text.count("Another note.") == 0


def test_assets_are_kept_for_good_because_their_address_changes_with_them(reader: Reader) -> None:
    page = reader.page("/")
    for link in page.links:
        if "static/" in link:
            assert "?" in link
            reply = reader.get("/" + link.removeprefix("./"))
            assert reply.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert reader.ask("/static/nothing.css").status_code == 404
    assert reader.ask("/static/..%2Fmain.py").status_code == 404
    icon = reader.get("/favicon.ico")
    assert icon.headers["content-type"] == "image/x-icon"
    assert icon.content == reader.get("/static/mark-v1.ico").content
    # Its head: an icon, of two sizes.
    assert icon.content[:6] == b"\0\0\x01\0\x02\0"
