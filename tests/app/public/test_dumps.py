"""`/data/{name}`: files that arrive whole, in parts, checked and checkable; and what is said where there are none."""

import base64
import hashlib
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import rdflib

from app.main import create_app
from kb.projections.dumps.keeping import NOT_LOOKED, Dumps
from kb.projections.dumps.manifest import NAME
from tests.app.conftest import Library
from tests.support.reader import Reader
from tests.support.shelf import Shelf, opened_shelf


@pytest.fixture
def own_shelf(libraries: Callable[[str], Library], tmp_path: Path) -> Iterator[Shelf]:
    """For tests that do harm to the files."""
    library = libraries("sqlite")
    with opened_shelf(library.settings, library.engine, tmp_path) as made:
        yield made


def test_every_file_arrives_as_it_stands(shelf: Shelf) -> None:
    assert len(shelf.manifest.files) == 17
    for file in shelf.manifest.files:
        reply = shelf.reader.get(f"/data/{file.name}")
        assert reply.content == shelf.bytes_of(file.name), file.name
        assert reply.headers["content-length"] == str(file.bytes)
        assert reply.headers["content-disposition"] == f'attachment; filename="{file.name}"'
        assert reply.headers["access-control-allow-origin"] == "*"
        assert reply.headers["claimbase-seq"] == str(shelf.manifest.seq)
        assert reply.headers["claimbase-head"] == shelf.manifest.leaf_hash
        # Packed is how it is kept: whoever said that it only travels so would have it unpacked on the way.
        assert "content-encoding" not in reply.headers


def test_each_has_its_type(shelf: Shelf) -> None:
    for name, kind in (
        ("current.nq.gz", "application/gzip"),
        ("all.trig.zst", "application/zstd"),
        ("vocabulary.ttl", "text/turtle; charset=utf-8"),
    ):
        assert shelf.reader.get(f"/data/{name}").headers["content-type"] == kind


def test_the_digest_of_the_answer_is_that_of_the_bytes(shelf: Shelf) -> None:
    reply = shelf.reader.get("/data/all.nq.gz")
    digest = base64.b64encode(hashlib.sha256(reply.content).digest()).decode()
    assert reply.headers["repr-digest"] == f"sha-256=:{digest}:"
    assert reply.headers["etag"] == f'"{hashlib.sha256(reply.content).hexdigest()}"'


def test_a_checksum_stands_beside_each_as_sha256sum_writes_it(shelf: Shelf) -> None:
    for file in shelf.manifest.files:
        reply = shelf.reader.get(f"/data/{file.name}.sha256")
        assert reply.text == f"{hashlib.sha256(shelf.bytes_of(file.name)).hexdigest()}  {file.name}\n"
        assert reply.headers["content-type"] == "text/plain; charset=utf-8"
        assert reply.headers["access-control-allow-origin"] == "*"
    etag = shelf.reader.get("/data/all.nq.gz.sha256").headers["etag"]
    assert shelf.reader.ask("/data/all.nq.gz.sha256", If_None_Match=etag).status_code == 304
    assert shelf.reader.ask("/data/all.nq.zst.sha256", If_None_Match=etag).status_code == 200


def test_head_answers_as_get_does(shelf: Shelf) -> None:
    for path in ("/data/all.nq.gz", "/data/vocabulary.ttl.sha256", "/.well-known/void", "/data.ttl"):
        asked, got = shelf.reader.ask(path, "HEAD"), shelf.reader.get(path)
        assert (asked.status_code, asked.content) == (200, b"")
        assert dict(asked.headers) == dict(got.headers), path


def test_a_download_goes_on_where_it_broke_off(shelf: Shelf) -> None:
    whole = shelf.bytes_of("all.jsonld.zst")
    etag = shelf.reader.ask("/data/all.jsonld.zst", "HEAD").headers["etag"]
    first = shelf.reader.ask("/data/all.jsonld.zst", Range="bytes=0-99")
    rest = shelf.reader.ask("/data/all.jsonld.zst", Range="bytes=100-", If_Range=etag)
    assert (first.status_code, rest.status_code) == (206, 206)
    assert rest.headers["content-range"] == f"bytes 100-{len(whole) - 1}/{len(whole)}"
    assert first.content + rest.content == whole
    # Of another file nothing is put after the first part.
    other = shelf.reader.ask("/data/all.jsonld.zst", Range="bytes=100-", If_Range='"another"')
    assert (other.status_code, other.content) == (200, whole)
    beyond = shelf.reader.ask("/data/all.jsonld.zst", Range=f"bytes={len(whole)}-")
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{len(whole)}")
    # The scripts of other sites may read that, too.
    assert beyond.headers["access-control-allow-origin"] == "*"
    assert "Content-Range" in beyond.headers["access-control-expose-headers"]


@pytest.mark.parametrize(
    "wanted", ["lines=1-2", "bytes=abc", "bytes=", "bytes=5-2", "bytes=0-1,5-2", "bytes=--1", "0-9"]
)
def test_what_asks_for_no_part_gets_the_whole(shelf: Shelf, wanted: str) -> None:
    reply = shelf.reader.ask("/data/vocabulary.ttl.gz", Range=wanted)
    assert (reply.status_code, reply.content) == (200, shelf.bytes_of("vocabulary.ttl.gz"))


def test_scripts_of_other_sites_may_go_on_with_a_download(shelf: Shelf) -> None:
    asked = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "if-range,range"}
    reply = shelf.reader.ask("/data/all.nq.gz", "OPTIONS", Origin="https://other.example.org", **asked)
    assert reply.status_code == 204
    assert {"If-Range", "Range"} <= set(reply.headers["access-control-allow-headers"].split(", "))


def test_head_tells_of_the_whole_whatever_part_is_named(shelf: Shelf) -> None:
    reply = shelf.reader.ask("/data/vocabulary.ttl.gz", "HEAD", Range="bytes=0-9")
    assert (reply.status_code, reply.headers["content-length"]) == (200, str(len(shelf.bytes_of("vocabulary.ttl.gz"))))


def test_who_has_it_is_not_sent_it_again(shelf: Shelf) -> None:
    etag = shelf.reader.ask("/data/current.ttl.gz", "HEAD").headers["etag"]
    again = shelf.reader.ask("/data/current.ttl.gz", If_None_Match=etag)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == etag
    assert again.headers["cache-control"] == "no-cache"
    assert shelf.reader.ask("/data/current.ttl.gz", If_None_Match='"other"').status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "current.nq",
        "current.nq.bz2",
        "all.ttl.gz",
        "CURRENT.NQ.GZ",
        NAME,
        ".lock",
        "%2e%2e%5c",
        "..%2f..%2fclaimbase.db",
        "current.nq.gz%00",
        "current.nq.gz.sha256.sha256",
        ".sha256",
        "%ff",
        "x" * 5000,
    ],
)
def test_any_other_name_is_answered_with_those_there_are(shelf: Shelf, name: str) -> None:
    reply = shelf.reader.ask(f"/data/{name}", Accept="application/json")
    assert reply.status_code == 404
    # An encoded slash is one for the server: then it is no name below `/data`.
    if "%2f" not in name:
        assert "current.nq.gz, current.nq.zst" in reply.json()["detail"]
        assert len(reply.content) < 1500


def test_without_files_it_is_said_why(libraries: Callable[[str], Library], tmp_path: Path) -> None:
    library = libraries("sqlite")
    with Reader(create_app(library.settings, public_only=True)) as reader:
        dumps = reader.app.state.dumps = Dumps(library.engine, tmp_path / "dumps")
        assert NOT_LOOKED in reader.page("/data").text
        reply = reader.ask("/data/current.nq.gz", Accept="application/json")
        assert (reply.status_code, NOT_LOOKED in reply.json()["detail"]) == (404, True)
        (tmp_path / "dumps").write_text("no folder")
        logging.disable()
        dumps.look()
        logging.disable(logging.NOTSET)
        assert "cannot be written to" in reader.page("/data").text
        # What is described is true without files, too.
        graph = rdflib.Graph().parse(data=reader.get("/.well-known/void").content, format="turtle")
        assert list(graph.objects(None, rdflib.VOID.dataDump)) == []
        assert len(list(graph.subjects(rdflib.RDF.type, rdflib.DCAT.Dataset))) == 3


def test_a_file_that_is_lost_is_not_promised(own_shelf: Shelf) -> None:
    assert own_shelf.reader.ask("/data/all.nq.gz").status_code == 200
    own_shelf.dumps.place(own_shelf.manifest, "all.nq.gz").unlink()
    assert own_shelf.reader.ask("/data/all.nq.gz").status_code == 404
    assert "/data/all.nq.gz" not in "".join(own_shelf.reader.page("/data").links)
    own_shelf.dumps.look()
    assert own_shelf.reader.ask("/data/all.nq.gz").status_code == 200


def test_the_page_lists_every_file_with_size_and_sum(shelf: Shelf) -> None:
    page = shelf.reader.page("/data")
    for file in shelf.manifest.files:
        assert f"./data/{file.name}" in page.links
        assert f"./data/{file.name}.sha256" in page.links
        assert file.sha256 in page.text
    assert f"At log entry {shelf.manifest.seq} of {shelf.manifest.seq}" in page.text
    assert "our own words only; quotations keep their own rights" in page.text
    again = shelf.reader.ask("/data", If_None_Match=shelf.reader.get("/data").headers["etag"])
    assert again.status_code == 304
