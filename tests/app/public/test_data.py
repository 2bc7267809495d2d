"""The data page: its five lines work as they stand, and what it promises of lists and answers is so."""

import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import html

from app.web.columns import COLUMNS, CORRECTION_COLUMNS, FOUND, LOG_COLUMNS
from tests.app.conftest import Library
from tests.support.abroad import Abroad
from tests.support.reader import Reader


def lines(text: str) -> list[str]:
    """As a browser shows them, and as they are copied: white space is one space."""
    return [
        " ".join(code.text_content().split()) for code in html.fromstring(text).get_element_by_id("lines").iter("code")
    ]


def test_five_lines_are_enough_to_begin(reader: Reader) -> None:
    assert len(lines(reader.get("/data").text)) == 5


def test_the_five_lines_do_what_they_say(abroad: Abroad, tmp_path: Path) -> None:
    curl = shutil.which("curl")
    if curl is None or shutil.which("sha256sum") is None:
        pytest.skip("curl or sha256sum is not on this machine")
    page = subprocess.run([curl, "-s", f"{abroad.base}data"], capture_output=True, text=True, check=True).stdout
    told = [shell(command, tmp_path) for command in lines(page)]
    for record in (abroad.known.gone, abroad.known.claim):
        assert record in told[0]
    assert abroad.known.denied in told[1]
    assert abroad.known.claim not in told[1]
    assert told[2] == ""
    assert told[3] == "v2.jsonld: OK\n"
    assert "<feed" in told[4]


def shell(command: str, folder: Path) -> str:
    done = subprocess.run(
        ["/bin/sh", "-c", command], cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stderr}"
    return done.stdout


def test_the_check_fails_where_a_byte_is_another(abroad: Abroad, tmp_path: Path) -> None:
    if shutil.which("curl") is None or shutil.which("sha256sum") is None:
        pytest.skip("curl or sha256sum is not on this machine")
    page = subprocess.run(["curl", "-s", f"{abroad.base}data"], capture_output=True, text=True, check=True).stdout
    _, _, fetch, check, _ = lines(page)
    shell(fetch, tmp_path)
    file = tmp_path / "v2.jsonld"
    file.write_bytes(file.read_bytes().replace(b"Invented", b"Inventor", 1))
    assert subprocess.run(["/bin/sh", "-c", check], cwd=tmp_path, capture_output=True, check=False).returncode == 1


def test_every_column_of_every_list_is_explained(reader: Reader) -> None:
    page = reader.page("/data")
    for columns in (*COLUMNS.values(), FOUND, CORRECTION_COLUMNS, LOG_COLUMNS):
        for column in columns:
            assert f"{column.name} {column.holds}" in page.text or f"{column.name}{column.holds}" in page.text
    for kind in ("claims", "sources", "agents", "origins", "topics", "search", "corrections", "log"):
        assert f"columns-{kind}" in page.ids
        assert f"./{kind}.csv" in page.links


def test_the_page_is_open_to_every_site_and_kept_while_nothing_is_new(reader: Reader) -> None:
    reply = reader.get("/data")
    assert reply.headers["access-control-allow-origin"] == "*"
    assert reply.headers["claimbase-head"] in reply.text
    assert reader.ask("/data", If_None_Match=reply.headers["etag"]).status_code == 304


def test_a_page_of_another_site_may_ask_conditionally(library: Library) -> None:
    version = f"/claims/{library.known.claim}/v1"
    asked = {"Origin": "https://elsewhere.example", "Access_Control_Request_Method": "GET"}
    for path in ("/claims.json", "/feed.atom", f"{version}.jsonld", f"{version}/linkset.json", "/log.csv"):
        reply = library.reader.ask(path, "OPTIONS", Access_Control_Request_Headers="if-none-match", **asked)
        assert (reply.status_code, reply.content) == (204, b""), path
        assert reply.headers["access-control-allow-origin"] == "*"
        assert "If-None-Match" in reply.headers["access-control-allow-headers"]
        assert "access-control-allow-credentials" not in reply.headers
        assert library.reader.ask(path).headers["access-control-allow-origin"] == "*"
    # Without a question there is nothing to allow.
    assert library.reader.ask("/claims.json", "OPTIONS").status_code == 405


def test_errors_and_redirects_are_open_too(library: Library) -> None:
    record = library.known.claim
    for path in (
        "/claims/nothing.json",
        "/claims.xml",
        "/claims.json?limit=x",
        f"/claims/{record.upper()}.json",
        "/claims/",
    ):
        reply = library.reader.ask(path, Accept="application/json")
        assert reply.status_code >= 300
        assert reply.headers["access-control-allow-origin"] == "*", path
    # A page is no data.
    assert "access-control-allow-origin" not in library.reader.ask(f"/claims/{record}", Accept="text/html").headers


def test_head_answers_as_get_does(library: Library) -> None:
    record = library.known.claim
    for path in (
        "/data",
        "/claims.csv",
        "/claims.atom",
        "/feed.atom",
        f"/claims/{record}.atom",
        "/log.csv",
        "/sitemap.xml",
    ):
        got, asked = library.reader.get(path), library.reader.ask(path, "HEAD")
        assert asked.status_code == 200
        assert dict(asked.headers) == dict(got.headers), path
